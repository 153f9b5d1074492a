"""The base of every JSON shape: from domain values to JSON and back.

A shape is declared once, as a struct. The encoder, the decoder, the JSON Schema of the OpenAPI document and the types of the
extension all come from that declaration. Its fields have the names of the domain class that it belongs to, so that no code
copies field by field; where the JSON name differs, the field says so: `number: str = field(name="order_id")`.
"""

import json
from collections.abc import Callable, Hashable, Mapping
from dataclasses import MISSING, fields
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from operator import attrgetter
from typing import Annotated, Any, ClassVar, Generic, Protocol, Self, TypeVar, cast, get_args

import msgspec
from msgspec import UNSET, Meta, Struct, field

from assistant.domain.filters import Page
from assistant.domain.money import Money

D = TypeVar("D")
D_co = TypeVar("D_co", covariant=True)
T = TypeVar("T")

Short = Annotated[str, Meta(max_length=100, pattern="^[^\\u0000]*$")]
Text = Annotated[str, Meta(max_length=4096, pattern="^[^\\u0000]*$")]
Words = Annotated[tuple[Short, ...], Meta(max_length=50)]
Count = Annotated[int, Meta(ge=0)]


class DecimalText(str):
    """An amount in major units with the currency's own number of digits, "-5.00"; its currency is elsewhere in the shape."""

    __slots__ = ()
    SCHEMA: ClassVar[Mapping[str, Any]] = {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}

    @classmethod
    def read(cls, value: Any) -> Self:
        """Return an amount, or a text from JSON, as such a text."""
        return cast("Self", _decimal_text(value.minor, value.currency)) if isinstance(value, Money) else cls(_text(value))


@lru_cache(maxsize=65_536)
def _decimal_text(minor: int, currency: str) -> DecimalText:
    """Return an amount as text; an import writes the same prices again and again."""
    return DecimalText(Money(minor, currency).decimal)


class InstantText(str):
    """A moment with its offset, as `datetime.isoformat` writes it."""

    __slots__ = ()
    SCHEMA: ClassVar[Mapping[str, Any]] = {"type": "string", "format": "date-time"}

    @classmethod
    def read(cls, value: Any) -> Self:
        """Return a moment, or a text from JSON, as such a text. Raises ValueError for a text that is not a moment."""
        if isinstance(value, datetime):
            return cls(value.isoformat())
        datetime.fromisoformat(_text(value))
        return cls(value)


class JsonShape(Struct, Generic[D], omit_defaults=True):
    """A JSON object. A field with a default is left out of the JSON while it has that default; every other field is always there."""

    @classmethod
    def of(cls, value: D) -> Self:
        """Return the shape of a domain value."""
        return msgspec.convert(value, cls, from_attributes=True, dec_hook=_read)

    def to_domain(self, currency: str = "") -> D:
        """Return the domain value. `currency` is that of the decimals in this shape. Raises InvalidInput for an impossible amount."""
        kind, names, values_of = _domain_fields(type(self))
        values: dict[str, Any] = {}
        for (name, default), value in zip(names, values_of(self), strict=True):
            if value is default or value is UNSET:
                continue
            if type(value) in _SAME_IN_DOMAIN:
                values[name] = value
            else:
                values[name] = _domain_value(value, currency)
        return cast("D", kind(**values))


class MoneyJson(JsonShape[Money]):
    """An amount with its currency: {"amount": "19.49", "currency": "USD"}."""

    decimal: DecimalText = field(name="amount")
    currency: str

    def to_domain(self, currency: str = "") -> Money:
        """Return the amount. Raises InvalidInput for an impossible one."""
        return Money.of(self.decimal, self.currency or currency)


class JsonEntry(Protocol[D_co]):
    """What becomes a domain value and can be an entry of a list: a JsonShape, or a rule, whose keys depend on its type."""

    @classmethod
    def of(cls, value: Any, /) -> Self:
        """Return the shape of a domain value."""

    def to_domain(self) -> D_co:
        """Return the domain value."""


S = TypeVar("S")
E = TypeVar("E", bound=JsonEntry[Any])


class PageJson(Struct, Generic[S]):
    """Part of a list: `next` is the cursor of the following part, null at the end; `total` counts the whole list."""

    items: tuple[S, ...]
    next: str | None
    total: Count

    @classmethod
    def of(cls, page: Page[Any], entry: type[E]) -> "PageJson[E]":
        """Return a page whose items have the shape `entry`."""
        return PageJson(items=tuple(entry.of(item) for item in page.items), next=page.next, total=page.total)


def encode(value: Any) -> bytes:
    """Return a shape, or builtins that hold shapes, as compact JSON in UTF-8. Unpaired surrogates become "?"."""
    try:
        return _ENCODER.encode(value)
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(value, enc_hook=str), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def decode(content: bytes | str, kind: type[T]) -> T:
    """Read JSON of that shape; unknown keys are ignored. Raises msgspec.DecodeError, RecursionError."""
    decoder: msgspec.json.Decoder[T] = _decoder(cast("Hashable", kind))
    return decoder.decode(content)


def builtins(value: Any) -> Any:
    """Return a shape as the dictionaries and lists that its JSON is read as, for JSON columns and for printing."""
    return msgspec.json.decode(encode(value))


def from_builtins(value: Any, kind: type[T]) -> T:
    """Return the shape that `builtins` was made of. Raises msgspec.ValidationError."""
    return msgspec.convert(value, kind, dec_hook=_read, str_keys=True)


_ENCODER = msgspec.json.Encoder(enc_hook=str)


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind, dec_hook=_read)


@cache
def _domain_fields(shape: type[JsonShape[Any]]) -> tuple[Callable[..., Any], tuple[tuple[str, Any], ...], Callable[[Any], tuple[Any, ...]]]:
    """Return the D of `JsonShape[D]`, the fields that it shares with the shape, with their defaults, and what gets their values."""
    bases = (base for kind in shape.__mro__ for base in getattr(kind, "__orig_bases__", ()))
    domain = next(argument for base in bases for argument in get_args(base) if isinstance(argument, type))
    shared = tuple((name, default) for name, default in _fields_of(domain) if name in shape.__struct_fields__)
    names = [name for name, _ in shared]
    return domain, shared, attrgetter(*names) if len(names) > 1 else lambda shape: (getattr(shape, names[0]),)


def _fields_of(domain: Any) -> list[tuple[str, Any]]:
    """Return the fields of a dataclass or a named tuple, with their defaults."""
    if issubclass(domain, tuple):
        return [(name, domain._field_defaults.get(name, MISSING)) for name in domain._fields]
    return [(entry.name, entry.default) for entry in fields(domain)]


def _read(kind: Any, value: Any) -> Any:
    """Make a type that msgspec does not know, such as DecimalText, of a domain value or of JSON."""
    if kind is DecimalText and type(value) is Money:
        return _decimal_text(value.minor, value.currency)
    return kind.read(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"Expected `str`, got `{type(value).__name__}`")
    return value


def _domain_value(value: Any, currency: str) -> Any:
    if isinstance(value, DecimalText):
        return Money.of(value, currency)
    if isinstance(value, InstantText):
        return datetime.fromisoformat(value)
    if isinstance(value, tuple):
        return tuple([_domain_value(entry, currency) for entry in value])
    return value.to_domain(currency) if hasattr(value, "to_domain") else value


_SAME_IN_DOMAIN = frozenset({type(None), str, int, bool, date, Decimal})
"""Types that go into the domain unchanged; others are converted."""
