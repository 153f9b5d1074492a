"""The claim report: who owes whom, item by item, as one PDF page (more if it does not fit)."""

from collections.abc import Sequence
from datetime import date
from typing import IO

from assistant.domain.books.claims import Claim, settle_up
from assistant.domain.languages.translating import translated
from assistant.domain.money import Money

_LONGEST_TITLE = 120


def write_claim_report(claims: Sequence[Claim], today: date, stream: IO[bytes]) -> None:
    """Write the open claims and the payments that settle them."""
    # Slow to import, and only this report needs it.
    from assistant.exports.pdf_text import HEADING, TITLE, paragraph, tables, write_pages  # noqa: PLC0415

    name = translated("Claims between accounts")
    story = [paragraph(name, TITLE), paragraph(translated("Open on {day}", day=today.isoformat()))]
    payments = [(owes, paid, f"{Money(minor, unit).decimal} {unit}") for (owes, paid, unit), minor in settle_up(claims).items()]
    to_whom, amount = translated("To whom"), translated("Amount")
    story += [paragraph(translated("What settles everything"), HEADING)]
    story += tables((translated("Who pays"), to_whom, amount), (60, 60, 40), payments, (2,))
    header = (translated("Day"), translated("Order"), translated("Item"), translated("Who owes"), to_whom, amount)
    story += [paragraph(translated("Item by item"), HEADING), *tables(header, (18, 38, 56, 22, 22, 22), map(_claim_cells, claims), (5,))]
    if not claims:
        story.append(paragraph(translated("Nothing is owed.")))
    write_pages(stream, story, name, lambda page: translated("{title}, page {page}", title=name, page=page))


def _claim_cells(claim: Claim) -> tuple[str, ...]:
    title = (claim.title or claim.asin or translated("whole order"))[:_LONGEST_TITLE]
    return claim.opened.isoformat(), claim.number, title, claim.owes, claim.paid, f"{claim.amount.decimal} {claim.amount.currency}"
