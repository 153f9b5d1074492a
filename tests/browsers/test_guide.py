"""The guide for adding the extension by hand: three pictured steps in every language, for Chrome and for Firefox."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from assistant.browsers.guide import _texts, write_guide
from assistant.browsers.programs import BrowserFamily
from assistant.domain.languages.language import LANGUAGES, speaking


@pytest.mark.parametrize("language", LANGUAGES)
def test_three_pictured_steps_in_every_language(tmp_path: Path, language: str):
    folder = tmp_path / "a <b> & 'c'"
    for family, place in ((BrowserFamily.CHROME, "chrome://extensions"), (BrowserFamily.FIREFOX, "about:debugging")):
        with speaking(language):
            page = write_guide(tmp_path, folder, family).read_text("utf-8")
        assert f'<html lang="{language}">' in page
        assert page.count("<li>") == 3
        assert page.count("<svg") >= 2
        assert place in page
        assert "a &lt;b&gt; &amp;" in page
        assert _texts()[language]["title"] in page.replace("&#x27;", "'")
        for drawing in page.split("<svg")[1:]:
            ET.fromstring("<svg" + drawing.split("</svg>")[0] + "</svg>")  # noqa: S314  # our own drawing


def test_every_language_has_every_text():
    names = {language: set(texts) for language, texts in _texts().items()}
    assert set(names) == set(LANGUAGES)
    assert all(found == names["en"] for found in names.values())
