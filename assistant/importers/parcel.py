"""Extractions on their way from the child that reads strangers' files to its parent.

The parent makes dates and the domain's own kinds of what comes, nothing else: a child that was taken over stays harmless.
"""

import pickle
from collections import deque
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, timedelta, timezone
from itertools import islice, repeat
from operator import attrgetter
from typing import IO, Any

from assistant.domain import documents, money, orders, visits
from assistant.domain.documents import Extraction
from assistant.importers.collecting import collecting_later

_CHUNK = 2000
_KINDS = {
    (module.__name__, name): kind
    for module in (documents, money, orders, visits)
    for name, kind in vars(module).items()
    if isinstance(kind, type) and kind.__module__ == module.__name__
}
_FIELDS = {kind: tuple(field.name for field in fields(kind)) for kind in _KINDS.values() if is_dataclass(kind)}


def send(stream: IO[bytes], extraction: Extraction) -> None:
    """Write an extraction, its orders in chunks: the reader unpacks one while the next is packed."""
    pickler = pickle.Pickler(stream, protocol=5)
    pickler.dispatch_table = {kind: _reducer(kind, names) for kind, names in _FIELDS.items()}
    pickler.dump(replace(extraction, orders=()))
    waiting = iter(extraction.orders)
    while chunk := list(islice(waiting, _CHUNK)):
        pickler.dump(chunk)
    pickler.dump([])
    stream.flush()


def receive(stream: IO[bytes]) -> Extraction:
    """Read what `send` wrote. Raises EOFError or UnpicklingError when the sender broke off or sent something else."""
    unpickler = _Unpickler(stream)
    found: list[orders.Order] = []
    try:
        with collecting_later():
            extraction = unpickler.load()
            while chunk := unpickler.load():
                found += chunk
    except (ArithmeticError, AttributeError, LookupError, MemoryError, TypeError, ValueError) as error:
        raise pickle.UnpicklingError("no parcel") from error
    if not isinstance(extraction, Extraction):
        raise pickle.UnpicklingError("no extraction")
    return replace(extraction, orders=tuple(found))


def _reducer(kind: type, names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    values = attrgetter(*names) if len(names) > 1 else lambda entry: (getattr(entry, names[0]),)
    return lambda entry: (_restored, (kind, *values(entry)))


def _restored(kind: type, *values: Any) -> Any:
    """Make a frozen dataclass of its values, in one call instead of one per field."""
    entry: Any = object.__new__(kind)
    deque(map(object.__setattr__, repeat(entry), _FIELDS[kind], values), maxlen=0)
    return entry


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
