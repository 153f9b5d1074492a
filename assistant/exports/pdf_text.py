"""Text in PDF files: any script, with fonts that fit it, and the tables and pages that the reports share.

Latin letters use a font that is embedded in the file. Others use the first font of this machine that has them, embedded too. Chinese,
Japanese and Korean without such a font name one of PDF's standard fonts, which every usual viewer brings along.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import IO, Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table, TableStyle

from assistant.domain.languages.language import current_language

_PLAIN, _BOLD = "Vera", "VeraBd"
_SYSTEM_FONTS = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    "/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf",
    "/System/Library/Fonts/Supplemental/Arial Unicode.ttf",
    "C:/Windows/Fonts/arial.ttf",
    "C:/Windows/Fonts/msgothic.ttc",
    "C:/Windows/Fonts/simsun.ttc",
    "C:/Windows/Fonts/malgun.ttf",
)
"""Fonts with TrueType outlines, the only ones that can be embedded."""
_KANA = range(0x3040, 0x3100)
_HANGUL = (range(0x1100, 0x1200), range(0x3130, 0x3190), range(0xAC00, 0xD7B0))
_CHINESE_OR_JAPANESE = (range(0x2E80, 0xA000), range(0xF900, 0xFB00), range(0xFE30, 0xFE50), range(0xFF00, 0xFFF0))
"""Blocks of Unicode: signs, kana, Chinese characters, and forms of full and half width. Their signs have names of many kinds."""
_JAPANESE, _KOREAN, _CHINESE = "HeiseiKakuGo-W5", "HYGothic-Medium", "STSong-Light"
_LAST_OF_STANDARD_FONTS = "\uffff"
_UNKNOWN = "?"
_ROWS = 250
"""Rows of a table that are laid out at once: longer tables take time that grows with their square."""
_MARGIN = 16 * mm


def _style(name: str, size: float, *, font: str = _PLAIN, space: float = 0, right: bool = False) -> ParagraphStyle:
    alignment = TA_RIGHT if right else TA_LEFT
    # Chinese and Japanese have no spaces to break lines at.
    return ParagraphStyle(
        name,
        fontName=font,
        fontSize=size,
        leading=size * 1.3,
        spaceBefore=space,
        spaceAfter=space / 2,
        alignment=alignment,
        splitLongWords=1,
    )


TITLE, HEADING = _style("title", 19, font=_BOLD, space=8), _style("heading", 12.5, font=_BOLD, space=10)
NORMAL, CELL, CELL_RIGHT, HEAD = (
    _style("normal", 9.5),
    _style("cell", 7.5),
    _style("amount", 7.5, right=True),
    _style("head", 7.5, font=_BOLD),
)
STAMP = ParagraphStyle("stamp", fontName=_BOLD, fontSize=8, leading=10, alignment=TA_CENTER)
_HEAD_RIGHT = _style("amount-head", 7.5, font=_BOLD, right=True)


@cache
def _loaded(path: str) -> TTFont | None:
    """Load a font; None if it is not there or cannot be embedded."""
    try:
        name = Path(path).stem.replace(" ", "")
        font = TTFont(name, path, subfontIndex=0)
        pdfmetrics.registerFont(font)
    except (OSError, TTFError):
        return None
    return font


@cache
def _base_fonts() -> TTFont:
    """Register the fonts that come with reportlab."""
    for name in (_PLAIN, _BOLD):
        pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))
    pdfmetrics.registerFontFamily(_PLAIN, normal=_PLAIN, bold=_BOLD, italic=_PLAIN, boldItalic=_BOLD)
    pdfmetrics.registerFontFamily(_BOLD, normal=_BOLD, bold=_BOLD, italic=_BOLD, boldItalic=_BOLD)
    found: TTFont = pdfmetrics.getFont(_PLAIN)
    return found


@cache
def _standard(name: str) -> str:
    pdfmetrics.registerFont(UnicodeCIDFont(name))
    return name


@cache
def _embedded_font(sign: str) -> str | None:
    """Return the first font that has a sign and can be embedded."""
    code = ord(sign)
    if code in _base_fonts().face.charToGlyph:
        return _PLAIN
    fonts = (font for path in _SYSTEM_FONTS if (font := _loaded(path)))
    return next((font.fontName for font in fonts if code in font.face.charToGlyph), None)


def _font_of(sign: str, han: str) -> str | None:
    """Return the font of a sign, None if no font has it. `han` is the standard font for Chinese characters in this text."""
    found = _embedded_font(sign)
    if found is not None or sign > _LAST_OF_STANDARD_FONTS:
        return found
    code = ord(sign)
    if any(code in block for block in _HANGUL):
        return _standard(_KOREAN)
    return _standard(han) if any(code in block for block in _CHINESE_OR_JAPANESE) else None


def markup(text: str) -> str:
    """Return text as reportlab's markup, each run of signs in a font that has it. Signs that no font has become "?"."""
    _base_fonts()
    kept = "".join(sign if sign.isprintable() else " " for sign in text)
    han = _JAPANESE if current_language() == "ja" or any(ord(sign) in _KANA for sign in kept) else _CHINESE
    runs = groupby(kept, key=lambda sign: _font_of(sign, han))
    return "".join(_run(font, "".join(signs)) for font, signs in runs)


