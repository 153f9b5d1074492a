"""The claim report: who owes whom, item by item, as one PDF page (more if it does not fit)."""

from collections.abc import Sequence
from datetime import date
from typing import IO

from assistant.domain.books.claims import Claim, settle_up
from assistant.domain.money import Money

_LONGEST_TITLE = 60


def write_claim_report(claims: Sequence[Claim], today: date, stream: IO[bytes]) -> None:
    """Write the open claims and the payments that settle them."""
    # Slow to import, and only this report needs it.
    from reportlab.lib import colors  # noqa: PLC0415
    from reportlab.lib.pagesizes import A4  # noqa: PLC0415
    from reportlab.lib.styles import getSampleStyleSheet  # noqa: PLC0415
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle  # noqa: PLC0415

    styles = getSampleStyleSheet()
    grid = TableStyle(
        [
            ("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold"),
            ("LINEBELOW", (0, 0), (-1, 0), 0.8, colors.black),
            ("LINEBELOW", (0, 1), (-1, -1), 0.25, colors.lightgrey),
            ("ALIGN", (-1, 0), (-1, -1), "RIGHT"),
            ("FONTSIZE", (0, 0), (-1, -1), 9),
        ]
    )
    story = [Paragraph("Claims between accounts", styles["Title"]), Paragraph(f"Open on {today.isoformat()}", styles["Normal"])]
    payments = [["Who pays", "To whom", "Amount"]]
    payments += [[owes, paid, f"{Money(minor, unit).decimal} {unit}"] for (owes, paid, unit), minor in settle_up(claims).items()]
    rows = [["Day", "Order", "Item", "Who owes", "To whom", "Amount"], *map(_claim_cells, claims)]
    for title, table in (("What settles everything", payments), ("Item by item", rows)):
        story += [Spacer(1, 14), Paragraph(title, styles["Heading2"]), Table(table, style=grid, repeatRows=1, hAlign="LEFT")]
    if not claims:
        story.append(Paragraph("Nothing is owed.", styles["Normal"]))
    document = SimpleDocTemplate(stream, pagesize=A4, title="Claims between accounts", author="Shopper", invariant=1)
    document.build(story)


def _claim_cells(claim: Claim) -> list[str]:
    title = claim.title or claim.asin or "whole order"
    # The standard fonts of PDF only have Latin letters.
    shown = title[:_LONGEST_TITLE].encode("latin-1", "replace").decode("latin-1")
    return [claim.opened.isoformat(), claim.number, shown, claim.owes, claim.paid, f"{claim.amount.decimal} {claim.amount.currency}"]
