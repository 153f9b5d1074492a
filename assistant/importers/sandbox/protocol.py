"""Extractions on their way from the child that reads strangers' files to its parent.

The parent makes dates and the domain's own kinds of what comes, nothing else: a child that was taken over stays harmless.
"""

import pickle
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime, timedelta, timezone
from enum import Enum
from itertools import islice, repeat
from operator import attrgetter
from typing import IO, Any

from assistant.domain import documents, money
from assistant.domain.documents import Extraction
from assistant.domain.orders import order
from assistant.domain.orders.order import Order
from assistant.domain.pages import visit
from assistant.importers.files.gc_pause import collecting_later

_CHUNK = 2000
_KINDS = {
    (module.__name__, name): kind
    for module in (documents, money, order, visit)
    for name, kind in vars(module).items()
    if isinstance(kind, type) and kind.__module__ == module.__name__
}
_FIELDS = {kind: tuple(field.name for field in fields(kind)) for kind in _KINDS.values() if is_dataclass(kind)}


@dataclass(frozen=True, slots=True)
class Label:
    """What a parcel will be of: the document's name, and where it is a saved page, that page."""

    name: str
    page: bytes | None = None


def announce(stream: IO[bytes], label: Label | None) -> None:
    """Write which document comes next, so that it is known should reading it end the sender; None where a path has no more."""
    _dump(stream, None if label is None else (label.name, label.page))
    stream.flush()


def announced(stream: IO[bytes]) -> Label | None:
    """Return what `announce` wrote. Raises EOFError or UnpicklingError."""
    match _loaded(stream):
        case None:
            return None
        case (str() as name, (bytes() | None) as page):
            return Label(name, page)
    raise pickle.UnpicklingError("no label")


def send(stream: IO[bytes], extraction: Extraction | None) -> None:
    """Write an extraction, its orders in chunks: the reader unpacks one while the next is packed, and neither keeps them."""
    if extraction is None:
        _dump(stream, None)
        return
    waiting = iter(extraction.orders)
    _dump(stream, (len(extraction.orders), replace(extraction, orders=())))
    while chunk := list(islice(waiting, _CHUNK)):
        _dump(stream, chunk)
    _dump(stream, [])
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[Extraction, int, Iterator[list[Order]]] | None:
    """Return what `send` wrote: the extraction without its orders, how many they are, and these, chunk by chunk; None for nothing.

    It and the chunks raise EOFError or UnpicklingError when the sender broke off or sent something else.
    """
    head = _loaded(stream)
    if head is None:
        return None
    count, extraction = _head(head)
    return extraction, count, _chunks(stream)


def _dump(stream: IO[bytes], content: Any) -> None:
    pickler = pickle.Pickler(stream, protocol=5)
    pickler.dispatch_table = _REDUCERS
    pickler.dump(content)


def _head(head: Any) -> tuple[int, Extraction]:
    match head:
        case (int() as count, Extraction() as extraction):
            return count, extraction
    raise pickle.UnpicklingError("no extraction")


def _chunks(stream: IO[bytes]) -> Iterator[list[Order]]:
    while chunk := _loaded(stream):
        if not isinstance(chunk, list):
            raise pickle.UnpicklingError("no orders")
        yield chunk


def _loaded(stream: IO[bytes]) -> Any:
    try:
        with collecting_later():
            return _Unpickler(stream).load()
    except (ArithmeticError, AttributeError, LookupError, MemoryError, TypeError, ValueError) as error:
        raise pickle.UnpicklingError("no parcel") from error


def _reducer(kind: type, names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    values = attrgetter(*names) if len(names) > 1 else lambda entry: (getattr(entry, names[0]),)
    return lambda entry: (_restored, (kind, *values(entry)))


def _restored(kind: type, *values: Any) -> Any:
    """Make a frozen dataclass of its values, in one call instead of one per field."""
    entry: Any = object.__new__(kind)
    deque(map(object.__setattr__, repeat(entry), _FIELDS[kind], values), maxlen=0)
    return entry


def _named(member: Enum) -> tuple[Any, ...]:
    # How a member pickles by itself differs between Pythons: 3.11.2 asks for `getattr`.
    return type(member), (member.value,)


_REDUCERS: dict[type, Callable[[Any], tuple[Any, ...]]] = {kind: _reducer(kind, names) for kind, names in _FIELDS.items()}
_REDUCERS |= {kind: _named for kind in _KINDS.values() if issubclass(kind, Enum)}
_ALLOWED: dict[tuple[str, str], Any] = {
    **_KINDS,
    **{("datetime", kind.__name__): kind for kind in (date, datetime, timedelta, timezone)},
    (__name__, _restored.__name__): _restored,
}


class _Unpickler(pickle.Unpickler):
    """Makes the kinds that a parcel may hold, and refuses all others."""

    def find_class(self, module: str, name: str, /) -> Any:
        """Return a kind by its name. Raises UnpicklingError."""
        if (module, name) not in _ALLOWED:
            raise pickle.UnpicklingError(f"{module}.{name} does not belong in a parcel")
        return _ALLOWED[module, name]
