"""Text for warnings: what, why, the evidence, what to do."""

from collections.abc import Iterator

from textual.content import Content

from assistant.domain.judging.warnings import Alert
from assistant.domain.languages.translating import to_translate, translated
from assistant.wire.verdicts import ExplanationJson
from tui.formatting import Pen, plain, section
from tui.theme import LEVELS

_CHOICES = {
    "continue": to_translate("You went on."),
    "always_right": to_translate("You said that this is always right."),
    "not_now": to_translate("You put it off."),
    "left": to_translate("You left the page."),
}


def alert_line(alert: Alert, pen: Pen) -> Content:
    """Return a warning as one line of a list."""
    _, symbol, colour = LEVELS[alert.level]
    badge = Content.assemble(pen.badge(alert.account), " ") if alert.account else Content("")
    done = "$muted" if alert.dismissed_at else ""
    return Content.assemble(
        (f"{symbol} ", "$muted" if done else colour), badge, (plain(alert.text), done), (f"  {pen.moment(alert.at)}", "$muted")
    )


def alert_facts(alert: Alert, pen: Pen) -> Content:
    """Return a warning in full."""
    word, symbol, colour = LEVELS[alert.level]
    lines = [Content.styled(f"{symbol} {translated(word)}", f"bold {colour}"), Content(""), Content.styled(plain(alert.text), "bold")]
    lines += section(translated("What to do"), [plain(alert.advice)] if alert.advice else [])
    lines += section(translated("Amazon's own pages"), [f"{link.label}: {plain(link.url)}" for link in alert.links])
    lines += section(translated("Why"), [f"· {plain(said)}" for said in alert.evidence])
    lines += section(translated("Source"), [plain(alert.source)] if alert.source else [])
    if alert.order:
        lines += section(
            translated("Purchase"),
            [f"{plain(alert.order)}, {translated('found afterwards') if alert.afterwards else translated('ordered anyway')}"],
        )
    seen = [f"{pen.moment(alert.at)}, {pen.label(alert.account)}", *([plain(alert.url)] if alert.url else [])]
    lines += section(translated("Seen"), seen)
    if alert.choice:
        lines += section(translated("What you did"), [translated(_CHOICES.get(alert.choice, plain(alert.choice)))])
    if alert.dismissed_at:
        lines += [Content(""), Content.styled(translated("You dismissed this warning."), "$muted")]
    return Content("\n").join(lines)


def explanation_lines(found: ExplanationJson) -> Iterator[Content]:
    """Yield what was judged for a warning and every rule that was tried, each with what it found or why it was quiet."""
    event = found.situation.get("event", {})
    who, at = plain(str(event.get("account") or translated("unknown account"))), plain(str(event.get("at", "")))
    yield Content.styled(
        translated("{page} of {at}, {who}: {verdict}", page=plain(str(event.get("page"))), at=at, who=who, verdict=found.verdict.value),
        "bold",
    )
    for item in event.get("items", ()):
        yield Content(f"  {plain(str(item.get('title') or translated('an item without a title')))}")
    for trial in found.trials:
        yield Content("")
        yield Content(plain(trial.asks))
        yield from (Content.assemble(("  ▲ ", "$warning"), plain(raised.text)) for raised in trial.reasons)
        yield from (Content.styled(f"  · {plain(why)}", "$muted") for why in trial.quiet)
