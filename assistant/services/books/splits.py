"""Splits items and orders between purposes, by percent or amount. Splits survive every import."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.domain.books.shares import WHOLE, SplitPart, checked
from assistant.domain.errors import InvalidInput
from assistant.domain.journal import Action
from assistant.domain.languages.labels import label_named, label_said
from assistant.domain.languages.sentences import Sentence, sentence_of
from assistant.domain.languages.translating import translated
from assistant.domain.money import Money
from assistant.services.books.word_lists import known_word
from assistant.storage.books import splits as storage
from assistant.storage.engine import Database
from assistant.storage.orders.details import check_unchanged, order_ref
from assistant.storage.unit_of_work import Session

_PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,2})?)\s*%\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedSplit:
    """A requested split: parts as written ("business=60%"), `item` counted from 1, None for the whole order.

    `repeat` makes it a rule: "item" for the same product, "seller" for everything from the same seller. `seen`: the version of the
    order that the user looks at.
    """

    parts: Sequence[str]
    item: int | None = None
    new_purpose: bool = False
    repeat: str | None = None
    seen: str | None = None


class Splits:
    """Splits of orders and items."""

    def __init__(self, database: Database) -> None:
        """Work over an open ledger."""
        self._database = database

    def split(self, account: str, number: str, wanted: WantedSplit) -> None:
        """Share an order or one of its items.

        Raises NotFound for an order, item or purpose, InvalidInput for parts, OrderChanged if the order is not as it was `seen`.
        """
        with self._database.writing() as work:
            check_unchanged(work.session, account, number, wanted.seen)
            session, order = work.session, order_ref(work.session, account, number)
            key = storage.item_key(session, order.id, wanted.item)
            parts_said = tuple(map(_said, wanted.parts)) or sentence_of("the purpose of its account")
            what = sentence_of("Split the order {number} of '{account}': {parts}", number=number, account=account, parts=parts_said)
            if wanted.item:
                what = sentence_of(
                    "Split item {item} of the order {number} of '{account}': {parts}",
                    item=wanted.item,
                    number=number,
                    account=account,
                    parts=parts_said,
                )
            with work.step(Action.ITEM_SPLIT, what):
                unit = storage.order_currency(session, order.id)
                parts = [_part(session, text, unit, new=wanted.new_purpose) for text in wanted.parts]
                base = storage.cost_of(session, order.id, key)
                if parts:
                    checked(parts, base)
                    _check_shared(parts, storage.purpose_of(session, order.id, key))
                storage.replace_split(session, order.id, key, parts)
                if wanted.repeat:
                    _repeat(session, order.id, key, wanted, parts)
            work.commit()


def _check_shared(parts: Sequence[SplitPart], rest: str) -> None:
    """Refuse shares that leave everything with the purpose that it has: half a sentence, like business=60% on a business account."""
    if {part.purpose for part in parts} == {rest} and parts != [SplitPart(purpose=rest, percent=WHOLE)]:
        raise InvalidInput(
            translated(
                "What is left is for '{rest}' too, so nothing would be shared. Name the other purpose, like {other}=40%.",
                rest=rest,
                other="business" if rest != "business" else "personal",
            )
        )


def _repeat(session: Session, order_id: int, key: int, wanted: WantedSplit, parts: Sequence[SplitPart]) -> None:
    if wanted.item is None or any(part.percent is None for part in parts) or not parts:
        raise InvalidInput(translated("A split that repeats needs --item and percentages, like --item 1 business=60%."))
    storage.add_rule(session, order_id, key, by_seller=wanted.repeat == "seller", parts=parts)


def _said(text: str) -> Sentence:
    """Return a part as it was written, with the purpose in the language of whoever reads the history."""
    word, mark, value = text.partition("=")
    return sentence_of("{purpose}{share}", purpose=label_said("purpose", label_named("purpose", word) or word), share=f"{mark}{value}")


def _part(session: Session, text: str, unit: str | None, *, new: bool) -> SplitPart:
    word, mark, value = text.partition("=")
    if not mark or not value.strip():
        raise InvalidInput(translated("'{text}' is not a share. Write business=60% or business=12.50.", text=text[:40]))
    purpose = known_word(session, "purpose", word, new=new, flag="--new-purpose")
    percent = _PERCENT.match(value.strip())
    if percent:
        return SplitPart(purpose=purpose, percent=int(Decimal(percent[1]) * 100))
    if "%" in value or unit is None:
        raise InvalidInput(translated("'{value}' is not a share. Write a percentage up to 100, like 60%, or an amount.", value=value[:20]))
    amount = Money.typed(value.strip(), unit)
    if amount.minor < 0:
        raise InvalidInput(translated("A share cannot be negative."))
    return SplitPart(purpose=purpose, amount=amount.minor)
