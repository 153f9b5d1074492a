"""The claim report: who owes whom, item by item, as one PDF page (more if it does not fit)."""

from collections.abc import Sequence
from datetime import date
from typing import IO

from assistant.domain.books.claims import Claim, settle_up
from assistant.domain.money import Money

_LONGEST_TITLE = 120
_TITLE = "Claims between accounts"


def write_claim_report(claims: Sequence[Claim], today: date, stream: IO[bytes]) -> None:
    """Write the open claims and the payments that settle them."""
    # Slow to import, and only this report needs it.
    from assistant.exports.pdf_text import HEADING, TITLE, paragraph, tables, write_pages  # noqa: PLC0415

    story = [paragraph(_TITLE, TITLE), paragraph(f"Open on {today.isoformat()}")]
    payments = [(owes, paid, f"{Money(minor, unit).decimal} {unit}") for (owes, paid, unit), minor in settle_up(claims).items()]
    story += [paragraph("What settles everything", HEADING), *tables(("Who pays", "To whom", "Amount"), (60, 60, 40), payments, (2,))]
    header, widths = ("Day", "Order", "Item", "Who owes", "To whom", "Amount"), (18, 38, 56, 22, 22, 22)
    story += [paragraph("Item by item", HEADING), *tables(header, widths, map(_claim_cells, claims), (5,))]
    if not claims:
        story.append(paragraph("Nothing is owed."))
    write_pages(stream, story, _TITLE, lambda page: f"{_TITLE}, page {page}")


def _claim_cells(claim: Claim) -> tuple[str, ...]:
    title = (claim.title or claim.asin or "whole order")[:_LONGEST_TITLE]
    return claim.opened.isoformat(), claim.number, title, claim.owes, claim.paid, f"{claim.amount.decimal} {claim.amount.currency}"
