"""The kinds of user rules and the parts of each."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

TAGS = ("resale", "rental", "customer", "business")
"""What items can be tagged as besides their category."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a rule: its path, and how it is written and checked. `one_of`: the only allowed words."""

    name: str
    label: str
    hint: str = ""
    many: bool = False
    where: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    kind: str = "text"

    @property
    def path(self) -> tuple[str, ...]:
        """Its keys within the rule."""
        return self.where or (self.name,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of rule: `needs` lists required parts, `one_at_least` parts of which at least one is required."""

    name: str
    label: str
    parts: tuple[Part, ...]
    needs: tuple[str, ...] = ()
    one_at_least: tuple[str, ...] = ()


_MATCH = (
    Part(name="words", label="Words", hint="toner, ink", many=True, where=("match", "words")),
    Part(name="category", label="Category", hint="office", many=True, where=("match", "category"), kind="category"),
    Part(name="item", label="Item number", hint="B0…, from the address of the product page", many=True, where=("match", "asin")),
    Part(name="seller", label="Seller", many=True, where=("match", "seller")),
    Part(name="brand", label="Brand", many=True, where=("match", "brand")),
    Part(name="over", label="Price from", hint="50", where=("match", "price", "min"), kind="amount"),
    Part(name="under", label="Price up to", where=("match", "price", "max"), kind="amount"),
    Part(name="currency", label="Currency", hint="USD", where=("match", "price", "currency"), kind="currency"),
)
_FITS = tuple(part.name for part in _MATCH if part.name != "currency")
_TO = Part(name="to", label="Account", kind="account")
_ACCOUNT = Part(name="account", label="Account", kind="account")
_STRENGTH = Part(name="strength", label="How loud", hint="soft (warns) or hard (holds the order)", one_of=("soft", "hard"))
_CODE = Part(name="code", label="About", hint="DUP_CROSS_ACCOUNT, as 'shopper alerts --explain ID' shows it", many=True, kind="code")
_ITEM = Part(name="item", label="Item number", hint="B0…", many=True, where=("asin",))
_UNTIL = Part(name="until", label="Until", hint="2026-12-31, its last day; empty: for good", kind="day")

KINDS: Mapping[str, Kind] = {
    kind.name: replace(kind, parts=(*kind.parts, _UNTIL))
    for kind in (
        Kind(name="route", label="Where things belong", parts=(*_MATCH, _TO, _STRENGTH), needs=("to",), one_at_least=_FITS),
        Kind(
            name="ship",
            label="Where an account may ship",
            parts=(
                _ACCOUNT,
                Part(name="only", label="Only to", hint="office/98101; 12 Elm St, Austin 78704", many=True, kind="address"),
                Part(name="also", label="Also to", many=True, kind="address"),
                _STRENGTH,
            ),
            needs=("account",),
            one_at_least=("only", "also"),
        ),
        Kind(
            name="pay",
            label="How an account may pay",
            parts=(
                _ACCOUNT,
                Part(name="only", label="Only with", hint="visa/1234, mc/5678", many=True, kind="card"),
                Part(name="also", label="Also with", many=True, kind="card"),
                _STRENGTH,
            ),
            needs=("account",),
            one_at_least=("only", "also"),
        ),
        Kind(
            name="purpose",
            label="What is business here",
            parts=(
                _ACCOUNT,
                Part(name="business_categories", label="Categories", hint="toys, crafts", many=True, kind="category"),
                Part(name="business_words", label="Words", many=True),
            ),
            one_at_least=("business_categories", "business_words"),
        ),
        Kind(
            name="budget",
            label="A budget for a month or a year",
            parts=(
                _ACCOUNT,
                Part(name="purpose", label="Purpose", hint="business", many=True, kind="purpose"),
                Part(name="category", label="Category", hint="office", many=True, kind="category"),
                Part(name="month", label="A month", hint="600", kind="amount"),
                Part(name="year", label="Or a year", hint="7000; only for the overview, it does not warn while you shop", kind="amount"),
                Part(name="currency", label="Currency", hint="USD", kind="currency"),
                Part(name="carry", label="Carry over", hint="what is left, from a month like 2026-01 on", kind="month"),
            ),
            needs=("currency",),
            one_at_least=("account", "purpose", "category"),
        ),
        Kind(
            name="private",
            label="Keep orders private",
            parts=(
                _ACCOUNT,
                Part(name="order", label="Order number", many=True, where=("order_id",)),
                _ITEM,
                Part(name="reveal", label="Others see", hint="hint or never", one_of=("hint", "never")),
            ),
            needs=("reveal",),
            one_at_least=("account", "order", "item"),
        ),
        Kind(
            name="conflict",
            label="Never review",
            parts=(
                Part(name="brands", label="Brands", many=True),
                Part(name="sellers", label="Sellers", many=True),
                Part(name="item", label="Item number", many=True, where=("asins",)),
                Part(
                    name="relation",
                    label="Because it is",
                    hint="own, relative, friend, employer or competitor",
                    one_of=("own", "relative", "friend", "employer", "competitor"),
                ),
                _ACCOUNT,
            ),
            needs=("relation",),
            one_at_least=("brands", "sellers", "item"),
        ),
        Kind(
            name="mute",
            label="Do not warn",
            parts=(
                _CODE,
                _ITEM,
                _ACCOUNT,
            ),
            needs=("code",),
        ),
        Kind(name="soften", label="Make a warning quieter", parts=(_CODE, _ACCOUNT), needs=("code",)),
        Kind(
            name="tag",
            label="What kind of item it is",
            parts=(*_MATCH, Part(name="tag", label="It is", hint=f"a category, or {', '.join(TAGS)}", kind="tag")),
            needs=("tag",),
            one_at_least=_FITS,
        ),
        Kind(name="gift_card", label="Where gift cards go", parts=(_TO, _STRENGTH), needs=("to",)),
    )
}
