"""Text for warnings: what, why, the evidence, what to do."""

from collections.abc import Iterator

from textual.content import Content

from assistant.domain.judging.warnings import Alert
from assistant.wire.verdicts import ExplanationJson
from tui.formatting import Pen, plain, section
from tui.theme import LEVELS

_CHOICES = {
    "continue": "You went on.",
    "always_right": "You said that this is always right.",
    "not_now": "You put it off.",
    "left": "You left the page.",
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
    lines = [Content.styled(f"{symbol} {word}", f"bold {colour}"), Content(""), Content.styled(plain(alert.text), "bold")]
    lines += section("What to do", [plain(alert.advice)] if alert.advice else [])
    lines += section("Amazon's own pages", [f"{link.label}: {plain(link.url)}" for link in alert.links])
    lines += section("Why", [f"· {plain(said)}" for said in alert.evidence])
    lines += section("Says who", [plain(alert.source)] if alert.source else [])
    if alert.order:
        lines += section("Purchase", [f"{plain(alert.order)}, {'found afterwards' if alert.afterwards else 'ordered anyway'}"])
    seen = [f"{pen.moment(alert.at)}, {pen.label(alert.account)}", *([plain(alert.url)] if alert.url else [])]
    lines += section("Seen", seen)
    if alert.choice:
        lines += section("What you did", [_CHOICES.get(alert.choice, plain(alert.choice))])
    if alert.dismissed_at:
        lines += [Content(""), Content.styled("You dismissed this warning.", "$muted")]
    return Content("\n").join(lines)


def explanation_lines(found: ExplanationJson) -> Iterator[Content]:
    """Yield what was judged for a warning and every rule that was tried, each with what it found or why it was quiet."""
    event = found.situation.get("event", {})
    who, at = plain(str(event.get("account") or "unknown account")), plain(str(event.get("at", "")))
    yield Content.styled(f"{plain(str(event.get('page')))} of {at}, {who}: {found.verdict.value}", "bold")
    for item in event.get("items", ()):
        yield Content(f"  {plain(str(item.get('title') or 'an item without a title'))}")
    for trial in found.trials:
        yield Content("")
        yield Content(plain(trial.asks))
        yield from (Content.assemble(("  ▲ ", "$warning"), plain(raised.text)) for raised in trial.reasons)
        yield from (Content.styled(f"  · {plain(why)}", "$muted") for why in trial.quiet)
