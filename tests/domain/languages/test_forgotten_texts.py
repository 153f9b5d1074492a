"""No sentence for people is forgotten: errors and stored sentences are made of texts that the catalogues hold."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from assistant.domain.errors import DomainError
from tests.catalogues import KEYWORDS, ROOT

SENTENCES = {"Refusal": 2}
"""Which argument of these is the sentence; of errors it is the first one."""
UNSEEN = {"demo"}
"""Rooms whose errors nobody sees but us: the demo is in English."""


def error_names() -> set[str]:
    """Return the names of all errors that a person can see."""
    return set(_names(DomainError))


def _names(kind: type[DomainError]) -> Iterator[str]:
    yield kind.__name__
    for below in kind.__subclasses__():
        yield from _names(below)


ERRORS = error_names()


def forgotten(source: str) -> list[str]:
    """Return a line for each error in a module whose sentence is in English only, and for each stored sentence that no catalogue holds."""
    module = ast.parse(source)
    constants = _constants(module)
    found = []
    functions = [node for node in ast.walk(module) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    for scope in (module, *functions):
        known = {**constants, **(_constants(scope) if scope is not module else {})}
        for call in ast.walk(scope):
            if not isinstance(call, ast.Call) or (text := _sentence(call)) is None or not _is_bare(text, known):
                continue
            if not (_name(call) == "Sentence" and _name(known.get(getattr(text, "id", ""), text)) == "to_translate"):
                found.append(f"line {call.lineno}: {ast.unparse(call)[:80]}")
    return list(dict.fromkeys(found))


def _name(node: ast.expr) -> str:
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""


def _constants(scope: ast.AST) -> Mapping[str, ast.expr]:
    """Return the values that names get in a module or function by an assignment of its own."""
    return {
        target.id: node.value
        for node in ast.walk(scope) if not isinstance(scope, ast.Module) or node in scope.body
        if isinstance(node, ast.Assign)
        for target in node.targets if isinstance(target, ast.Name)
    }  # fmt: skip


def _sentence(call: ast.Call) -> ast.expr | None:
    name = _name(call)
    place = SENTENCES.get(name, 0 if name in ERRORS or name == "Sentence" else None)
    return call.args[place] if place is not None and place < len(call.args) else None


def _is_bare(text: ast.expr, known: Mapping[str, ast.expr]) -> bool:
    """Return whether an expression is a text in English: written out, put together, or a constant."""
    if isinstance(text, ast.IfExp):
        return _is_bare(text.body, known) or _is_bare(text.orelse, known)
    if isinstance(text, ast.BoolOp):
        return any(_is_bare(each, known) for each in text.values)
    if isinstance(text, ast.Name):
        value = known.get(text.id)
        return value is not None and not isinstance(value, ast.Name) and _is_bare(value, known)
    if isinstance(text, ast.Call):
        return _name(text) == "to_translate" or (isinstance(text.func, ast.Attribute) and text.func.attr == "format")
    if isinstance(text, ast.JoinedStr):
        return any(isinstance(part, ast.Constant) and any(sign.isalpha() for sign in str(part.value)) for part in text.values)
    return isinstance(text, ast.BinOp) or (isinstance(text, ast.Constant) and isinstance(text.value, str) and text.value != "")


MARKS = {name for name, places in KEYWORDS.items() if places != (2,)}
PROSE = re.compile(r"(?!SELECT )[A-Z'{].*\s.*\s.*\s.*[.?!]\Z", re.DOTALL)
"""A sentence of four words or more. `test_untranslated.py` also looks for shorter texts in commands and screens."""
INTERNAL = {
    "TypeError",
    "ValueError",
    "AssertionError",
    "RuntimeError",
    "LookupError",
    "ConnectionError",
    "BrokenMessage",
    "Route",
    "Parameter",
    "Meta",
}
"""Errors of programmers, and the descriptions of the HTTP interface, which are in English."""
ALLOWED = {
    "This HTTP request cannot be read.": "what cannot be read names no language",
    "Something went wrong inside Shopper. Try again.": "a failure before the language of the request is known",
    "The books count money event by money event now.": "stored as the reason of a step",
}


def loose_sentences(source: str) -> list[str]:
    """Return the sentences in a module that are no docstring and go through no catalogue."""
    return [text for text in _loose(ast.parse(source)) if PROSE.match(text) and text not in ALLOWED]


def _loose(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call) and (_name(node) in MARKS | INTERNAL):
        below: list[ast.AST] = [each.value for each in node.keywords] if _name(node) in MARKS else []
    elif isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        below = [each for each in node.body if not (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant))]
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        below = [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
    else:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        below = list(ast.iter_child_nodes(node))
    for each in below:
        yield from _loose(each)


def sources() -> Iterator[Path]:
    for folder in ("assistant", "tui"):
        yield from (path for path in (ROOT / folder).rglob("*.py") if not UNSEEN & set(path.relative_to(ROOT).parts))


def test_every_error_speaks_the_language_of_its_reader():
    """`raise NotFound(translated("There is no account '{name}'.", name=name))`, never a text or an f-string alone."""
    found = {str(path.relative_to(ROOT)): wrong for path in sources() if (wrong := forgotten(path.read_text("utf-8")))}
    assert found == {}


def test_every_sentence_goes_through_a_catalogue():
    rooms = ("amazon", "browsers", "domain", "importers", "rules", "server", "services", "settings", "storage")
    paths = [path for room in rooms for path in (ROOT / "assistant" / room).rglob("*.py")]
    paths = [path for path in paths if path.name != "openapi.py" and path.parent.name != "versions"]
    found = {str(path.relative_to(ROOT)): loose for path in paths if (loose := loose_sentences(path.read_text("utf-8")))}
    assert found == {}


def test_a_loose_sentence_is_found():
    planted = 'def told(name):\n    "Return it as a sentence."\n    return f"There is no account {name} here."\n'
    assert loose_sentences(planted) == ["There is no account {} here."]
    assert loose_sentences('notes.append("It ends before it begins.")') == ["It ends before it begins."]
    assert loose_sentences('notes.append(translated("It ends before it begins."))') == []


@pytest.mark.parametrize(
    "planted",
    [
        'raise NotFound("There is no account.")',
        'raise NotFound(f"There is no account {name}.")',
        'raise Conflict("There is " + name)',
        'raise Conflict("There is {}".format(name))',
        '_TEXT = "There is none."\ndef find():\n    raise InvalidInput(_TEXT)',
        '_TEXT = to_translate("There is none.")\ndef find():\n    raise InvalidInput(_TEXT)',
        'def find():\n    text = f"There is no {name}."\n    raise LedgerBusy(text) from error',
        'raise NotFound(translated("One.") if one else "Two.")',
        'return Refusal(404, "route/unknown", "There is no such route.")',
        'step(Sentence("Added an account"))',
    ],
)
def test_a_forgotten_text_is_found(planted):
    assert len(forgotten(planted)) == 1


@pytest.mark.parametrize(
    "fine",
    [
        'raise NotFound(translated("There is no account {name}.", name=name))',
        "raise InvalidInput(str(error)) from error",
        'def find():\n    text = to_translate("There is none.")\n    raise Conflict(translated(text))',
        'raise Refusal(404, "route/unknown", translated("There is no such route."))',
        'raise ValueError(f"{name} is wrong")',
        'step(sentence_of("Added an account"))',
        '_ADDED = to_translate("Added {name}")\ndef add():\n    step(Sentence(_ADDED, values))',
        'raise InvalidInput(f"{error} {advice}")',
        "Sentence(row.what)",
    ],
)
def test_sentences_for_every_language_and_errors_for_programmers_are_fine(fine):
    assert forgotten(fine) == []
