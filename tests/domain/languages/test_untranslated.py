"""No text of commands and screens is forgotten: every literal that reads like prose goes through a catalogue."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.catalogues import KEYWORDS, NAMED, ROOT, TITLES

WRAPPED = frozenset((*KEYWORDS, *NAMED, TITLES, "Typer", "Argument", "Option", "callback", "command"))
"""Calls whose texts the catalogues get: from their arguments, or, those of Typer, from the help of commands."""
DATA = frozenset({"compile", "execute", "ClassVar", "Annotated", "Literal", "TypeVar", "getattr", "query", "query_one", "add_class"})
"""Calls whose literals nobody reads."""
DATA_NAMES = frozenset({"classes", "id", "DEFAULT_CSS", "CSS", "CSS_PATH", "selector", "metavar"})
SHOWN = frozenset({"print_text", "say", "Static", "Label", "Content", "styled", "notify", "Text", "Button", "typed", "is_confirmed"})
"""Calls that show their first argument: there one word is enough."""
PROSE = re.compile(r"[A-Za-zÀ-ÿ]{2,}[,.:;']? [A-Za-zÀ-ÿ]{2,}")
WORD = re.compile(r"[A-Za-zÀ-ÿ]{3,}")
COMMAND = re.compile(r"shopper [a-z]|pip install |chmod |kill |https?://|--|[a-z_]+=")
"""How commands, addresses and settings begin: people type them as they are in every language."""
WORD_BESIDE_A_VALUE = re.compile(r"\{\}[:,.]? [A-Za-z]{3,}|[A-Za-z]{3,}[:,.]? \{\}")
STYLE = re.compile(r"(?:bold|reverse|underline|dim)(?: |$)")
ALLOWED = frozenset(
    {
        "as ACCOUNT=VALUE; may be repeated.",  # a part of helps, which are in the catalogues as a whole
        "date, amount, debit, credit, text, reference, card, currency, original, original-currency",  # words to type
        "command line",  # stored, and translated when it is shown
        "terminal app",  # the name of a client, stored
        "the history",  # what errors of the search call the list
        "amazon.com, amazon.de",
        "office/98101; 5 Elm St, Salem",
        "visa/1234, Visa ending in 5678",  # examples of what pages print
        "~/Downloads/Your Orders.zip",  # as Amazon names the file
        "Your Amazon accounts",
        "{} add WORD",
        "{} remove {}",  # commands
        "{} date:{}-{}..{}",  # a filter
        "{} underline $primary",  # a style
        "shopper {}",
        "line {}",
        "charge {} {}",  # ids of rows
        " Shopper",
    }
)
"""Texts that are the same in every language."""
INTERNAL = frozenset({"TypeError", "AssertionError", "RuntimeError", "LookupError", "NotImplementedError"})
"""Errors of programmers; a user sees none of them."""


def forgotten(source: str) -> Iterator[tuple[int, str]]:
    """Yield the line and text of every literal that people would see in English only."""
    yield from _in(ast.parse(source), inside="")


def _in(node: ast.AST, inside: str) -> Iterator[tuple[int, str]]:
    """Yield the forgotten texts in a node; `inside` is the call that shows it, "" if none does."""
    if isinstance(node, ast.Call):
        yield from _in_call(node)
    elif isinstance(node, ast.JoinedStr):
        text = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        if _is_prose(text, inside):
            yield node.lineno, text
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                yield from _in(part.value, inside)
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, str) and _is_prose(node.value, inside):
            yield node.lineno, node.value
    elif isinstance(node, ast.IfExp | ast.BoolOp | ast.BinOp):
        for below in ast.iter_child_nodes(node):
            yield from _in(below, inside)
    else:
        yield from _in_statement(node)


def _in_call(node: ast.Call) -> Iterator[tuple[int, str]]:
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    given = {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg not in DATA_NAMES}
    if name == TITLES:
        parts = [(below, "") for below in (*node.args[1:], *given.values())]
    elif name in KEYWORDS:
        # Values of a text can be texts themselves.
        parts = [(below, "") for below in given.values()]
    elif name in WRAPPED | DATA | INTERNAL:
        parts = []
    else:
        shown = name if name in SHOWN else ""
        parts = [
            (node.func, ""),
            *((below, shown) for below in node.args[:1]),
            *((below, "") for below in (*node.args[1:], *given.values())),
        ]
    for below, inside in parts:
        yield from _in(below, inside)


def _in_statement(node: ast.AST) -> Iterator[tuple[int, str]]:
    match node:
        case ast.Expr(value=ast.Constant()):
            return  # a docstring
        case ast.Subscript():
            return  # an annotation, or a key
        case ast.AnnAssign(value=value, target=ast.Name(id=name)):
            children = [] if value is None or name in DATA_NAMES else [value]
        case ast.Assign(value=value, targets=[ast.Name(id=name)]):
            children = [] if name in DATA_NAMES else [value]
        case ast.arg():
            return
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            children = [*node.body, *node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)]
        case _:
            children = list(ast.iter_child_nodes(node))
    for below in children:
        yield from _in(below, "")


def _is_prose(text: str, inside: str) -> bool:
    if COMMAND.match(text) or STYLE.match(text):
        return False
    without_commands = re.sub(r"'shopper [^']*'|https?://\S+|--[a-z-]+|\$[a-z-]+", " ", text)
    if PROSE.search(without_commands) or WORD_BESIDE_A_VALUE.search(without_commands):
        return True
    return bool(inside) and bool(WORD.search(without_commands))


@pytest.mark.parametrize("folder", ["assistant/cli", "tui"])
def test_every_text_of_commands_and_screens_is_in_the_catalogues(folder):
    """Wrap it: `assistant/domain/languages/README.md`. What is the same in every language belongs into ALLOWED, with its reason."""
    left = [
        f"{path.relative_to(ROOT)}, line {line}: {text!r}"
        for path in sorted((ROOT / folder).rglob("*.py"))
        for line, text in forgotten(path.read_text("utf-8"))
        if text not in ALLOWED
    ]
    assert left == []


@pytest.mark.parametrize(
    "code",
    [
        'print_text("No claims.")',
        'say(f"Removed: {files}")',
        'print_text(f"{file}: {count} entries.")',
        'raise InvalidInput(f"{name} has no value.")',
        'raise InvalidInput("Name the claims to settle.") from error',
        'yield Static("Loading", id="state")',
        'self.notify("Saved the file", severity="information")',
        'panel.border_title = "What was done"',
        'LABELS = ("last seen", "first seen")',
        'cells = [title or "no title" for title in titles]',
        'words = {"open": "still open"}',
        'def f(hint: str = "of this month") -> None: ...',
        'print_text(translated("Removed: {what}", what="the whole order"))',
        'print_table(("order",), [("not read",)])',
        'text = "over the plan" if over else ""',
    ],
)
def test_a_forgotten_text_is_found(code):
    assert list(forgotten(code))


@pytest.mark.parametrize(
    "code",
    [
        'print_text(translated("No claims."))',
        'print_text(translated_count("{count} open claim", "{count} open claims", count))',
        'TITLE = to_translate("What was done")',
        'print_table(("last seen", "first seen"), rows)',
        'def f() -> None:\n    """Return the order that was found."""',
        'def f(found: "dict[str, OwnRule]") -> "list[Finding or None]": ...',
        'fix = f"shopper restore {file}"',
        'key = f"account:{name}"',
        'yield Static(id="order-facts", classes="panel wide")',
        'raise TypeError("this cannot happen here")',
    ],
)
def test_what_is_translated_or_data_is_left_alone(code):
    assert list(forgotten(code)) == []
