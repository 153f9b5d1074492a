"""Text for warnings: what, why, the evidence, what to do."""

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from textual.content import Content
from textual.style import Style

from assistant.domain.judging.warnings import Alert
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.languages.words import shown_word
from assistant.wire.verdicts import ExplanationJson, TrialJson
from tui.formatting import Pen, capital, plain, section
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
    lines += section(translated("Why"), [f"· {plain(said)}" for said in alert.evidence])
    lines += section(translated("Source"), [plain(alert.source)] if alert.source else [])
    if alert.order:
        lines += section(
            translated("Purchase"),
            [f"{plain(alert.order)}, {translated('found afterwards') if alert.afterwards else translated('ordered anyway')}"],
        )
    lines += section(translated("Amazon's own pages"), [_linked(translated(link.label), link.url) for link in alert.links])
    seen = Content(f"{pen.moment(alert.at)}, {pen.label(alert.account)}")
    lines += section(translated("Seen"), [seen, *([_linked(translated("the page"), alert.url)] if alert.url else [])])
    if alert.choice:
        lines += section(translated("What you did"), [translated(_CHOICES.get(alert.choice, plain(alert.choice)))])
    if alert.dismissed_at:
        lines += [Content(""), Content.styled(translated("You dismissed this warning."), "$muted")]
    return Content("\n").join(lines)


def _linked(label: str, url: str) -> Content:
    """Return a label that leads to a page, and the host of that page. Whole addresses would push the reasons off a small screen."""
    return Content.assemble((plain(label), Style(link=url, underline=True)), (f" ({plain(urlsplit(url).netloc)})", "$muted"))


def explanation_lines(found: ExplanationJson, pen: Pen) -> Iterator[Content]:
    """Yield what was judged for a warning, then every rule that was tried: first those that spoke, then why the others were quiet."""
    event = found.situation.get("event", {})
    who = pen.label(event["account"]) if event.get("account") else translated("unknown account")
    page, level = shown_word(str(event.get("page") or "other")), LEVELS[found.verdict]
    head = translated("{page}, {day}, account {who}", page=capital(page), day=_day(str(event.get("at") or ""), pen), who=who)
    yield Content.assemble((head, "bold"), ("  " + f"{level[1]} {translated(level[0])}" if level[0] else "", level[2]))
    for item in event.get("items", ()):
        yield Content(f"  {plain(str(item.get('title') or translated('an item without a title')))}")
    for title, trials in (
        (translated("This spoke"), [trial for trial in found.trials if trial.reasons]),
        (translated("This was asked too, and is fine"), [trial for trial in found.trials if not trial.reasons]),
    ):
        yield from section(title, [line for trial in trials for line in _trial_lines(trial)])


def _trial_lines(trial: TrialJson) -> Iterator[Content]:
    yield Content(plain(trial.asks))
    yield from (Content.assemble(("  ▲ ", "$warning"), plain(raised.text)) for raised in trial.reasons)
    yield from (Content.styled(f"  · {plain(why)}", "$muted") for why in trial.quiet)


def _day(at: str, pen: Pen) -> str:
    """Return an instant or day of JSON as people read it; anything else as it is."""
    try:
        return pen.moment(datetime.fromisoformat(at))
    except ValueError:
        return plain(at)
