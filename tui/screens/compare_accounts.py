"""Compares two accounts: asks for the other account and missing answers, then shows whether they may be linked."""

from collections.abc import Mapping
from functools import partial

from textual.content import Content

from assistant.domain.accounts.linking import RESULTS, Comparison, OwnerStatement, unsaid, with_answer
from assistant.domain.languages.translating import to_translate, translated
from tui.dialogs.choice import ChoiceDialog
from tui.dialogs.confirm import ConfirmDialog
from tui.dialogs.form import Answers, FormDialog, FormField
from tui.formatting import plain
from tui.screens.framed_screen import FramedScreen

_SIGNS = {"may": "✓", "mend": "▲", "no": "‼"}
_LABELS = {
    "name": to_translate("Name"),
    "phone": to_translate("Phone"),
    "addresses": to_translate("Address"),
    "open_alerts": to_translate("Open warnings"),
    "representatives": to_translate("Who may act"),
}
_ABOUT = to_translate("Leave unknown fields empty. Your answers are only used for this comparison and are not stored.")


def compare(screen: FramedScreen, first: str) -> None:
    """Ask for the other account and compare the two."""
    pen = screen.store.pen
    others = [
        (account.key, Content.assemble(pen.badge(account.key), f" {plain(account.label)}"))
        for account in screen.store.accounts
        if account.key != first
    ]
    if not others:
        screen.say(translated("There is no other account to compare it with. Press a to add one."))
        return
    screen.app.push_screen(
        ChoiceDialog(translated("Compare it with which account?"), others),
        lambda second: _answer(screen, (first, second), {}) if second else None,
    )


def _answer(screen: FramedScreen, keys: tuple[str, str], told: Mapping[str, OwnerStatement]) -> None:
    """Compare with the known answers, and show the result."""

    async def ask() -> None:
        found = await screen.store.client.compare(*keys, told)
        questions = any(True for _ in unsaid(found))
        shown = ConfirmDialog(
            translated("May they be linked?"),
            answer_text(found),
            translated("Answer the open questions") if questions else translated("Good"),
        )
        screen.app.push_screen(shown, lambda more: _ask_more(screen, found, told) if more and questions else None)

    screen.act(ask, group="compare")


def _ask_more(screen: FramedScreen, found: Comparison, told: Mapping[str, OwnerStatement]) -> None:
    questions = list(unsaid(found))
    fields = tuple(
        FormField(name=f"{place}-{what}", label=translated(_LABELS[what]), hint=plain(question))
        for place, (_, what, question) in enumerate(questions)
    )
    said = dict(told)

    async def checked(answers: Answers) -> str:
        answered = dict(said)
        for (key, what, _), field in zip(questions, fields, strict=True):
            if answers[field.name]:
                answered[key] = with_answer(answered.get(key, OwnerStatement()), what, answers[field.name])
        said.update(answered)
        return "said"

    form = FormDialog(translated("What Amazon knows about them"), fields, checked, about=translated(_ABOUT))
    screen.app.push_screen(form, partial(_go_on, screen, found.accounts, said))


def _go_on(screen: FramedScreen, keys: tuple[str, str], told: Mapping[str, OwnerStatement], answer: str | None) -> None:
    if answer is not None:
        _answer(screen, keys, told)


def answer_text(found: Comparison) -> str:
    """Return the result: problems, matches, unknown answers, and where to continue."""
    accounts = f" {translated('and')} ".join(map(plain, found.accounts))
    lines = [f"{_SIGNS[found.result]} {accounts}: {translated(RESULTS[found.result])}"]
    for reason in found.reasons:
        lines += [f"▲ {plain(reason.text)} {plain(reason.advice)}", *(f"  · {plain(line)}" for line in reason.evidence)]
    lines += [f"✓ {plain(why)}" for why in found.fits]
    lines += [f"? {plain(question)}" for _, _, question in unsaid(found)]
    lines += [f"{plain(translated(link.label))}: {plain(link.url)}" for link in found.links]
    return "\n".join([*lines, "", translated("Amazon decides. Shopper only compares what you registered and answered.")])
