"""The shape of the tree, kept by tests: who may import whom, and how large things may grow."""

import ast
import re
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

from assistant.exports import EXPORTERS
from assistant.importers.reading import IMPORTERS

ROOT = Path(__file__).parent.parent
MODULES = sorted(path for package in ("assistant", "tui") for path in (ROOT / package).rglob("*.py") if "migrations" not in path.parts)
SCRIPTS = sorted((ROOT / "extension").rglob("*.js"))
ELSEWHERE = 3
"""How many packages of the lock are for other systems than this one."""
TOP = {
    "assistant", "extension", "tui", "tests", "pyproject.toml", "README.md", "Makefile", "LICENSE", "CHANGELOG.md", "requirements.lock",
}  # fmt: skip


def test_layers_see_only_those_below_them():
    done = subprocess.run([Path(sys.executable).parent / "lint-imports"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_fits_in_the_head(path):
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 300
    for node in ast.walk(ast.parse(source)):
        size = getattr(node, "end_lineno", 0) - getattr(node, "lineno", 0) + 1
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.end_lineno - node.body[0].lineno + 1
            assert body <= 40, f"{node.name} has {body} lines"
        elif isinstance(node, ast.ClassDef):
            assert size <= 150, f"{node.name} has {size} lines"


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_script_fits_in_the_head(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 200


def test_modules_are_named_for_what_they_are():
    vague = {"utils", "helpers", "manager", "util", "helper", "common", "misc"}
    assert not [path for path in [*MODULES, *SCRIPTS] if path.stem in vague]


def test_styles_live_in_style_files():
    assert not [path for path in MODULES if "DEFAULT_CSS" in path.read_text(encoding="utf-8")]


def test_only_one_script_fetches_and_one_touches_the_browser():
    fetching = {path.name for path in SCRIPTS if "fetch(" in path.read_text(encoding="utf-8")}
    assert fetching <= {"api.js"}


def test_the_top_of_the_tree_is_as_agreed():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    assert {name.split("/")[0] for name in tracked if not name.startswith(".")} <= TOP


def test_everything_in_the_lock_runs_on_the_oldest_python():
    """Debian 12 has 3.11.2: what needs a later 3.11 could not be installed there."""
    locked = set(re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE))
    wanted = {found.name: found.metadata.get("Requires-Python") or "" for found in distributions() if found.name in locked}
    assert len(wanted) >= len(locked) - ELSEWHERE
    assert {name: versions for name, versions in wanted.items() if "3.11.0" not in SpecifierSet(versions)} == {}


def test_every_exporter_and_importer_has_a_test():
    tests = " ".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    assert [exporter.name for exporter in EXPORTERS if exporter.name not in tests] == []
    assert [importer.kind for importer in IMPORTERS if importer.kind.value not in tests and importer.kind.name not in tests] == []


def test_every_family_of_rules_has_a_test():
    tests = " ".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "rules").glob("test_*.py"))
    written = " ".join(path.read_text(encoding="utf-8") for path in (ROOT / "assistant" / "rules").rglob("*.py"))
    codes = set(re.findall(r'"([A-Z]+(?:_[A-Z]+)+)"', written))
    assert {code for code in codes if code not in tests} == set()
