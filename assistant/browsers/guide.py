"""A page with three pictured steps for browsers that take the extension only by hand: Chrome, and Firefox's release builds."""

import tomllib
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

from assistant.browsers.programs import BrowserFamily
from assistant.domain.languages.language import current_language

_NAME = "add-the-extension.html"
_PAGES = {BrowserFamily.FIREFOX: "about:debugging#/runtime/this-firefox"}
_STYLE = """
:root { color-scheme: light dark; --line: light-dark(#d8dce1, #3a3f46); --note: light-dark(#0072b2, #56b4e9); }
body { font: 16px/1.5 system-ui, "DejaVu Sans", sans-serif; overflow-wrap: anywhere; }
main { max-width: 44rem; margin: 2rem auto; padding: 0 1.25rem; }
ol { padding: 0; list-style: none; display: grid; gap: 1.25rem; counter-reset: step; }
li { counter-increment: step; border: 1px solid var(--line); border-radius: 12px; padding: 1rem 1.25rem; }
li::before { content: counter(step); font-weight: 700; color: var(--note); margin-inline-end: .6rem; }
svg { display: block; width: 100%; max-width: 30rem; margin-top: .75rem; border: 1px solid var(--line); border-radius: 8px; }
svg text { font: 13px system-ui, "DejaVu Sans", sans-serif; fill: currentColor; }
code { user-select: all; border: 1px solid var(--line); border-radius: 6px; padding: .15rem .4rem; }
"""
_RING = '<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="8" fill="none" stroke="#D55E00" stroke-width="3"/>'


@cache
def _texts() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "guide.toml").read_text(encoding="utf-8"))


def write_guide(folder: Path, extension: Path, family: BrowserFamily) -> Path:
    """Write the guide for a kind of browser into a folder, in the current language, and return its file."""
    words = _texts()[current_language()]
    place = f"<code>{escape(_PAGES.get(family, 'chrome://extensions'))}</code>"
    if family is BrowserFamily.FIREFOX:
        steps = [
            (words["debug"].format(page=place), _picture(_button(words["firefox_load"]), words["title"])),
            (words["temporary"].format(load=words["firefox_load"]), ""),
            (words["pair"], _picture(_toolbar(), words["pin"])),
        ]
    else:
        steps = [
            (words["open"].format(page=place, mode=words["chrome_mode"]), _picture(_switch(words["chrome_mode"]), words["chrome_mode"])),
            (words["load"].format(load=words["chrome_load"]), _picture(_button(words["chrome_load"]), words["chrome_load"])),
            (f"{words['pin']} {words['done']}", _picture(_toolbar(), words["pin"])),
        ]
    # Firefox forgets an extension that was loaded by hand.
    intro = words["intro"] if family is BrowserFamily.FIREFOX else f"{words['intro']} {words['stays']}"
    listed = "\n".join(f"<li>{text}{picture}</li>" for text, picture in steps)
    page = (
        f'<!doctype html><html lang="{current_language()}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(words['title'])}</title><style>{_STYLE}</style></head><body><main><h1>{escape(words['title'])}</h1>"
        f"<p>{escape(intro)}</p><ol>{listed}</ol><p>{escape(words['folder'])} <code>{escape(str(extension))}</code></p>"
        "</main></body></html>"
    )
    written = folder / _NAME
    written.write_text(page, "utf-8")
    return written


def _picture(inside: str, name: str) -> str:
    return f'<svg viewBox="0 0 480 110" role="img" aria-label="{escape(name, quote=True)}">{inside}</svg>'


def _switch(label: str) -> str:
    """The top of Chrome's page of extensions: its switch at the right."""
    ring = _RING.format(x=196, y=14, width=272, height=44)
    return (
        f'<text x="16" y="40" font-weight="700">chrome://extensions</text><text x="408" y="41" text-anchor="end">{escape(label)}</text>'
        f'<rect x="420" y="26" width="36" height="20" rx="10" fill="#0072B2"/><circle cx="446" cy="36" r="8" fill="#fff"/>{ring}'
    )


def _button(label: str) -> str:
    """A button below the top of the page."""
    ring = _RING.format(x=10, y=44, width=380, height=52)
    return (
        '<rect x="0" y="0" width="480" height="30" fill="#8884"/><rect x="20" y="52" width="360" height="36" rx="18" fill="none" '
        f'stroke="currentColor"/><text x="200" y="75" text-anchor="middle">{escape(label)}</text>{ring}'
    )


def _toolbar() -> str:
    """The toolbar: address, puzzle piece, pin and our icon."""
    return (
        '<rect x="16" y="30" width="300" height="36" rx="18" fill="#8884"/><text x="36" y="53">amazon.com</text>'
        '<path d="M350 38h8a5 5 0 1 1 10 0h8v9a5 5 0 1 1 0 10v9h-26z" fill="none" stroke="currentColor" stroke-width="2"/>'
        '<path d="M412 36h14l-3 12 6 6h-20l6-6zM419 54v14" fill="none" stroke="currentColor" stroke-width="2"/>'
        '<rect x="444" y="36" width="26" height="26" rx="6" fill="#0072B2"/>' + _RING.format(x=338, y=24, width=138, height=54)
    )
