"""Ask for labels: a category, purpose or person of one item, or of all items of a filter."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Literal, TypeAlias, cast

from textual.content import Content

from assistant.domain.categories import LABEL_KINDS, CategoryPlace, LabelChange
from assistant.domain.errors import DomainError, InvalidInput
from assistant.domain.filter_language import near_words
from assistant.domain.languages.formats import number
from assistant.domain.languages.labels import label_named, shown_category, shown_label
from assistant.domain.languages.translating import to_translate, translated, translated_count
from assistant.domain.languages.words import shown_word
from assistant.domain.orders.order import Item
from assistant.wire.books import SplitBody
from assistant.wire.labels import LabelBody
from tui.dialogs.choice import ChoiceDialog
from tui.dialogs.confirm import ConfirmDialog
from tui.dialogs.form import Answers, FormDialog, FormField
from tui.formatting import capital, plain
from tui.messages import OrdersChanged, RulesChanged
from tui.screens.framed_screen import FramedScreen

LabelKind: TypeAlias = Literal["category", "purpose", "person"]
Save: TypeAlias = Callable[[str, bool], Awaitable[None]]
"""Stores a word; True: it is new."""
QUESTIONS = {
    "category": to_translate("What kind of item is this?"),
    "purpose": to_translate("What is it for?"),
    "person": to_translate("Whom is it for?"),
}
_SHOWN = 8
"""Changes that a preview shows."""


def ask_label(screen: FramedScreen, kind: LabelKind, save: Save) -> None:
    """Ask for a word of a list. A word that is not in it is added only after asking, with near words offered."""
    known: list[str] = []
    # At once, so that what the user types next goes into the dialog.
    dialog = ChoiceDialog(translated(QUESTIONS[kind]), None, own_word=True)

    async def load() -> None:
        try:
            known.extend(await screen.store.client.words(kind))
        except DomainError:
            if dialog.is_current:
                dialog.dismiss(None)
            raise
        if dialog.is_current:  # the user may have closed it already
            dialog.offer([(word, Content(plain(shown_label(kind, word)))) for word in known])

    screen.app.push_screen(dialog, partial(_chosen, screen, kind, known, save))
    screen.act(load, group="words")


def _chosen(screen: FramedScreen, kind: LabelKind, known: Sequence[str], save: Save, word: str | None) -> None:
    if word is None:
        return
    if label_named(kind, word, known):
        screen.act(lambda: save(word, False), group="set-item")  # a new word or not
        return

    def made(sure: bool | None) -> None:  # noqa: FBT001  # the dialog's answer
        if sure:
            screen.act(lambda: save(word, True), group="set-item")  # a new word or not

    shown = [shown_label(kind, other) for other in known]
    near = near_words(word, shown) or translated("There are: {words}.", words=", ".join(shown[:12]) + (" …" if len(known) > 12 else ""))  # noqa: PLR2004  # words on a line or two
    screen.app.push_screen(
        ConfirmDialog(
            translated("Make a new {kind}?", kind=shown_word(kind)),
            translated("There is no {kind} '{word}' yet. {near}", kind=shown_word(kind), word=plain(word), near=near),
            translated("Make it"),
        ),
        made,
    )


def word_form(places: Sequence[CategoryPlace], kind: LabelKind, save: Callable[[LabelKind, str, str], Awaitable[str]]) -> FormDialog:
    """Return the form of a new word; `save` is given its kind, the word, and the category that it is under or ""."""
    fields = (
        FormField(
            name="kind", label=translated("Kind"), value=kind, choices=[(word, shown_word(word)) for word in LABEL_KINDS], required=True
        ),
        FormField(name="word", label=translated("Word"), hint=translated("one that you will recognise")),
        FormField(
            name="under",
            label=translated("Under"),
            choices=[(entry.category, shown_category(entry.category)) for entry in places],
            hint=translated("for a category"),
        ),
    )

    async def checked(answers: Answers) -> str:
        if answers["under"] and answers["kind"] != "category":
            raise InvalidInput(translated("Only a category can be under another one."))
        return await save(cast("LabelKind", answers["kind"]), answers["word"], answers["under"])

    return FormDialog(
        translated("Add a label"),
        fields,
        checked,
        about=translated("Command: shopper categories add WORD --under CATEGORY (or purposes, persons)"),
    )


def label_all(screen: FramedScreen, text: str) -> None:
    """Ask for a label for all items of a filter, show what it changes, and set it if the user agrees."""

    async def ask() -> None:
        client = screen.store.client
        known = {kind: [(word, shown_label(kind, word)) for word in await client.words(kind)] for kind in LABEL_KINDS}
        fields = [FormField(name=kind, label=capital(shown_word(kind)), choices=known[kind]) for kind in LABEL_KINDS]
        about = translated(
            "Every item of: {filter}. The changes are shown first. Command: shopper categorize", filter=text or translated("all orders")
        )
        screen.app.push_screen(FormDialog(translated("Label all items of this filter"), fields, preview, about=about))

    async def preview(answers: Answers) -> str:
        labels = LabelBody(answers["category"] or None, answers["purpose"] or None, answers["person"] or None)
        changes = await screen.store.client.label_items(text, labels, preview=True)
        if not changes:
            raise InvalidInput(translated("Nothing to change: no item of this filter is labelled otherwise."))
        screen.call_later(confirm, labels, changes)
        return "previewed"

    def confirm(labels: LabelBody, changes: Sequence[LabelChange]) -> None:
        lines = [_change_line(change) for change in changes[:_SHOWN]]
        if len(changes) > _SHOWN:
            lines.append(translated("… and {changes} more", changes=number(len(changes) - _SHOWN)))
        title = translated_count("Change {count} item?", "Change {count} items?", len(changes))
        screen.app.push_screen(ConfirmDialog(title, "\n".join(lines), translated("Change")), partial(done, labels))

    def done(labels: LabelBody, sure: bool | None) -> None:  # noqa: FBT001  # the dialog's answer
        async def store() -> None:
            changes = await screen.store.client.label_items(text, labels)
            screen.say(
                translated_count(
                    "{count} item changed. To reverse this press u.", "{count} items changed. To reverse this press u.", len(changes)
                )
            )
            screen.store.announce(OrdersChanged)

        if sure:
            screen.act(store, group="label")

    screen.act(ask, group="label")


def _change_line(change: LabelChange) -> str:
    words = ", ".join(
        f"{shown_label(kind, change.before.get(kind) or '-')} → {shown_label(kind, word)}" for kind, word in change.after.items()
    )
    return f"{plain(change.title)[:36]}: {words}"


class RuleOffer:
    """A category or purpose that an item was just given: a key makes it a rule for this item or its seller, from now on."""

    def __init__(
        self, screen: FramedScreen, place: tuple[str, str, int], item: Item, kind: Literal["category", "purpose"], word: str
    ) -> None:
        """Say that the key is there. `place`: the account and number of the order, and the item's place in it."""
        self._screen, self._place, self._item, self._kind, self._word = screen, place, item, kind, word
        key = screen.store.pen.key("y", "orders.confirm")
        screen.say(translated("{category} now. Press {key} if that is always so.", category=capital(self._shown), key=key))

    @property
    def order(self) -> tuple[str, str]:
        """The account and the number of the item's order."""
        return self._place[:2]

    @property
    def _shown(self) -> str:
        return plain(shown_label(self._kind, self._word))

    def ask(self) -> None:
        """Ask what the label applies to, and store that as a rule, which can be undone."""
        item = self._item
        about = {"asin": item.asin, "seller": item.seller}
        named = {
            "asin": translated("This item: {name}", name=plain(item.title or item.asin or "")),
            "seller": translated("Everything of {name}", name=plain(item.seller or "")),
        }

        async def keep(part: str) -> None:
            kept = await (
                self._keep_category(part, str(about[part])) if self._kind == "category" else self._keep_purpose(part, named[part])
            )
            self._screen.say(translated("Kept: {kept}. To reverse this press u.", kept=kept))
            self._screen.store.announce(RulesChanged, OrdersChanged)

        choices = [(part, Content(text)) for part, text in named.items() if about[part]]
        dialog = ChoiceDialog(translated("What is always {category}?", category=self._shown), choices)
        self._screen.app.push_screen(dialog, lambda part: self._screen.act(partial(keep, part), group="rule") if part else None)

    async def _keep_category(self, part: str, value: str) -> str:
        rule = await self._screen.store.client.add_rule({"type": "tag", "match": {part: [value]}, "tag": self._word})
        return rule.text

    async def _keep_purpose(self, part: str, about: str) -> str:
        """Give the whole item to the purpose once more, this time for later orders too."""
        account, number, line = self._place
        split = SplitBody((f"{self._word}=100%",), item=line + 1, repeat="item" if part == "asin" else "seller")
        await self._screen.store.client.split(account, number, split)
        return f"{about} → {self._shown}"
