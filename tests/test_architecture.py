"""The shape of the tree: who may import whom, sizes, names, READMEs."""

import ast
import os
import re
import subprocess
import sys
from collections import Counter
from importlib.metadata import distributions, packages_distributions
from pathlib import Path, PurePosixPath

import grimp
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from assistant.exports import EXPORTERS
from assistant.importers.reading import IMPORTERS

ROOT = Path(__file__).parent.parent
MODULES = sorted(path for package in ("assistant", "tui") for path in (ROOT / package).rglob("*.py") if "migrations" not in path.parts)
SCRIPTS = sorted((ROOT / "extension").rglob("*.js"))
ROOMS = sorted({path.parent for path in MODULES})
ELSEWHERE = 3
"""How many packages of the lock are for other systems than this one."""
TOP = {
    "assistant", "extension", "tui", "tests", "pyproject.toml", "README.md", "Makefile", "LICENSE", "CHANGELOG.md", "requirements.lock",
}  # fmt: skip

# Alarm bells, not goals: a reason to go beyond them is stated here.
MODULE_LINES, CLASS_LINES, FUNCTION_LINES, SCRIPT_LINES = 400, 200, 40, 250
ROOM_MODULES = 20
"""A package with more modules than this needs subpackages."""
SMALL = 25
"""A module with fewer lines belongs to the module that needs it."""
README_LINES = 60
TWINS = 6
"""A private function whose name stands in more modules says too little to be searched for."""

# Exceptions from before these tests. The lists may only shrink: remove what you have fixed, add nothing.
FULL_ROOMS: set[str] = set()
SHARED_CLASS_NAMES: set[str] = set()
TWIN_NAMES = {"_amounts", "_payments", "_shipments", "_named", "_number", "_recipient", "_lines"}
SMALL_MODULES = {"assistant/client/pairing.py", "assistant/domain/judging/next_steps.py", "assistant/storage/orders/bulk_insert.py"}
PLUGINS = {"pytest-asyncio", "pytest-textual-snapshot", "pytest-timeout", "pytest-xdist"}
NOT_IMPORTED = {"import-linter", "mutmut", "mypy", "ruff", "types-PyYAML"} | PLUGINS
"""Dependencies that are programs, plugins or types."""
ASKS_FOR_THE_TIME = {"assistant/domain/clock.py"}
NEEDS_README = ("assistant", "tui", "extension", "tests")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_layers_import_only_those_below_them():
    done = subprocess.run([Path(sys.executable).parent / "lint-imports"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_modules_classes_and_functions_stay_below_the_alarm_bells():
    too_long = [f"{_name(path)}: {len(path.read_text().splitlines())} lines" for path in MODULES if len(_lines(path)) > MODULE_LINES]
    too_long += [f"{_name(path)}: {len(_lines(path))} lines" for path in SCRIPTS if len(_lines(path)) > SCRIPT_LINES]
    for path in MODULES:
        too_long += [f"{_name(path)}: {node.name}" for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if _is_too_long(node)]
    assert too_long == []


def _is_too_long(node: ast.AST) -> bool:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return node.end_lineno - node.body[0].lineno >= FUNCTION_LINES
    return isinstance(node, ast.ClassDef) and node.end_lineno - node.lineno >= CLASS_LINES


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def test_no_room_has_too_many_modules():
    counts = {_name(room): len([path for path in room.glob("*.py") if path.name != "__init__.py"]) for room in ROOMS}
    assert {room for room, count in counts.items() if count > ROOM_MODULES} <= FULL_ROOMS


def test_no_two_classes_have_the_same_name():
    """Messages of widgets are classes inside classes; they count too."""
    classes = Counter(
        node.name for path in MODULES for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.ClassDef)
    )
    assert {name for name, times in classes.items() if times > 1} <= SHARED_CLASS_NAMES


def test_few_modules_share_the_name_of_a_private_function():
    names: Counter[str] = Counter()
    for path in MODULES:
        functions = (node for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef))
        names.update({node.name for node in functions if node.name.startswith("_")})
    assert {name for name, times in names.items() if times > TWINS} <= TWIN_NAMES


def test_a_small_module_with_one_importer_is_part_of_that_importer():
    """A file of a few lines that one other file needs makes the reader open two files for one idea."""
    graph = grimp.build_graph("assistant", "tui")
    small = [path for path in MODULES if path.name not in {"__init__.py", "__main__.py"} and len(_lines(path)) < SMALL]
    lonely = {_name(path) for path in small if len(graph.find_modules_that_directly_import(_name(path)[:-3].replace("/", "."))) <= 1}
    assert lonely <= SMALL_MODULES


