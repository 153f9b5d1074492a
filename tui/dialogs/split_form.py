"""The form that shares an item, or a whole order, between purposes."""

import re
from collections.abc import Awaitable, Callable
from typing import Literal, cast

from assistant.domain.errors import InvalidInput
from assistant.domain.languages.labels import shown_purpose
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.money import number_to_type, typed_share
from assistant.domain.order_view import OrderView
from assistant.wire.books import SplitBody
from tui.dialogs.form import Answers, FormDialog, FormField, translated_choices
from tui.formatting import plain

_BETWEEN = re.compile(r"\s*,(?!\d)\s*|(?<!\d),|\s+(?!%)")
"""What stands between shares; a comma between digits belongs to a number."""
_AGAIN = (("item", to_translate("this product")), ("seller", to_translate("everything of its seller")))
_YES = (("yes", to_translate("yes")), ("no", to_translate("no")))


def split_form(view: OrderView, line: int, save: Callable[[SplitBody], Awaitable[str]]) -> FormDialog:
    """Return the form for one item; an emptied line of shares removes the split."""
    items = view.order.items
    now = view.purposes[line] if line < len(view.purposes) else None
    other = shown_purpose("personal" if now == "business" else "business")
    fields = (
        FormField(name="shares", label=translated("Shares"), value=_current_shares(view, line), hint=f"{other}=40%"),
        FormField(
            name="whole",
            label=translated("The whole order"),
            value="no" if items else "yes",
            choices=translated_choices(_YES),
            required=True,
        ),
        FormField(name="again", label=translated("Do it again for"), hint=translated("this time only"), choices=translated_choices(_AGAIN)),
        FormField(name="new", label=translated("New purposes"), value="no", choices=translated_choices(_YES), required=True),
    )

    async def checked(answers: Answers) -> str:
        item = None if answers["whole"] == "yes" else line + 1
        parts = shares_in(answers["shares"])
        new, again = answers["new"] == "yes", _again(answers["again"])
        return await save(SplitBody(parts, item=item, new_purpose=new, repeat=again, seen=view.version or None))

    title = plain(items[line].title)[:50] if items else translated("order {number}", number=view.order.number)
    command = f"shopper split {view.order.number} --item {line + 1} {other}=40%"
    return FormDialog(
        translated("Share {title}", title=title),
        fields,
        checked,
        about=translated("The rest stays as it is now; refunds follow. Command: {command}", command=command),
    )


def shares_in(text: str) -> tuple[str, ...]:
    """Return the shares of a line, with their numbers as data writes them."""
    return tuple(typed_share(part) for part in _BETWEEN.split(text) if part)


def _again(word: str) -> Literal["item", "seller"] | None:
    if word in ("item", "seller", ""):
        return cast("Literal['item', 'seller']", word) if word else None
    raise InvalidInput(translated("Do it again for: item, seller, or nothing."))


def _current_shares(view: OrderView, line: int) -> str:
    """Return the shares that the item has now, if there are several."""
    item = view.order.items[line] if view.order.items else None
    for entry in view.entries:
        mine = item is None or (entry.item is not None and (entry.item.asin, entry.item.title) == (item.asin, item.title))
        if mine and len(entry.shares) > 1:
            return " ".join(
                f"{shown_purpose(share.purpose)}={number_to_type(f'{(share.share * 100).normalize():f}')}%" for share in entry.shares
            )
    return ""
