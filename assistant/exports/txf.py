"""TXF V042 for the desktop editions of TurboTax and H&R Block: one sum per line of Schedule C. Experimental.

The reference numbers come from one public mapping; check the sums in the program before you file.
"""

from typing import IO

from assistant.domain.errors import Conflict
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.money import Money
from assistant.exports.base import BooksView, deductible
from assistant.exports.charges import category_of

_REFERENCES = {
    "advertising": "304",
    "professional": "298",
    "office": "313",
    "consumable": "301",
    "crafts": "301",
    "packaging": "301",
    "travel": "317",
    "meals": "294",
}
_OTHER = "302"


class Txf:
    """Writes one record per reference number; other expenses by category."""

    name = "txf"
    description = to_translate("TXF V042, experimental: sums for Schedule C")
    audience = to_translate("TurboTax and H&R Block desktop editions, not online")
    keeps = to_translate("sums per line, other expenses by category")
    loses = to_translate("items, days, currencies other than USD, limits and equipment: use 'shopper tax' for these")
    suffix = ".txf"
    with_top_ups = False

    def write(self, view: BooksView, stream: IO[bytes]) -> None:
        """Write the sums. Raises Conflict for another currency."""
        sums: dict[tuple[str, str], int] = {}
        last = ""
        for entry in view.entries:
            if entry.currency != "USD":
                text = to_translate("TXF takes US dollars, and an entry of {day} is in {currency}. Choose them with cur:USD.")
                raise Conflict(translated(text, day=entry.on, currency=entry.currency))
            category = category_of(entry)
            reference = _REFERENCES.get(category, _OTHER)
            key = (reference, category if reference == _OTHER else "")
            sums[key] = sums.get(key, 0) + deductible(entry, view.purpose).minor
            last = entry.on.strftime("%m/%d/%Y")
        lines = ["V042", "AShopper", f"D {last or '01/01/2000'}", "^"]
        for (reference, category), minor in sorted(sums.items()):
            named = [f"P{category.capitalize()}"] if category else []
            # Tax programs take a record of 0.00 for an entry of its own.
            lines += ["TS", f"N{reference}", "C1", "L1", f"${Money(-minor, 'USD').decimal}", *named, "^"] if minor else []
        stream.write(("\r\n".join(lines) + "\r\n").encode("ascii", "replace"))
