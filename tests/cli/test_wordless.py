"""Commands in a language without words, on a household with Greek names: a Latin word that is printed is a forgotten text, or data."""

import re
from datetime import date
from string import Formatter

import pytest

from assistant.cli import app as cli
from assistant.cli.orders import orders
from assistant.demo.catalogue import CatalogueProduct
from assistant.demo.export_zips import ExportLine, ExportOrder, write_export
from assistant.domain.languages import translating

TODAY = date(2026, 11, 2)
COMMANDS = """
accounts list
orders --limit 1
orders χ
imports confirm 1
rules add χ
terms add membership χ --account per --until 2026-12-03
terms edit 1 --until 2026-12-04
terms remove 1
tax worklist schedule-c 2025
clients revoke χ
doctor
accounts link nik A1ΧΧΧ
accounts compare per biz
order 112-0000009-0000009
books
books --in EUR
expenses --by category
expenses --year 2026 --compare
expenses --in EUR
expenses --by χ
budgets
claims
claims months
claims settle
alerts
alerts χ
alerts stats
alerts --past
alerts --explain 7x
reminders
deliveries
deliveries --all
questions
imports
rules list
rules learned
rules remove 9
terms list
terms list
statements
statements match x
statements unmatched
receipts list
receipts missing
receipts purpose χ
settings list
settings set hide_amounts yes
settings unset hide_amounts
settings set keys.χ x
clients list
open --list
open
open per ftp://χ
pair
autostart status
categories add χ
categories move χ
categories remove χ
persons add Ζωή
purposes add δώρα
categorize --as office
categorize --as office --yes
split 112-0000001-0000001 business=60%
split 112-0000001-0000001 --clear
export
export accountant-csv -o χ.csv
reread
accounts add Νίκος --key nik
accounts rename nik --key niko
accounts merge niko --into per
accounts add Όλγα --key olga
accounts remove olga
tui
tui --plain --web
""".strip().splitlines()
"""Commands with something to print, with nothing, and with something wrong."""
DATA = re.compile(
    r"""
      '?shopper\ [a-z].*             # a command to type, at the end of a line or of a cell
    | \([a-z-]+(/[a-z-]+)?\)         # the code of an error
    | \b[A-Z][A-Z0-9_]{2,}\b         # codes, currencies, letters of accounts
    | \S*[/.\\]\S+                   # paths, files, addresses
    | [a-z]+_[a-z_]+                 # settings and codes of questions
    | --[a-z-]+ | [a-z-]+\.[a-z-]+ | \b(per|biz|nik|niko|olga)\b
    | \b[a-z]{1,2}\b
    """,
    re.VERBOSE,
)
SAME = """
personal business office household me home yes no sqlite Python Linux Shopper SQLite UTC MB KiB ECB Visa visa Chromium Firefox Amazon Export
yaml theme country language welcome account purpose category seller card person day route pay conflict tag budget private soften mute ship
"""
"""Words of data, words to type, and names that are the same in every language."""


class Wordless:
    """A catalogue that translates each text into its values alone."""

    def gettext(self, text):
        try:
            names = [name for _, name, _, _ in Formatter().parse(text) if name]
        except ValueError:  # it names the key {
            names = []
        return " ".join(f"{{{name}}}" for name in names) or "·"

    def ngettext(self, _one, many, _count):
        return self.gettext(many)


@pytest.fixture
def wordless(shopper, tmp_path, monkeypatch):
    """Run commands in the language without words; errors of Typer and helps have tests of their own."""
    english = cli.commands("en")
    monkeypatch.setattr(cli, "commands", lambda _: english)
    monkeypatch.setattr(translating, "_catalogue", lambda _: Wordless())
    monkeypatch.chdir(tmp_path)
    shopper("accounts", "add", "Ελένη", "--key", "per", "--purpose", "personal")
    shopper("accounts", "add", "Οφφίς", "--key", "biz", "--purpose", "business")
    for account, site in (("per", "1"), ("biz", "2")):
        file = tmp_path / f"Παραγγελίες-{account}.zip"
        write_export(file, [_order(site, day) for day in (1, 2)], old=False)
        shopper("import", file, "--account", account)
    return lambda *words: shopper(*words, SHOPPER_LANGUAGE="ja")


def _order(site: str, day: int) -> ExportOrder:
    product = CatalogueProduct(f"B0ΧΧΧΧΧ00{site}", "Μαύρο μελάνι", 8999, "office", 1)
    return ExportOrder(
        number=f"11{site}-000000{day}-0000001",
        on=TODAY.replace(day=day),
        lines=(ExportLine(product=product, quantity=1, price=product.price, tax=0),),
        site="Amazon.com",
        currency="USD",
        payment="Visa - 1111",
        address="Οδός 12",
    )


def words_in(text: str) -> set[str]:
    return set(re.findall(r"[A-Za-z]{3,}", DATA.sub(" ", text))) - set(SAME.split())


def test_no_command_prints_a_word_that_no_catalogue_has(wordless):
    left = {}
    for command in COMMANDS:
        ran = wordless(*command.split())
        assert "Traceback" not in ran.err
        if found := words_in(f"{ran.out}\n{ran.err}"):
            left[command] = found
    assert left == {}


def test_a_forgotten_word_is_seen(wordless, monkeypatch):
    assert not words_in(wordless("orders").out)
    monkeypatch.setattr(orders, "shown_word", lambda word: word.replace("_", " "))
    # "shipping", and a month later "probably delivered".
    assert words_in(wordless("orders").out)