def _run(font: str | None, signs: str) -> str:
    if font == _PLAIN:
        return escape(signs)
    return f'<font name="{font}">{escape(signs)}</font>' if font else _UNKNOWN * len(signs)


def paragraph(text: str, style: ParagraphStyle = NORMAL) -> Paragraph:
    """Return text as a paragraph."""
    return Paragraph(markup(text), style)


class _Bookmark(Flowable):  # type: ignore[misc]  # reportlab has no types
    """An entry of the outline that leads to where it is drawn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def wrap(self, *_: float) -> tuple[float, float]:
        """Return that it takes no space."""
        return 0, 0

    def draw(self) -> None:
        """Add the entry."""
        self.canv.bookmarkPage(self._text)
        self.canv.addOutlineEntry(self._text, self._text, 0)


def heading(text: str) -> list[Flowable]:
    """Return a heading with its bookmark."""
    return [_Bookmark(text), paragraph(text, HEADING)]


def tables(header: Sequence[str], widths: Sequence[float], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> Iterator[Table]:
    """Yield a table as pieces, each with its header. `widths` are in millimetres; the columns in `right` are aligned to the right."""
    head = [paragraph(text, _HEAD_RIGHT if column in right else HEAD) for column, text in enumerate(header)]
    grid = TableStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, 0), 0.8, colors.black),
            ("LINEBELOW", (0, 1), (-1, -1), 0.25, colors.lightgrey),
            ("LEFTPADDING", (0, 0), (-1, -1), 2),
            ("RIGHTPADDING", (0, 0), (-1, -1), 2),
            ("TOPPADDING", (0, 0), (-1, -1), 1.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ]
    )
    cells = [[paragraph(text, CELL_RIGHT if column in right else CELL) for column, text in enumerate(row)] for row in rows]
    for first in range(0, len(cells), _ROWS):
        body = [head, *cells[first : first + _ROWS]]
        yield Table(body, colWidths=[width * mm for width in widths], style=grid, repeatRows=1, hAlign="LEFT")


def write_pages(stream: IO[bytes], story: list[Flowable], title: str, footer: Callable[[int], str]) -> None:
    """Write a PDF of A4 pages. `footer` returns the text below page n. The same story always makes the same bytes.

    The PDF says its language, for screen readers, and for the exhibits that are bound to it later.
    """
    _base_fonts()

    def draw_footer(canvas: Any, document: Any) -> None:
        canvas.saveState()
        small = paragraph(footer(document.page), _style("footer", 7))
        small.wrapOn(canvas, document.width, 10 * mm)
        small.drawOn(canvas, document.leftMargin, 8 * mm)
        canvas.restoreState()

    margins = {"leftMargin": _MARGIN, "rightMargin": _MARGIN, "topMargin": _MARGIN, "bottomMargin": _MARGIN}
    document = SimpleDocTemplate(stream, pagesize=A4, title=title, author="Shopper", invariant=1, lang=current_language(), **margins)
    document.build(story, onFirstPage=draw_footer, onLaterPages=draw_footer)
