"""Text for terms: one line of a list, and all details."""

from collections.abc import Sequence

from textual.content import Content

from assistant.domain.term_sentences import KINDS, says, written
from assistant.domain.terms import SHAPES, Term, TermKind
from tui.formatting import Pen, plain, section

USES = (TermKind.PROMO_USED, TermKind.COUPON_USED, TermKind.COUPON_CLIPPED)
_SIGNS = {TermKind.PROMOTION: "%", TermKind.LIMIT: "≤", TermKind.MEMBERSHIP: "∞", TermKind.SUBSCRIPTION: "↻", TermKind.REVIEW: "✎"}
_NAMES = {
    "auto_renew": "renews itself",
    "new_customer": "new customers only",
    "transferable": "can be passed on",
    "order_id": "order",
    "ends_on": "ends on",
    "text": "its words",
    "review_id": "review",
    "asins": "items",
    "path": "found under",
}


def term_line(term: Term, pen: Pen) -> Content:
    """Return a term as one line: whose, what, until when, its text."""
    badge = Content.assemble(pen.badge(term.account), " ") if term.account else Content("")
    until = f"  until {pen.day(term.until)}" if term.until else ""
    called, said = str(term.details.get("title") or term.what), says(term)
    told = f"  {plain(said)}" if said and said != called else ""
    name = KINDS[term.kind] if term.kind not in (TermKind.PROMOTION, TermKind.LIMIT) else ""
    about = f"  {name}" if name else ""
    return Content.assemble((f"{_SIGNS.get(term.kind, '·')} ", "$secondary"), badge, plain(called), (f"{about}{until}{told}", "$muted"))


def term_facts(term: Term, uses: Sequence[Term], pen: Pen) -> Content:
    """Return everything about a term; `uses` are those of the same promotion or coupon."""
    heading = KINDS[term.kind].capitalize()
    lines = [Content.styled(plain(term.what), "bold"), Content.styled(heading, "$muted"), Content("")]
    days = (("From" if SHAPES[term.kind].on == "from" else "On", pen.day(term.on)), ("Until", pen.day(term.until)))
    rows = [("Account", pen.label(term.account) if term.account else ""), *days]
    rows += [(_NAMES.get(name, name.replace("_", " ")).capitalize(), plain(written(value))) for name, value in term.details.items()]
    lines += [Content.assemble((f"{name:<20}", "$muted"), value) for name, value in rows if value]
    lines += section("Used by", [_use(use, pen) for use in uses])
    source = "You wrote or changed this, so pages do not change it." if term.by_hand else "Read from a page on Amazon."
    lines += [Content(""), Content.styled(source, "$muted")]
    if term.seen_at:
        lines.append(Content.styled(f"kept {pen.moment(term.seen_at)}", "$muted"))
    return Content("\n").join(lines)


def _use(use: Term, pen: Pen) -> str:
    state = {"cancelled": ", cancelled: it does not count", "returned": ", returned: it still counts"}
    order = use.details.get("order_id")
    told = state.get(str(use.details.get("order_state")), "")
    return f"· {pen.label(use.account)}{f', {pen.day(use.on)}' if use.on else ''}{f', order {plain(str(order))}' if order else ''}{told}"
