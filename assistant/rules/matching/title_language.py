"""Detects the language of a title: the marketplace's, or another one if the title's words make that certain.

Sellers use English titles on every marketplace, and titles in their own language on English ones.
"""

from functools import lru_cache

from assistant.rules.matching.dictionary import known

_ENGLISH = "en"
# Function words that nearly every longer title has. Some belong to two languages; the word lists decide between these.
_SMALL_WORDS = {
    "de": "für mit und oder aus ohne zum zur vom der das den dem ein eine auf bei",
    "fr": "pour avec et sans les des une du aux dans sur",
    "es": "para con sin los las el una por del",
    "it": "per con senza gli della delle di il da del",
    "pt": "para com sem dos das uma os do",
    "nl": "voor met en zonder een het van",
    "pl": "do na z bez dla i ze",
    "sv": "för med och utan av ett till",
    "tr": "için ve ile",
}
FUNCTION_WORDS = frozenset(["and", "with", "for", "the", "of", "in", "to", "by"]).union(*(words.split() for words in _SMALL_WORDS.values()))
"""Joining words that do not describe an item, in all these languages and English."""
_LETTERS = {"de": "äöüß", "fr": "çèêœ", "es": "ñ", "it": "èò", "pt": "ãõç", "pl": "ąćęłńśźż", "sv": "åäö", "tr": "ğışçöü"}
_BY_WORD = {
    word: [name for name, words in _SMALL_WORDS.items() if word in words.split()]
    for words in _SMALL_WORDS.values()
    for word in words.split()
}
_BY_LETTER = {letter: [name for name, letters in _LETTERS.items() if letter in letters] for letter in "".join(_LETTERS.values())}
_FEWEST_WORDS = 2


@lru_cache(maxsize=4096)
def usual_languages(tokens: tuple[str, ...], spoken: tuple[str, ...]) -> tuple[str, ...]:
    """Return which of a marketplace's languages a title is in: the one with most of its words, or all if that is undecided."""
    if len(spoken) == 1:
        return spoken
    counts = {language: _count(tokens, language) for language in spoken}
    most = max(counts.values())
    return tuple(language for language in spoken if counts[language] == most)


@lru_cache(maxsize=4096)
def other_languages(tokens: tuple[str, ...], spoken: tuple[str, ...]) -> tuple[str, ...]:
    """Return further languages that a title may be in, besides those of its marketplace. Reads no word list."""
    words = [token.lower() for token in tokens]
    hinted = {name for word in words for name in _BY_WORD.get(word, ())}
    hinted |= {name for word in words if not word.isascii() for letter in word for name in _BY_LETTER.get(letter, ())}
    return tuple(language for language in (_ENGLISH, *sorted(hinted)) if language not in spoken)


@lru_cache(maxsize=4096)
def written_in(tokens: tuple[str, ...], language: str, spoken: tuple[str, ...]) -> bool:
    """Return whether a title is in this language rather than in those of its marketplace.

    A title counts as English if most of its words are not in the marketplace's list; names and words without accents are in no list.
    Any other language must have most of the words, and more of them than the marketplace's.
    """
    words = [token for token in tokens if token.isalpha()]
    usual = max(_count(tokens, name) for name in spoken)
    if language == _ENGLISH:
        return 2 * usual < len(words)
    count = _count(tokens, language)
    return count >= _FEWEST_WORDS and 2 * count >= len(words) and count > usual


@lru_cache(maxsize=4096)
def is_english(tokens: tuple[str, ...], spoken: tuple[str, ...]) -> bool:
    """Return whether a title is certainly English on a marketplace of another language: every word is, and few are of that language."""
    words = [token for token in tokens if token.isalpha()]
    if _ENGLISH in spoken or len(words) <= _FEWEST_WORDS:
        return False
    return _count(tokens, _ENGLISH) == len(words) and 2 * max(_count(tokens, name) for name in spoken) < len(words)


def _count(tokens: tuple[str, ...], language: str) -> int:
    """Return how many words of a title are words of a language."""
    return sum(token.isalpha() and known(token.lower(), language) for token in tokens)
