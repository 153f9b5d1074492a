"""Write the extension as Chromium and Firefox want it, from one folder: `make extension`."""

import json
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).parents[1] / "extension"
LEFT_OUT = {"README.md", "manifest.json"}
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The same files give the same archive on every day."""


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


def pack(folder: Path) -> tuple[Path, Path]:
    """Write `shopper-VERSION-chromium.zip` and `shopper-VERSION-firefox.xpi`; return their paths."""
    manifest = json.loads((SOURCE / "manifest.json").read_text("utf-8"))
    folder.mkdir(parents=True, exist_ok=True)
    version = manifest["version"]
    chromium, firefox = folder / f"shopper-{version}-chromium.zip", folder / f"shopper-{version}-firefox.xpi"
    _write(chromium, chromium_manifest(manifest))
    _write(firefox, firefox_manifest(manifest))
    return chromium, firefox


def _write(file: Path, manifest: Mapping[str, Any]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_entry("manifest.json"), json.dumps(manifest, indent=2, ensure_ascii=False).encode())
        for path in sorted(SOURCE.rglob("*")):
            name = path.relative_to(SOURCE).as_posix()
            if path.is_file() and path.name not in LEFT_OUT and not any(part.startswith(".") for part in Path(name).parts):
                archive.writestr(_entry(name), path.read_bytes())


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


if __name__ == "__main__":
    for written in pack(Path(sys.argv[1])):
        sys.stdout.write(f"{written}\n")
