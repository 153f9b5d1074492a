"""Words that the data holds and screens show: states, kinds and parts. The data keeps them in English, screens show them translated."""

from assistant.domain.languages.translating import to_translate, translated

_WORDS = frozenset(
    {
        to_translate("placed"),
        to_translate("shipping"),
        to_translate("delivered"),
        to_translate("cancelled"),
        to_translate("returned"),
        to_translate("unknown"),
        to_translate("verified"),
        to_translate("carried"),
        to_translate("unverified"),
        to_translate("expense"),
        to_translate("first-year"),
        to_translate("depreciate"),
        to_translate("payee"),
        to_translate("amount"),
        to_translate("proof of payment"),
        to_translate("date"),
        to_translate("description"),
        to_translate("business purpose"),
        to_translate("receipt"),
        to_translate("there"),
        to_translate("changed"),
        to_translate("gone"),
        to_translate("encrypted"),
        to_translate("damaged"),
        to_translate("too_large"),
        to_translate("no_pages"),
        to_translate("item"),
        to_translate("goods"),
        to_translate("gift wrap"),
        to_translate("tax"),
        to_translate("discount"),
        to_translate("fees"),
        to_translate("gift card"),
        to_translate("points"),
        to_translate("card"),
        to_translate("category"),
        to_translate("purpose"),
        to_translate("person"),
        to_translate("account"),
        to_translate("seller"),
        to_translate("categories"),
        to_translate("purposes"),
        to_translate("persons"),
        to_translate("on hold"),
        to_translate("closed by amazon"),
        to_translate("customer"),
        to_translate("household"),
        to_translate("trial"),
        to_translate("paid"),
        to_translate("scope"),
        to_translate("limit"),
        to_translate("plan"),
        to_translate("every"),
        to_translate("title"),
        to_translate("compensation"),
        to_translate("monday"),
        to_translate("sunday"),
        to_translate("saturday"),
        to_translate("yes"),
        to_translate("no"),
    }
)


def shown_word(word: str) -> str:
    """Return a word of the data as screens show it; one that is not among them, like a user's own, as it is."""
    text = word.replace("_", " ")
    return translated(text) if text in _WORDS else translated(word) if word in _WORDS else text
