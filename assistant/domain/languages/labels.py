"""Built-in categories and purposes in the user's language. The data keeps them in English; people read and type either word.

Words of the user's own are shown as they are.
"""

from collections.abc import Iterable, Mapping

from assistant.domain.languages.language import as_typed
from assistant.domain.languages.sentences import Sentence
from assistant.domain.languages.translating import to_translate, translated

BUILT_IN_PURPOSES = ("business", "personal", "household", "family")
_PURPOSES = (
    to_translate("purpose|business"),
    to_translate("purpose|personal"),
    to_translate("purpose|household"),
    to_translate("purpose|family"),
)
_CATEGORIES = (
    to_translate("category|advertising"),
    to_translate("category|automotive"),
    to_translate("category|baby"),
    to_translate("category|beauty"),
    to_translate("category|books"),
    to_translate("category|camera"),
    to_translate("category|care"),
    to_translate("category|cleaning"),
    to_translate("category|client-gifts"),
    to_translate("category|clothing"),
    to_translate("category|commissions"),
    to_translate("category|computers"),
    to_translate("category|consumable"),
    to_translate("category|courses"),
    to_translate("category|crafts"),
    to_translate("category|education"),
    to_translate("category|electronics"),
    to_translate("category|entertainment"),
    to_translate("category|equipment"),
    to_translate("category|furniture"),
    to_translate("category|games"),
    to_translate("category|garden"),
    to_translate("category|gifts"),
    to_translate("category|grocery"),
    to_translate("category|home"),
    to_translate("category|insurance"),
    to_translate("category|internet"),
    to_translate("category|inventory"),
    to_translate("category|jewelry"),
    to_translate("category|kitchen"),
    to_translate("category|lab"),
    to_translate("category|leisure"),
    to_translate("category|licences"),
    to_translate("category|lighting"),
    to_translate("category|living"),
    to_translate("category|machines"),
    to_translate("category|materials"),
    to_translate("category|meals"),
    to_translate("category|medical"),
    to_translate("category|membership"),
    to_translate("category|music"),
    to_translate("category|office"),
    to_translate("category|packaging"),
    to_translate("category|parts"),
    to_translate("category|pet"),
    to_translate("category|phone"),
    to_translate("category|postage"),
    to_translate("category|professional"),
    to_translate("category|rent"),
    to_translate("category|repairs"),
    to_translate("category|resale"),
    to_translate("category|safety"),
    to_translate("category|shipping"),
    to_translate("category|software"),
    to_translate("category|sports"),
    to_translate("category|stationery"),
    to_translate("category|subcontractors"),
    to_translate("category|subscriptions"),
    to_translate("category|supplies"),
    to_translate("category|tools"),
    to_translate("category|toys"),
    to_translate("category|training"),
    to_translate("category|travel"),
    to_translate("category|utilities"),
    to_translate("category|warranty"),
)
BUILT_IN: Mapping[str, Mapping[str, str]] = {
    "category": {text.partition("|")[2]: text for text in _CATEGORIES},
    "purpose": {text.partition("|")[2]: text for text in _PURPOSES},
    "person": {},
}
"""The texts of built-in labels by kind and word."""


def shown_label(kind: str, word: str) -> str:
    """Return a category, purpose or person as people read it."""
    text = BUILT_IN[kind].get(word)
    return word if text is None else translated(text)


def shown_category(word: str) -> str:
    """Return a category as people read it."""
    return shown_label("category", word)


def shown_purpose(word: str) -> str:
    """Return a purpose as people read it."""
    return shown_label("purpose", word)


def label_said(kind: str, word: str) -> str | Sentence:
    """Return a label for a stored sentence, whose reader's language is not known yet."""
    text = BUILT_IN[kind].get(word)
    return word if text is None else Sentence(text)


def label_named(kind: str, word: str, known: Iterable[str] = ()) -> str | None:
    """Return the label that somebody typed, in English or as people read it; None if there is none. Case does not matter.

    `known` are the words that exist: one of the user's own goes before the name of a built-in one.
    """
    typed = word.strip().casefold()
    found = next((other for other in (*known, *BUILT_IN[kind]) if other.casefold() == typed), None)
    if found is None:
        with as_typed():
            found = next((other for other, text in BUILT_IN[kind].items() if translated(text).casefold() == typed), None)
    return found
