"""Write the extension's copy of the table of page kinds: `make page-kinds`."""

import json
from collections.abc import Sequence
from pathlib import Path

from assistant.amazon.page_kinds import LANGUAGE_PREFIX, page_table

TARGET = Path(__file__).parents[1] / "extension" / "content" / "page-table.js"
HEAD = "/** Kinds of Amazon pages and the buttons to guard, written by `make page-kinds` from assistant/amazon/pages.toml: edit that. */\n"


def script() -> str:
    """Return the text of the content script that holds the table, short because every Amazon page loads it."""
    table = page_table()
    parts = list(dict.fromkeys(tuple(entry.parts) for entry in table.addresses))
    pages = [
        [
            entry.kind.value,
            _short(entry.paths.pattern.removeprefix("^(?:").removesuffix(")$")),
            _short(entry.query.pattern) if entry.query else "",
            parts.index(tuple(entry.parts)),
            entry.lasting * 1 + entry.is_list * 2 + entry.buying * 4,
        ]
        for entry in table.addresses
    ]
    actions = [[action.name, action.pages or None, action.controls] for action in table.actions]
    values = [
        ("LANGUAGE_PREFIX", json.dumps(LANGUAGE_PREFIX)),
        ("SENT_PARTS", _rows(parts)),
        ("PAGE_ROWS", _rows(pages)),
        ("GUARDED_ACTIONS", _rows(actions)),
    ]
    inside = "".join(f"{name}: {value},\n" for name, value in values)
    return f"{HEAD}// prettier-ignore\nObject.assign(globalThis.shopper, {{\n{inside}}});\n"


def _short(pattern: str) -> str:
    """Return an expression with plain groups: the script only asks whether an address fits."""
    return pattern.replace("(?:", "(")


def _rows(rows: Sequence[object]) -> str:
    return "[\n" + "".join(f"{json.dumps(row, ensure_ascii=False, separators=(',', ':'))},\n" for row in rows) + "]"


if __name__ == "__main__":
    TARGET.write_text(script(), "utf-8")
