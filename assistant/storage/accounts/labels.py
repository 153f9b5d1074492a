"""The words of the closed lists of labels: which categories, purposes and persons exist."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session, col

from assistant.domain.categories import BUSINESS_CATEGORIES, LABEL_PLURALS, CategoryTree, kind_word
from assistant.domain.errors import NotFound
from assistant.domain.filter_language import near_words
from assistant.domain.languages.labels import BUILT_IN_PURPOSES, label_named, shown_label
from assistant.domain.languages.translating import translated
from assistant.storage.products import CATEGORY
from assistant.storage.tables import AccountRow, CategoryRow, ItemRow, PersonRow, PurposeRow


def purposes(session: Session) -> list[str]:
    """Return every purpose: the usual ones, those of accounts, and those that the user added."""
    found = dict.fromkeys(BUILT_IN_PURPOSES)
    found |= dict.fromkeys(session.scalars(select(col(AccountRow.purpose)).order_by(col(AccountRow.id))))
    found |= dict.fromkeys(session.scalars(select(col(PurposeRow.word)).order_by(col(PurposeRow.word))))
    return list(found)


def persons(session: Session) -> list[str]:
    """Return every person: owners of accounts, and those that the user added."""
    owners = session.scalars(select(col(AccountRow.owner)).order_by(col(AccountRow.id)))
    added = session.scalars(select(col(PersonRow.word)).order_by(col(PersonRow.word)))
    return list(dict.fromkeys(word for word in (*owners, *added) if word))


def category_tree(session: Session) -> CategoryTree:
    """Return the tree of categories."""
    return CategoryTree.of({row.word: row.parent for row in session.scalars(select(CategoryRow))})


def _tree_words(session: Session) -> list[str]:
    return [*category_tree(session).parents, *BUSINESS_CATEGORIES]


_LISTS: Mapping[str, tuple[Callable[[Session], Sequence[str]], Any]] = {
    "category": (_tree_words, CATEGORY),
    "purpose": (purposes, col(ItemRow.purpose)),
    "person": (persons, col(ItemRow.person)),
}


def label_word(session: Session, kind: str, word: str) -> str:
    """Return the category, purpose or person that a word of a filter names, in the user's language and in any case too.

    Raises NotFound, naming similar words, for a word that is in no list and on no item.
    """
    words, column = _LISTS[kind]
    known = words(session)
    own = next((other for other in known if other.casefold() == word.casefold()), None)
    if own is None:
        own = session.scalar(select(column).where(is_word(column, word)).limit(1))
    if own is not None:
        return str(own)
    found = label_named(kind, word)
    if found is None:
        raise NotFound(not_there(kind, word, known))
    return found


def not_there(kind: str, word: str, known: Iterable[str]) -> str:
    """Return the sentence for a word that is in no list: with near words, or with the command that lists them."""
    hint = near_words(word, [shown_label(kind, other) for other in known]) or translated(
        "'shopper {command}' lists them.", command=LABEL_PLURALS[kind]
    )
    return translated("There is no {kind} '{word}'. {hint}", kind=kind_word(kind), word=word[:40], hint=hint)


def is_word(column: Any, word: str) -> ColumnElement[bool]:
    """Compare without case. SQLite lowers A to Z only, PostgreSQL every letter; ß is unchanged in both."""
    plain = "".join(sign.lower() if sign.isascii() else sign for sign in word)
    return func.lower(column).in_({plain, word.lower()})
