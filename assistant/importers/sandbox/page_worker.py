"""The process that reads large opened pages, one after the other. It limits its own time and memory; else its parent kills it."""

import os
import sys

import msgspec

from assistant.amazon.observed_page import read_visit
from assistant.domain.pages.visit import Visit
from assistant.importers.sandbox.limits import limit_memory, limit_time
from assistant.importers.sandbox.page_reader import MOST_MEMORY, MOST_SECONDS, ReadPage
from assistant.importers.sandbox.protocol import BrokenMessage, receive_frame, send_frame

_VISITS = msgspec.msgpack.Decoder(Visit)


def main() -> None:
    """Answer each visit on standard input with what its page says, until the input ends."""
    limit_memory(MOST_MEMORY)
    questions = sys.stdin.buffer
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answers:
        # Ready.
        send_frame(answers, True)
        answers.flush()
        while True:
            try:
                visit = receive_frame(questions, _VISITS)
            except BrokenMessage:
                return
            limit_time(MOST_SECONDS)
            seen = read_visit(visit)
            limit_time(0)
            send_frame(answers, ReadPage(kind=seen.kind, account=seen.account, extraction=seen.extraction))
            answers.flush()


if __name__ == "__main__":
    main()