def test_every_room_has_a_readme_of_at_most_60_lines():
    tracked = _tracked()
    rooms = {folder for name in tracked for folder in _folders(name) if folder.split("/")[0] in NEEDS_README}
    missing = {room for room in rooms if _is_room(room, tracked) and f"{room}/README.md" not in tracked}
    assert missing == set()
    assert [name for name in tracked if name.endswith("/README.md") and len(_lines(ROOT / name)) > README_LINES] == []


def _is_room(folder: str, tracked: list[str]) -> bool:
    """A room holds code: data, pictures and golden files are explained by the room that they lie in."""
    return any(name.rpartition("/")[0] == folder and name.endswith((".py", ".js")) for name in tracked)


def _folders(name: str) -> list[str]:
    return [parent.as_posix() for parent in PurePosixPath(name).parents][:-1]


def _tracked() -> list[str]:
    return subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()


def test_readmes_name_only_files_that_exist():
    """A path in backticks is found from its README, the root or a package; a bare file name anywhere."""
    tracked = _tracked()
    known = {*tracked, *(folder for name in tracked for folder in _folders(name))}
    bare = {PurePosixPath(name).name for name in tracked}
    missing = []
    for readme in [name for name in tracked if name.endswith(".md") and name != "CHANGELOG.md"]:
        for token in re.findall(r"`([\w./-]+(?:/|\.(?:py|js|md|toml|yaml|json|html|tcss)))`", (ROOT / readme).read_text(encoding="utf-8")):
            places = [PurePosixPath(readme).parent / token, *(PurePosixPath(place) / token for place in (".", *NEEDS_README))]
            is_example = re.search(r"[A-Z]{4}|\b[xy]\b", token) is not None
            if not (is_example or token in bare or any(os.path.normpath(place) in known for place in places)):
                missing.append(f"{readme}: {token}")
    assert missing == []


def test_a_test_has_the_name_of_its_module_or_is_explained_in_its_readme():
    """The test of `assistant/x/y.py` is `tests/x/test_y.py`; what covers several modules is explained beside it."""
    subjects = {
        path.relative_to(ROOT / "assistant").with_suffix("").as_posix() for path in MODULES if path.is_relative_to(ROOT / "assistant")
    }
    subjects |= {path.relative_to(ROOT).with_suffix("").as_posix() for path in MODULES}
    subjects |= {name.removesuffix("/__init__") for name in subjects}
    lost = []
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        place = path.relative_to(ROOT / "tests")
        if place.parts[0] in {"e2e", "bench", "extension"}:
            continue
        if (place.parent / path.stem.removeprefix("test_")).as_posix() in subjects:
            continue
        if path.name not in (path.parent / "README.md").read_text(encoding="utf-8"):
            lost.append(_name(path))
    assert lost == []


def test_each_dependency_has_its_reason_beside_it_and_is_imported():
    listed = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("[project.scripts]")[0]
    wanted = re.findall(r'^  "([\w-]+)[^"]*",?(.*)$', listed, re.MULTILINE)
    assert len(wanted) > 30
    assert [name for name, rest in wanted if not re.match(r"  # \w", rest)] == []
    modules: dict[str, set[str]] = {}
    for module, names in packages_distributions().items():
        for name in names:
            modules.setdefault(canonicalize_name(name), set()).add(module)
    code = "\n".join((ROOT / name).read_text(encoding="utf-8") for name in _tracked() if name.endswith(".py"))
    imported = set(re.findall(r"^\s*(?:import|from) (\w+)", code, re.MULTILINE))
    unused = {name for name, _ in wanted if not modules.get(canonicalize_name(name), set()) & imported}
    assert unused <= NOT_IMPORTED


def test_storage_gives_no_table_rows_away():
    """A row in a service is SQL by another name: reading or setting its columns reaches the database."""
    files = {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}
    tables = {
        node.name
        for tree in files.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and any(keyword.arg == "table" for keyword in node.keywords)
    }
    assert len(tables) > 30
    used = " ".join(path.read_text(encoding="utf-8") for path in MODULES if not path.is_relative_to(ROOT / "assistant" / "storage"))
    public = [
        node
        for path, tree in files.items()
        if path.is_relative_to(ROOT / "assistant" / "storage")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and node.returns is not None
    ]
    rows = {node.name for node in public if tables & set(re.findall(r"\w+", ast.unparse(node.returns)))}
    assert {name for name in rows if re.search(rf"\b{name}\b", used)} == set()


