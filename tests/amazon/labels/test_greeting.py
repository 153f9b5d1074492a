"""Names in greetings: in the page header and in the first line of a mail."""

import pytest

from assistant.amazon.labels.greeting import addressed_name, greeted_name, without_greeting


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Hello Robin,", "Robin"),
        ("Hi Christabella, Your package is arriving earlier than expected.", "Christabella"),
        ("Hello Robin, your package is on the way", "Robin"),
        ("Dear Robin J. Smith, thanks", "Robin J. Smith"),
        ("Guten Tag, Robin", "Robin"),
        ("Sehr geehrter Herr Ortiz,", "Ortiz"),
        ("Gentile Robin,", "Robin"),
        ("Chère Maria,", "Maria"),
        ("Estimado Robin:", "Robin"),
        ("Dzień dobry, Robin!", "Robin"),
        ("مرحبا روبن، طردك", "روبن"),
        ("山田 太郎 様", "山田 太郎"),
    ],
)
def test_the_first_line_of_a_mail_names_its_recipient(line, name):
    assert addressed_name(line) == name


@pytest.mark.parametrize("line", ["Dear Customer,", "Hello,", "Hello there", "お客様", "Hi-Fi cable", "Merci pour votre commande"])
def test_a_line_without_a_name_gives_no_name(line):
    assert addressed_name(line) is None


@pytest.mark.parametrize(("text", "name"), [("Hello, Alex", "Alex"), ("こんにちは、 robinさん", "robin"), ("Hello, sign in", None)])
def test_the_header_greets_by_name_or_asks_to_sign_in(text, name):
    assert greeted_name(text) == name


def test_a_greeting_is_removed_from_a_sentence():
    assert without_greeting("Hi Robin, Your parcel is late.") == "Your parcel is late."
    assert without_greeting("Your parcel is late.") == "Your parcel is late."
