"""The texts that the code shows, and the catalogues that hold them in other languages."""

import ast
import io
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from assistant.cli.app import commands
from assistant.cli.help_language import help_texts
from assistant.domain.judging.sentences import catalogue
from assistant.domain.languages.language import DEFAULT, LANGUAGES

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "assistant" / "domain" / "languages" / "translations"
OTHERS = tuple(language for language in LANGUAGES if language != DEFAULT)
KEYWORDS = {
    "translated": (0,),
    "translated_count": (0, 1),
    "to_translate": (0,),
    "sentence_of": (0,),
    "counted_sentence": (0, 1),
    "Binding": (2,),
    "Place": (2,),
}
"""Which arguments of a call are shown: the descriptions of key bindings and the titles of screens are translated where they are shown."""
TITLES = "print_table"
"""Prints a table: its first argument is a tuple with the titles of the columns."""
NAMED = {"Part": {"label", "hint"}, "Kind": {"label"}}
"""The same of named arguments: forms translate the labels of rules."""
TWO_FORMS = "nplurals=2; plural=(n != 1);"
PLURALS = {"fr": "nplurals=2; plural=(n > 1);", "ja": "nplurals=1; plural=0;"}
"""How languages count: French counts nothing like one thing, Japanese needs one form only. Millions have no form of their own here."""
Text = str | tuple[str, str]


def texts_in_code() -> list[Text]:
    """Return every text that the code marks, sorted; a pair is a singular and its plural."""
    found: dict[Text, None] = {}
    for path in sorted((*(ROOT / "assistant").rglob("*.py"), *(ROOT / "tui").rglob("*.py"))):
        source = path.read_text("utf-8")
        if any(f"{name}(" in source for name in (*KEYWORDS, *NAMED, TITLES)):
            found |= dict.fromkeys(_texts_of(ast.parse(source)))
    found |= dict.fromkeys(help_texts(commands("en")))
    found |= dict.fromkeys(_texts_in_data())
    return sorted(found, key=lambda text: text if isinstance(text, str) else text[0])


def _texts_in_data() -> Iterator[str]:
    """Yield the texts in data: what warnings are about, why a tax form does not count an amount, and names of its lines."""
    yield from (reason["about"] for reason in catalogue()["reasons"].values() if "about" in reason)
    for file in sorted((ROOT / "assistant" / "exports" / "taxes" / "forms").glob("*.toml")):
        form = tomllib.loads(file.read_text("utf-8"))
        yield from _reasons_in(form)
        if form.get("country") != "de":  # what German names mean is in `domain/taxes/line_names.py`
            yield from (line["name"] for line in form.get("lines", {}).values() if isinstance(line, dict) and "name" in line)


def _reasons_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (text for name, text in value.items() if name == "why" and text)
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _reasons_in(each)


def _texts_of(module: ast.Module) -> Iterator[Text]:
    for call in ast.walk(module):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            continue
        named = [each.value for each in call.keywords if each.arg in NAMED.get(call.func.id, ())]
        if call.func.id == TITLES and isinstance(call.args[0], ast.Tuple):
            named += call.args[0].elts
        yield from (each.value for each in named if isinstance(each, ast.Constant) and each.value)
        given = [call.args[place] for place in KEYWORDS.get(call.func.id, ()) if place < len(call.args)]
        texts = [each.value for each in given if isinstance(each, ast.Constant) and each.value]
        if texts and len(texts) == len(given):
            yield texts[0] if len(texts) == 1 else (texts[0], texts[1])


def read_catalogue(language: str) -> Catalog:
    """Return the catalogue of a language as it is stored."""
    with (FOLDER / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def updated_catalogue(language: str, texts: list[Text]) -> Catalog:
    """Return the catalogue of a language with these texts, translated where the stored one has them."""
    stored, made = read_catalogue(language), Catalog(locale=language, header_comment=f"# {LANGUAGES[language]}", fuzzy=False)
    made.mime_headers = [("Plural-Forms", PLURALS.get(language, TWO_FORMS))]
    for text in texts:
        known = stored.get(text if isinstance(text, str) else text[0])
        fits = known is not None and (known.id == text or (isinstance(text, str) and isinstance(known.id, str)))
        made.add(text, known.string if fits and known else "", flags=("python-brace-format",) if "{" in str(text) else ())
    return made


def po_file(catalogue: Catalog) -> bytes:
    """Return a catalogue as a .po file: without dates and lines of the code, so that two people can change it at once."""
    stream = io.BytesIO()
    write_po(stream, catalogue, width=0, no_location=True, omit_header=True)
    head = f'{catalogue.header_comment}\nmsgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    rule = f'"Plural-Forms: {PLURALS.get(str(catalogue.locale), TWO_FORMS)}\\n"\n\n'
    return (head + rule).encode() + stream.getvalue()


def mo_file(catalogue: Catalog) -> bytes:
    """Return a catalogue as gettext reads it at run time."""
    stream = io.BytesIO()
    # The same catalogue gives the same file on every day.
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    write_mo(stream, catalogue)
    return stream.getvalue()
