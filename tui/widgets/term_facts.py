"""Text for terms: one line of a list, and all details."""

from collections.abc import Sequence

from textual.content import Content

from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.term_sentences import KINDS, says, written
from assistant.domain.terms import SHAPES, Term, TermKind
from tui.formatting import Pen, capital, fact_lines, plain, section

USES = (TermKind.PROMO_USED, TermKind.COUPON_USED, TermKind.COUPON_CLIPPED)
_SIGNS = {TermKind.PROMOTION: "%", TermKind.LIMIT: "≤", TermKind.MEMBERSHIP: "∞", TermKind.SUBSCRIPTION: "↻", TermKind.REVIEW: "✎"}
_NAMES = {
    "auto_renew": to_translate("renews itself"),
    "new_customer": to_translate("new customers only"),
    "transferable": to_translate("can be passed on"),
    "order_id": to_translate("order"),
    "ends_on": to_translate("ends on"),
    "text": to_translate("its words"),
    "review_id": to_translate("review"),
    "asins": to_translate("items"),
    "path": to_translate("found under"),
}


def term_line(term: Term, pen: Pen) -> Content:
    """Return a term as one line: whose, what, until when, its text."""
    badge = Content.assemble(pen.badge(term.account), " ") if term.account else Content("")
    until = "  " + translated("until {day}", day=pen.day(term.until)) if term.until else ""
    called, said = str(term.details.get("title") or term.what), says(term)
    told = f"  {plain(said)}" if said and said != called else ""
    name = translated(KINDS[term.kind]) if term.kind not in (TermKind.PROMOTION, TermKind.LIMIT) else ""
    about = f"  {name}" if name else ""
    return Content.assemble((f"{_SIGNS.get(term.kind, '·')} ", "$secondary"), badge, plain(called), (f"{about}{until}{told}", "$muted"))


def term_facts(term: Term, uses: Sequence[Term], pen: Pen) -> Content:
    """Return everything about a term; `uses` are those of the same promotion or coupon."""
    heading = capital(translated(KINDS[term.kind]))
    lines = [Content.styled(plain(term.what), "bold"), Content.styled(heading, "$muted"), Content("")]
    days = (
        (translated("From") if SHAPES[term.kind].on == "from" else translated("On"), pen.day(term.on)),
        (translated("Until"), pen.day(term.until)),
    )
    rows = [(translated("Account"), pen.label(term.account) if term.account else ""), *days]
    rows += [(capital(translated(_NAMES.get(name, name.replace("_", " ")))), plain(written(value))) for name, value in term.details.items()]
    lines += fact_lines(rows, 20)
    lines += section(translated("Used by"), [_use(use, pen) for use in uses])
    source = (
        translated("You wrote or changed this, so pages do not change it.") if term.by_hand else translated("Read from a page on Amazon.")
    )
    lines += [Content(""), Content.styled(source, "$muted")]
    if term.seen_at:
        lines.append(Content.styled(translated("kept {day}", day=pen.moment(term.seen_at)), "$muted"))
    return Content("\n").join(lines)


def _use(use: Term, pen: Pen) -> str:
    state = {"cancelled": translated(", cancelled: it does not count"), "returned": translated(", returned: it still counts")}
    order = use.details.get("order_id")
    told = state.get(str(use.details.get("order_state")), "")
    parts = [pen.label(use.account), pen.day(use.on), translated("order {number}", number=plain(str(order))) if order else ""]
    return "· " + ", ".join(filter(None, parts)) + told
