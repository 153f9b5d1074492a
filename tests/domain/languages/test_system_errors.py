"""Why a file cannot be used is said in the reader's language."""

import errno
import os

import pytest

from assistant.domain.languages.language import LANGUAGES, speaking
from assistant.domain.languages.system_errors import reason_of


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EACCES, errno.ENOSPC, errno.EROFS, errno.EISDIR, errno.EIO])
def test_a_reason_is_said_in_every_language(number):
    reason = reason_of(OSError(number, os.strerror(number)))
    said = {}
    for language in LANGUAGES:
        with speaking(language):
            said[language] = str(reason)
    assert said["en"] == os.strerror(number)
    assert len(set(said.values())) == len(LANGUAGES)


def test_an_unknown_reason_is_shown_as_it_is():
    with speaking("de"):
        assert [str(reason_of(error)) for error in (OSError(999, "Strange {thing}"), ValueError("bad name"), OSError())] == [
            "Strange {thing}",
            "bad name",
            "OSError",
        ]
