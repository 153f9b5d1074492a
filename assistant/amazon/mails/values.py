"""A label and its value, on one line ("Total: $5.00") or on two."""

import re
from collections.abc import Iterator, Sequence

from assistant.amazon.mails.labels import QUANTITY
from assistant.amazon.mails.lines import MailLine
from assistant.amazon.values.folding import plain
from assistant.amazon.values.money import read_money

# The start of an amount after its label: a currency, a minus or a bracket before the digits.
_AMOUNT = re.compile(
    r"(?:[-−(+]\s?)?(?:[A-Z]{2,3}\s?\$?|[A-Z]{0,2}[$€£¥￥₹₺]|R\$|kr|zł|TL|Rs\.?|د\.إ|ر\.س|ج\.م)?\s?[-−]?\d[^A-Za-z]*[A-Za-złč€£¥￥円₺₹$.]{0,4}\)?\Z"
)
_LONGEST_LABEL = 80
_FOOTNOTES = "*†‡¹²³^ "


def is_money(text: str, currency: str | None) -> bool:
    """Return whether a text is one amount of money and nothing else. Bare numbers do not count."""
    return len(text) <= _LONGEST_LABEL and any(sign.isdigit() for sign in text) and read_money(text, currency) is not None


def amounts(lines: Sequence[MailLine], currency: str | None) -> Iterator[tuple[int, str, str, int]]:
    """Yield place, label, value and number of lines for each label that is followed by an amount."""
    texts = [line.text.rstrip(_FOOTNOTES) for line in lines]
    for place, text in enumerate(texts):
        label, value = _parted(text)
        if value:
            if is_money(value, currency):
                yield place, label.rstrip(_FOOTNOTES), value, 1
        elif place + 1 < len(texts) and is_money(texts[place + 1], currency) and not is_money(text, currency):
            yield place, text.rstrip(f"{_FOOTNOTES}:："), texts[place + 1], 2


def parted(text: str, currency: str | None) -> tuple[str, str]:
    """Return a title and the price printed after it on the same line; the price is "" if there is none."""
    found = _AMOUNT.search(text)
    value = found[0].strip() if found and found.start() else ""
    return (text[: found.start()].strip(), value) if found and value and is_money(value, currency) else (text, "")


def _parted(text: str) -> tuple[str, str]:
    if len(text) > 2 * _LONGEST_LABEL:
        return text, ""
    label, colon, value = text.replace("：", ":").rpartition(":")
    if colon:
        return label.strip(), value.strip()
    found = _AMOUNT.search(text)
    if found is None or found.start() == 0 or QUANTITY.match(plain(text)):
        return text, ""
    return text[: found.start()].strip(), found[0].strip()
