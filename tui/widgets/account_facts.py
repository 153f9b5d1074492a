"""Text for accounts, logins and paired browsers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from textual.content import Content

from assistant.domain.accounts.account import Account, AccountOverview, Identity
from assistant.domain.books.ledger_entry import ExpenseRow
from assistant.domain.pairing import Client
from tui.formatting import Pen, month_name, plain


def account_line(row: AccountOverview, pen: Pen) -> Content:
    """Return an account in two lines of a list."""
    account = row.account
    about = " · ".join([plain(account.purpose), f"{row.orders:,} order{'s' if row.orders != 1 else ''}"])
    status = Content("") if account.status == "ok" else Content.styled(f"  {plain(account.status).replace('_', ' ')}", "$error")
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
        ("Short name", account.key),
        ("Purpose", account.purpose),
        ("Belongs to", account.owner),
        ("Home", account.home),
        ("Business", _business(account)),
        ("Status", "" if account.status == "ok" else account.status.replace("_", " ")),
        ("Closed on", pen.day(account.closed_at)),
        ("Notice", account.notice or ""),
        ("Shops", ", ".join(account.marketplaces)),
        ("Addresses", ", ".join(account.addresses)),
        ("Cards", ", ".join(account.cards)),
        (
            "Linked",
            f"{len(account.customer_ids)} Amazon login" + ("s" if len(account.customer_ids) != 1 else "") if account.customer_ids else "",
        ),
        ("Last seen", pen.moment(account.last_seen)),
        ("Last order", pen.day(row.last_order_on)),
        ("This month", pen.amounts(row.month)),
        ("This year", pen.amounts(row.year) + (" …" if row.gaps else "")),
    )
    lines = [Content.assemble((f"{name:<12}", "$muted"), plain(value)) for name, value in rows if value]
    if not account.customer_ids:
        advice = f"Not linked to an Amazon login yet. Open Amazon in a paired browser, then press {pen.key('l', 'accounts.link')}."
        lines += [Content(""), Content.styled(advice, "$warning")]
    if figures is not None and row.orders:
        lines += _figure_sections(figures, row.orders, pen)
    if row.gaps:
        lines += [Content(""), Content.styled("This year is incomplete", "bold $secondary")]
        lines += [Content.styled(f"… {plain(gap)}", "$muted") for gap in row.gaps]
    return Content("\n").join([Content.assemble(pen.badge(account.key), (f" {plain(account.label)}", "bold")), Content(""), *lines])


def _figure_sections(figures: AccountFigures, orders: int, pen: Pen) -> list[Content]:
    lines = [Content(""), Content.styled("Orders", "bold $secondary")]
    lines += [Content.assemble((f"{name:<12}", "$muted"), text) for name, text in _figure_lines(figures, orders)]
    if figures.months:
        lines += [Content(""), Content.styled("Month by month", "bold $secondary"), *month_lines(figures.months, pen)]
    return lines


def _figure_lines(figures: AccountFigures, orders: int) -> list[tuple[str, str]]:
    counts = (("Cancelled", figures.cancelled), ("Returned", figures.returned), ("Refunded", figures.refunded))
    lines = [(name, f"{count:,} of {orders:,}, {count * 100 / orders:.0f} %") for name, count in counts]
    if figures.promised:
        parcels = f"parcel{'' if figures.promised == 1 else 's'}"
        share = figures.late * 100 / figures.promised
        lines.append(("Late", f"{figures.late} of the last {figures.promised} {parcels} with a promised day, {share:.0f} %"))
    return lines


def month_lines(rows: Sequence[ExpenseRow], pen: Pen) -> list[Content]:
    """Return a line for each month and currency, newest first: orders, spending, refunds, and "…" where the month may be incomplete."""
    sums: dict[tuple[str, str], ExpenseRow] = {}
    for row in rows:
        place = row.month, row.currency
        known = sums.get(place)
        sums[place] = _together(known, row) if known is not None else row
    lines = []
    for (month, _), row in sorted(sums.items(), key=lambda entry: entry[0], reverse=True):
        head = f"{month_name(int(month[5:]))} {month[:4]}"
        orders = f"{row.orders:>4,} order{' ' if row.orders == 1 else 's'}"
        back = Content.assemble("  ", pen.refund(row.refunded)) if row.refunded.minor else Content("")
        gaps = Content.styled("  …" if row.gaps else "", "$warning")
        lines.append(Content.assemble((f"{head:<12}", "$muted"), orders, f"{pen.amount(row.spent):>13}", back, gaps))
    return lines


def _together(one: ExpenseRow, other: ExpenseRow) -> ExpenseRow:
    spent, refunded = one.spent + other.spent, one.refunded + other.refunded
    return replace(one, orders=one.orders + other.orders, spent=spent, refunded=refunded, gaps=one.gaps or other.gaps)


def _business(account: Account) -> str:
    return account.organization or "yes" if account.business else ""


def identity_line(identity: Identity, pen: Pen) -> Content:
    """Return a login that a browser saw, in one line."""
    who = plain(identity.greeting) or "Somebody"
    firm = f", {plain(identity.organization)}" if identity.organization else ", business" if identity.business else ""
    shop = f" · {plain(identity.marketplace)}" if identity.marketplace else ""
    seen = f"  seen {pen.moment(identity.last_seen)}" if identity.last_seen else ""
    return Content.assemble(("? ", "$primary"), who, firm, (f"{shop} · …{plain(identity.customer_id)[-4:]}{seen}", "$muted"))


def browser_line(browser: Client, pen: Pen) -> Content:
    """Return a paired browser in one line."""
    used = f"  used {pen.moment(browser.last_used_at)}" if browser.last_used_at else "  not used yet"
    return Content.assemble(("✓ ", "$success"), plain(browser.name), (f"  paired {pen.moment(browser.created_at)}{used}", "$muted"))
