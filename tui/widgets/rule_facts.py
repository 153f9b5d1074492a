"""Text for rules and habits: one line of a list, and all details."""

from textual.content import Content

from assistant.domain.judging.user_rules.model import Habit, OwnRule, Preview
from tui.formatting import Pen, plain, section


def rule_line(rule: OwnRule) -> Content:
    """Return a rule as one line: its sentence, whether it was learned, whether another rule contradicts it."""
    mark = ("▲ ", "$warning") if rule.contradictions else ("· ", "$muted")
    return Content.assemble(mark, plain(rule.text), ("  learned" if rule.learned_from else "", "$secondary"))


def rule_facts(rule: OwnRule, pen: Pen) -> Content:
    """Return everything about a rule."""
    lines = [Content.styled(plain(rule.text), "bold"), Content(""), Content.styled(f"since {pen.day(rule.since)}", "$muted")]
    if rule.learned_from:
        lines += section("Learned", [f"{plain(rule.learned_from)}.", f"Press {pen.key('d', 'rules.remove-rule')} to undo that."])
    lines += section("Other rules", [plain(sentence) for sentence in rule.contradictions])
    return Content("\n").join(lines)


def habit_line(habit: Habit, pen: Pen) -> Content:
    """Return a habit as one line: what, where, how often."""
    what = {"seller": "sold by ", "category": "category "}.get(habit.kind, "")
    return Content.assemble(pen.badge(habit.account), f" {what}{plain(habit.title)}", (f"  {habit.times} times", "$muted"))


def habit_facts(habit: Habit, pen: Pen) -> Content:
    """Return everything about a habit, and how to make it a rule."""
    account = pen.label(habit.account)
    does = (
        ["You are warned when you buy it elsewhere. Press Enter to make it a rule, or answer 'always right' once to stop the warning."]
        if habit.warns
        else ["This habit does not warn. Press Enter to turn it into a rule that warns."]
    )
    lines = [
        Content.styled(plain(habit.title), "bold"),
        Content(""),
        Content(f"Always bought on {account}: {habit.times} orders, the last on {pen.day(habit.last)}."),
        *section("What follows", does),
    ]
    return Content("\n").join(lines)


def preview_text(preview: Preview, pen: Pen) -> str:
    """Return what a rule would have done, with examples and the rules that contradict it."""
    lines = [preview.text]
    lines += [f"· {pen.day(entry.on)}, {pen.label(entry.account)}: {plain(entry.text)}" for entry in preview.examples]
    lines += [f"▲ {plain(sentence)}" for sentence in preview.contradictions]
    return "\n".join(lines)
