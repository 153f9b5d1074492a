"""The protocol between the worker, which reads untrusted files, and its parent: MessagePack in frames.

A frame is its length (4 bytes, big-endian) and one message. The domain's own classes declare the messages, and the parent
checks every value against them, so a compromised worker can send wrong orders but no code.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, Any, TypeVar

import msgspec

from assistant.domain.documents import Extraction, united
from assistant.domain.orders.order import Order
from assistant.importers.files.gc_pause import collecting_later

T = TypeVar("T")

LARGEST_FRAME = 256 << 20
"""Bytes of a frame that the parent accepts; 2,000 orders take about 3 MB."""
_ORDERS_PER_FRAME = 2000
_LENGTH = 4
_SURROGATE = re.compile(r"[\ud800-\udfff]")


class BrokenMessage(Exception):
    """The worker stopped in the middle of a message or sent something else."""


@dataclass(frozen=True, slots=True)
class Label:
    """The document that comes next: its name, the page itself if it is a saved page, and which part of a mailbox it is."""

    name: str
    page: bytes | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Head:
    """An extraction without its orders, and how many orders follow."""

    extraction: Extraction
    orders: int


_ENCODER = msgspec.msgpack.Encoder()
_LABELS = msgspec.msgpack.Decoder(Label | None)
_HEADS = msgspec.msgpack.Decoder(Head | None)
_ORDERS = msgspec.msgpack.Decoder(list[Order])


def send_label(stream: IO[bytes], label: Label | None) -> None:
    """Write which document comes next, so that the parent can name it if reading it kills the worker; None ends a path."""
    send_frame(stream, label)
    stream.flush()


def receive_label(stream: IO[bytes]) -> Label | None:
    """Return what `send_label` wrote. Raises BrokenMessage."""
    return receive_frame(stream, _LABELS)


def send_extraction(stream: IO[bytes], extraction: Extraction | None) -> None:
    """Write an extraction. Its orders follow in chunks, so that the parent stores one while the worker packs the next."""
    if extraction is None:
        send_frame(stream, None)
    else:
        send_frame(stream, Head(replace(extraction, orders=()), len(extraction.orders)))
        _send_orders(stream, extraction.orders)
        send_frame(stream, [])
    stream.flush()


def send_pieces(stream: IO[bytes], pieces: Iterable[Extraction]) -> None:
    """Write an extraction that is read in pieces, as `send_extraction` does; its orders wait in a temporary file until all are read."""
    heads, count = [], 0
    with TemporaryFile() as waiting:
        for piece in pieces:
            count += len(piece.orders)
            heads.append(replace(piece, orders=()))
            _send_orders(waiting, piece.orders)
            # Otherwise two pieces would be in memory while the next one is read.
            del piece
        send_frame(stream, Head(united(heads), count))
        waiting.seek(0)
        copyfileobj(waiting, stream)
    send_frame(stream, [])
    stream.flush()


def _send_orders(stream: IO[bytes], orders: Iterable[Order]) -> None:
    waiting = iter(orders)
    while chunk := list(islice(waiting, _ORDERS_PER_FRAME)):
        send_frame(stream, chunk)


def receive_extraction(stream: IO[bytes]) -> tuple[Extraction, int, Iterator[list[Order]]] | None:
    """Return what `send_extraction` wrote: the extraction without its orders, their number, and the orders in chunks.

    This call and the chunks raise BrokenMessage.
    """
    head = receive_frame(stream, _HEADS)
    return None if head is None else (head.extraction, head.orders, _chunks(stream))


def _chunks(stream: IO[bytes]) -> Iterator[list[Order]]:
    while chunk := receive_frame(stream, _ORDERS):
        yield chunk


def send_frame(stream: IO[bytes], message: Any) -> None:
    """Write one message."""
    try:
        packed = _ENCODER.encode(message)
    except UnicodeEncodeError:
        packed = _ENCODER.encode(_without_surrogates(msgspec.to_builtins(message, builtin_types=(bytes,))))
    stream.write(len(packed).to_bytes(_LENGTH, "big") + packed)


def receive_frame(stream: IO[bytes], decoder: msgspec.msgpack.Decoder[T]) -> T:
    """Return one message of the decoder's type. Raises BrokenMessage."""
    length = int.from_bytes(_exactly(stream, _LENGTH), "big")
    if length > LARGEST_FRAME:
        raise BrokenMessage("The message is too large.")
    packed = _exactly(stream, length)
    try:
        with collecting_later():
            return decoder.decode(packed)
    except (msgspec.DecodeError, ArithmeticError, LookupError, MemoryError, RecursionError, TypeError, ValueError) as error:
        raise BrokenMessage("The message has the wrong form.") from error


def _exactly(stream: IO[bytes], length: int) -> bytes:
    content = stream.read(length)
    if len(content) < length:
        raise BrokenMessage("The message is incomplete.")
    return content


def _without_surrogates(value: Any) -> Any:
    """Replace unpaired surrogates, which file names and damaged files may contain and UTF-8 cannot encode."""
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {_without_surrogates(name): _without_surrogates(entry) for name, entry in value.items()}
    return [_without_surrogates(entry) for entry in value] if isinstance(value, list) else value
