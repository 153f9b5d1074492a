"""`shopper extension`: the folder to load, the steps, and copies."""

import json
from pathlib import Path

import pytest


def test_the_folder_is_named_with_the_steps_of_both_kinds_of_browser(shopper) -> None:
    ran = shopper("extension")
    folder = Path(ran.out.splitlines()[0])
    assert (ran.code, (folder / "manifest.json").is_file()) == (0, True)
    assert "Load unpacked" in ran.out
    assert "about:debugging" in ran.out
    assert json.loads(shopper("extension", "--json").out) == {"folder": str(folder)}


def test_a_copy_is_whole_and_replaces_an_earlier_copy_only(shopper, tmp_path: Path) -> None:
    copy, other = tmp_path / "copy", tmp_path / "other"
    assert shopper("extension", str(copy)).out.startswith(f"{copy}\n")
    (copy / "content" / "of-an-older-version.js").write_text("")
    assert shopper("extension", str(copy)).code == 0
    original = Path(shopper("extension").out.splitlines()[0])
    names = {path.relative_to(original).as_posix() for path in original.rglob("*") if path.is_file() and path.name != "README.md"}
    assert {path.relative_to(copy).as_posix() for path in copy.rglob("*") if path.is_file()} == names
    other.mkdir()
    (other / "manifest.json").write_text("{}")
    ran = shopper("extension", str(other))
    assert (ran.code, ran.out, [path.name for path in other.iterdir()]) == (3, "", ["manifest.json"])
    assert "holds other things" in ran.err


@pytest.mark.parametrize("place", ["/dev/null", "/proc/nowhere"])
def test_a_place_that_takes_no_copy_is_refused_in_one_sentence(shopper, place: str) -> None:
    ran = shopper("extension", place)
    assert (ran.code, ran.out) == (3, "")
    assert "Traceback" not in ran.err