def test_modules_have_telling_names():
    vague = {"utils", "helpers", "manager", "util", "helper", "common", "misc"}
    assert not [path for path in [*MODULES, *SCRIPTS] if path.stem in vague]


def test_styles_are_in_style_files():
    assert not [path for path in MODULES if "DEFAULT_CSS" in path.read_text(encoding="utf-8")]


def test_only_one_script_fetches_and_one_touches_the_browser():
    """`language.js` fetches the extension's own texts. A content script cannot import `browser.js`: `shared-ui.js` stands in for it."""
    code = {_name(path): _code_of_script(path) for path in SCRIPTS}
    assert {name for name, text in code.items() if re.search(r"\b(fetch|XMLHttpRequest|WebSocket|EventSource)\b", text)} == {
        "extension/lib/api.js",
        "extension/lib/language.js",
    }
    assert {name for name, text in code.items() if re.search(r"\bchrome\b|\)\.browser\b|globalThis\.browser\b", text)} == {
        "extension/lib/browser.js",
        "extension/content/shared-ui.js",
    }


def test_scripts_import_from_the_library_and_their_own_folder_only_and_content_scripts_import_nothing():
    wrong = []
    for path in SCRIPTS:
        code = _code_of_script(path)
        places = re.findall(r"""\b(?:from|import)\s*\(?\s*["']([^"']+)["']""", code)
        content = path.is_relative_to(ROOT / "extension" / "content")
        library = ROOT / "extension" / "lib"
        wrong += [
            f"{_name(path)}: {place}" for place in places if content or (path.parent / place).resolve().parent not in (library, path.parent)
        ]
        wrong += [f"{_name(path)}: import" for _ in re.findall(r"\bimport\b", code) if content]
    assert wrong == []


def _code_of_script(path: Path) -> str:
    """Return a script without its comments."""
    return re.sub(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def test_the_top_of_the_tree_is_as_agreed():
    assert {name.split("/")[0] for name in _tracked() if not name.startswith(".")} <= TOP


def test_everything_in_the_lock_runs_on_the_oldest_python():
    """Debian 12 has 3.11.2: what needs a later 3.11 could not be installed there."""
    locked = set(re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE))
    wanted = {found.name: found.metadata.get("Requires-Python") or "" for found in distributions() if found.name in locked}
    assert len(wanted) >= len(locked) - ELSEWHERE
    assert {name: versions for name, versions in wanted.items() if "3.11.0" not in SpecifierSet(versions)} == {}


def test_only_the_clock_asks_for_the_real_time():
    """Everything else gets the time handed in, so that it can be tested on any day."""
    asking = {
        (_name(path), f"{node.value.id}.{node.attr}")
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    real = {("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("date", "today"), ("time", "time"), ("time", "localtime")}
    assert {name for name, call in asking if tuple(call.split(".")) in real} == ASKS_FOR_THE_TIME


def test_every_exporter_and_importer_has_a_test():
    tests = " ".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    golden = ROOT / "tests" / "exports" / "golden"
    assert [exporter.name for exporter in EXPORTERS if not (golden / f"{exporter.name}.txt").is_file()] == []
    assert [importer.kind for importer in IMPORTERS if importer.kind.value not in tests and importer.kind.name not in tests] == []


def test_every_screen_has_a_test():
    names = re.findall(r'^    Place\("\w+", "(\w+)"', (ROOT / "tui" / "keymap.py").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(names) > 10
    assert [name for name in names if not any((ROOT / "tests" / "tui" / "screens").rglob(f"test_{name}.py"))] == []


def test_every_code_of_a_rule_has_a_test():
    tests = " ".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "rules").rglob("test_*.py"))
    written = " ".join(path.read_text(encoding="utf-8") for path in (ROOT / "assistant" / "rules").rglob("*.py"))
    codes = set(re.findall(r'"([A-Z]+(?:_[A-Z]+)+)"', written))
    assert {code for code in codes if code not in tests} == set()


def test_migrations_are_numbered_in_one_line():
    numbers = sorted(path.name[:4] for path in (ROOT / "assistant/storage/migrations/versions").glob("0*.py"))
    assert numbers == [f"{number:04d}" for number in range(1, len(numbers) + 1)]
