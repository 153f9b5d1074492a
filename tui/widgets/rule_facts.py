"""Text for rules and habits: one line of a list, and all details."""

from textual.content import Content

from assistant.domain.judging.user_rules.model import Habit, OwnRule, Preview
from assistant.domain.languages.labels import shown_category
from assistant.domain.languages.translating import translated
from tui.formatting import Pen, plain, section


def rule_line(rule: OwnRule) -> Content:
    """Return a rule as one line: its sentence, whether it was learned, whether another rule contradicts it."""
    mark = ("▲ ", "$warning") if rule.contradictions else ("· ", "$muted")
    return Content.assemble(mark, plain(rule.text), ("  " + translated("learned") if rule.learned_from else "", "$secondary"))


def rule_facts(rule: OwnRule, pen: Pen) -> Content:
    """Return everything about a rule."""
    lines = [
        Content.styled(plain(rule.text), "bold"),
        Content(""),
        Content.styled(translated("since {since}", since=pen.day(rule.since)), "$muted"),
    ]
    if rule.learned_from:
        lines += section(
            translated("Learned"),
            [f"{plain(rule.learned_from)}.", translated("Press {key} to undo that.", key=pen.key("d", "rules.remove-rule"))],
        )
    lines += section(translated("Other rules"), [plain(sentence) for sentence in rule.contradictions])
    return Content("\n").join(lines)


def habit_line(habit: Habit, pen: Pen) -> Content:
    """Return a habit as one line: what, where, how often."""
    title = plain(habit.title)
    if habit.kind == "seller":
        title = translated("sold by {seller}", seller=title)
    elif habit.kind == "category":
        title = translated("category {name}", name=plain(shown_category(habit.title)))
    return Content.assemble(pen.badge(habit.account), f" {title}", ("  " + translated("{times} times", times=habit.times), "$muted"))


def habit_facts(habit: Habit, pen: Pen) -> Content:
    """Return everything about a habit, and how to make it a rule."""
    account = pen.label(habit.account)
    does = (
        [
            translated(
                "You are warned when you buy it elsewhere. Press Enter to make it a rule, or answer 'always right' once "
                "to stop the warning."
            )
        ]
        if habit.warns
        else [translated("This habit does not warn. Press Enter to turn it into a rule that warns.")]
    )
    lines = [
        Content.styled(plain(habit.title), "bold"),
        Content(""),
        Content(
            translated(
                "Always bought on {account}: {times} orders, the last on {last}.",
                account=account,
                times=habit.times,
                last=pen.day(habit.last),
            )
        ),
        *section(translated("What follows"), does),
    ]
    return Content("\n").join(lines)


def preview_text(preview: Preview, pen: Pen) -> str:
    """Return what a rule would have done, with examples and the rules that contradict it."""
    lines = [preview.text]
    lines += [f"· {pen.day(entry.on)}, {pen.label(entry.account)}: {plain(entry.text)}" for entry in preview.examples]
    lines += [f"▲ {plain(sentence)}" for sentence in preview.contradictions]
    return "\n".join(lines)
