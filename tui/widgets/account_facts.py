"""Text for accounts, logins and paired browsers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from textual.content import Content

from assistant.domain.accounts.account import Account, AccountOverview, Identity
from assistant.domain.books.ledger_entry import ExpenseRow, orders_by_currency
from assistant.domain.languages.formats import month_text, number
from assistant.domain.languages.labels import shown_purpose
from assistant.domain.languages.translating import translated, translated_count
from assistant.domain.languages.words import shown_word
from assistant.domain.money import main_first
from assistant.domain.pairing import Client
from tui.formatting import Pen, fact_lines, orders_column, padded, plain


def account_line(row: AccountOverview, pen: Pen) -> Content:
    """Return an account in two lines of a list."""
    account = row.account
    about = " · ".join([plain(shown_purpose(account.purpose)), translated_count("{count} order", "{count} orders", row.orders)])
    status = Content("") if account.status == "ok" else Content.styled(f"  {shown_word(plain(account.status))}", "$error")
    return Content.assemble(pen.badge(account.key), (f" {plain(account.label)}", "bold"), status, (f"\n{about}", "$muted"))


@dataclass(frozen=True, slots=True)
class AccountFigures:
    """How many orders of an account were cancelled, returned, refunded; how many of its `promised` parcels were late; its months."""

    cancelled: int
    returned: int
    refunded: int
    late: int
    promised: int
    months: Sequence[ExpenseRow] = ()


def account_facts(row: AccountOverview, pen: Pen, figures: AccountFigures | None = None) -> Content:
    """Return everything about an account."""
    account = row.account
    rows: Iterable[tuple[str, str]] = (
        (translated("Short name"), account.key),
        (translated("Purpose"), shown_purpose(account.purpose)),
        (translated("Belongs to"), account.owner),
        (translated("Household"), account.home),
        (translated("Business"), _business(account)),
        (translated("Status"), "" if account.status == "ok" else shown_word(account.status)),
        (translated("Closed on"), pen.day(account.closed_at)),
        (translated("Notice"), account.notice or ""),
        (translated("Shops"), ", ".join(account.marketplaces)),
        (translated("Addresses"), ", ".join(account.addresses)),
        (translated("Cards"), ", ".join(account.cards)),
        (
            translated("Linked"),
            translated_count("{count} Amazon login", "{count} Amazon logins", len(account.customer_ids)) if account.customer_ids else "",
        ),
        (translated("Last seen"), pen.moment(account.last_seen)),
        (translated("Last order"), pen.day(row.last_order_on)),
        (translated("This month"), pen.amounts(row.month)),
        (translated("This year"), pen.amounts(row.year) + (" …" if row.gaps else "")),
    )
    lines = fact_lines(((name, plain(value)) for name, value in rows), 12)
    if not account.customer_ids:
        advice = translated(
            "Not linked to an Amazon login yet. Open Amazon in a paired browser, then press {key}.", key=pen.key("y", "accounts.link")
        )
        lines += [Content(""), Content.styled(advice, "$warning")]
    if figures is not None and row.orders:
        lines += _figure_sections(figures, row.orders, pen)
    if row.gaps:
        lines += [Content(""), Content.styled(translated("This year is incomplete"), "bold $secondary")]
        lines += [Content.styled(f"… {plain(gap)}", "$muted") for gap in row.gaps]
    return Content("\n").join([Content.assemble(pen.badge(account.key), (f" {plain(account.label)}", "bold")), Content(""), *lines])


def _figure_sections(figures: AccountFigures, orders: int, pen: Pen) -> list[Content]:
    lines = [Content(""), Content.styled(translated("Orders"), "bold $secondary")]
    lines += fact_lines(_figure_lines(figures, orders), 12)
    if figures.months:
        lines += [Content(""), Content.styled(translated("Month by month"), "bold $secondary"), *month_lines(figures.months, pen)]
    return lines


def _figure_lines(figures: AccountFigures, orders: int) -> list[tuple[str, str]]:
    counts = (
        (translated("Cancelled"), figures.cancelled),
        (translated("Returned"), figures.returned),
        (translated("Refunded"), figures.refunded),
    )
    lines = [
        (
            name,
            translated("{part} of {orders}, {percent} %", part=number(count), orders=number(orders), percent=f"{count * 100 / orders:.0f}"),
        )
        for name, count in counts
    ]
    if figures.promised:
        share = figures.late * 100 / figures.promised
        lines.append(
            (
                translated("Late"),
                translated_count(
                    "{late} of the last {count} parcel with a promised day, {percent} %",
                    "{late} of the last {count} parcels with a promised day, {percent} %",
                    figures.promised,
                    late=figures.late,
                    percent=f"{share:.0f}",
                ),
            )
        )
    return lines


def month_lines(rows: Sequence[ExpenseRow], pen: Pen) -> list[Content]:
    """Return a line for each month and currency, newest first: orders, spending, refunds, and "…" where the month may be incomplete."""
    sums: dict[tuple[str, str], ExpenseRow] = {}
    for row in rows:
        place = row.month, row.currency
        known = sums.get(place)
        sums[place] = _together(known, row) if known is not None else row
    ranked = main_first(orders_by_currency(rows), pen.currency)
    newest_first = sorted(sorted(sums.items(), key=lambda entry: ranked.index(entry[0][1])), key=lambda entry: entry[0][0], reverse=True)
    lines = []
    for (month, _), row in newest_first:
        head = month_text(int(month[:4]), int(month[5:]))
        orders = orders_column(row.orders)
        back = Content.assemble("  ", pen.refund(row.refunded)) if row.refunded.minor else Content("")
        gaps = Content.styled("  …" if row.gaps else "", "$warning")
        lines.append(Content.assemble((padded(head, 12), "$muted"), orders, f"{pen.amount(row.spent):>13}", back, gaps))
    return lines


def _together(one: ExpenseRow, other: ExpenseRow) -> ExpenseRow:
    spent, refunded = one.spent + other.spent, one.refunded + other.refunded
    return replace(one, orders=one.orders + other.orders, spent=spent, refunded=refunded, gaps=one.gaps or other.gaps)


def _business(account: Account) -> str:
    return account.organization or translated("yes") if account.business else ""


def identity_line(identity: Identity, pen: Pen) -> Content:
    """Return a login that a browser saw, in one line."""
    who = plain(identity.greeting) or translated("Somebody")
    firm = f", {plain(identity.organization)}" if identity.organization else translated(", business") if identity.business else ""
    shop = f" · {plain(identity.marketplace)}" if identity.marketplace else ""
    seen = "  " + translated("seen {day}", day=pen.moment(identity.last_seen)) if identity.last_seen else ""
    return Content.assemble(("? ", "$primary"), who, firm, (f"{shop} · …{plain(identity.customer_id)[-4:]}{seen}", "$muted"))


def browser_line(browser: Client, pen: Pen) -> Content:
    """Return a paired browser in one line."""
    used = (
        "  " + translated("used {day}", day=pen.moment(browser.last_used_at)) if browser.last_used_at else "  " + translated("not used yet")
    )
    return Content.assemble(
        ("✓ ", "$success"),
        plain(browser.name),
        ("  " + translated("paired {day}", day=pen.moment(browser.created_at)) + used, "$muted"),
    )
