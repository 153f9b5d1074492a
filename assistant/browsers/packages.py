"""The extension as a package: one folder, and a manifest that each browser understands."""

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_LEFT_OUT = frozenset({"README.md", "manifest.json"})
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The same files give the same archive on every day."""


def manifest_of(folder: Path) -> dict[str, Any]:
    """Return the manifest of the extension's folder."""
    read: dict[str, Any] = json.loads((folder / "manifest.json").read_text("utf-8"))
    return read


def chromium_manifest(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Return the manifest for the Chrome store: it gives its own key, and knows neither event pages nor Firefox's settings."""
    kept = {name: value for name, value in manifest.items() if name not in ("key", "browser_specific_settings")}
    action = {name: value for name, value in manifest["action"].items() if name != "default_area"}
    background = {name: value for name, value in manifest["background"].items() if name != "scripts"}
    return {**kept, "action": action, "background": background}


def firefox_manifest(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Return the manifest for Firefox: an event page instead of a worker."""
    kept = {name: value for name, value in manifest.items() if name not in ("key", "minimum_chrome_version")}
    background = {name: value for name, value in manifest["background"].items() if name != "service_worker"}
    return {**kept, "background": background}


def write_package(file: Path, folder: Path, manifest: Mapping[str, Any]) -> None:
    """Write the extension's folder with this manifest as a zip file, without its READMEs."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_entry("manifest.json"), json.dumps(manifest, indent=2, ensure_ascii=False).encode())
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and path.name not in _LEFT_OUT and not any(part.startswith(".") for part in Path(name).parts):
                archive.writestr(_entry(name), path.read_bytes())


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry
