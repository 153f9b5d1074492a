"""The packages for the two stores: the same files, and a manifest that each browser understands."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.pack_extension import SOURCE, pack


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return pack(tmp_path_factory.mktemp("dist"))


def manifest(package: Path) -> dict[str, Any]:
    with zipfile.ZipFile(package) as archive:
        read: dict[str, Any] = json.loads(archive.read("manifest.json"))
    return read


def test_both_packages_hold_the_same_files(packages: tuple[Path, Path]):
    names = [zipfile.ZipFile(package).namelist() for package in packages]
    assert names[0] == names[1]
    assert "background.js" in names[0]
    assert not any(name.endswith((".md", ".ts")) for name in names[0])


def test_chromium_gets_a_worker_and_no_key(packages: tuple[Path, Path]):
    written = manifest(packages[0])
    assert written["background"] == {"service_worker": "background.js", "type": "module"}
    assert not {"key", "browser_specific_settings"} & set(written)
    assert "default_area" not in written["action"]


def test_firefox_gets_an_event_page_and_a_toolbar_button(packages: tuple[Path, Path]):
    written = manifest(packages[1])
    assert written["background"] == {"scripts": ["background.js"], "type": "module"}
    assert written["action"]["default_area"] == "navbar"
    assert not {"key", "minimum_chrome_version"} & set(written)


def test_the_same_folder_gives_the_same_package_twice(packages: tuple[Path, Path], tmp_path: Path):
    assert [again.read_bytes() for again in pack(tmp_path)] == [package.read_bytes() for package in packages]


def test_content_scripts_stay_small():
    """Every byte is read on every Amazon page."""
    entries = json.loads((SOURCE / "manifest.json").read_text("utf-8"))["content_scripts"]
    sizes = {name: (SOURCE / name).stat().st_size for entry in entries for name in entry["js"]}
    assert sum(sizes.values()) <= 60_000, sizes
