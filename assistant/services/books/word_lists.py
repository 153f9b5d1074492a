"""Categories, purposes and persons: closed lists, so that a typing error never makes a new one."""

from assistant.domain.categories import LABEL_PLURALS, CategoryPlace, CategoryTree, kind_said, kind_word
from assistant.domain.errors import Conflict, InvalidInput, NotFound
from assistant.domain.filter_language import near_words
from assistant.domain.journal import Action
from assistant.domain.judging.user_rules.parsing import words_in
from assistant.domain.languages.labels import label_named, label_said, shown_label
from assistant.domain.languages.sentences import sentence_of
from assistant.domain.languages.translating import translated
from assistant.domain.text import clean_text
from assistant.storage.books import word_lists as storage
from assistant.storage.engine import Database
from assistant.storage.unit_of_work import Session
from assistant.storage.user_rules import kept_rules

_LONGEST = 40


class WordLists:
    """Lists and changes the words."""

    def __init__(self, database: Database) -> None:
        """Work over an open ledger."""
        self._database = database

    def tree(self) -> CategoryTree:
        """Return the tree of categories."""
        with self._database.reading() as session:
            return storage.category_tree(session)

    def category_places(self) -> list[CategoryPlace]:
        """Return every category with the one that it is under, each after that one."""
        with self._database.reading() as session:
            tree, own = storage.category_tree(session), storage.own_categories(session)
            known = storage.categories(session)
        words = [*tree.ordered(), *(word for word in known if word not in tree.parents)]
        return [CategoryPlace(category=word, under=tree.parents.get(word) or None, own=word in own) for word in words]

    def words(self, kind: str) -> list[str]:
        """Return every word of a kind."""
        with self._database.reading() as session:
            return _known(session, kind)

    def add(self, kind: str, word: str, *, under: str = "") -> str:
        """Add a word, a category below another one; return the stored word. Raises Conflict if it exists, NotFound, InvalidInput."""
        with self._database.writing() as work:
            wanted = _clean(kind, word)
            if label_named(kind, wanted, _known(work.session, kind)):
                raise Conflict(translated("There is a {kind} '{wanted}' already.", kind=kind_word(kind), wanted=wanted))
            parent = known_word(work.session, "category", under) if under else ""
            what = sentence_of("Added the {kind} '{word}'", kind=kind_said(kind), word=wanted)
            if parent:
                what = sentence_of(
                    "Added the {kind} '{word}' under {parent}", kind=kind_said(kind), word=wanted, parent=label_said(kind, parent)
                )
            with work.step(Action.WORDS_CHANGED, what):
                if kind == "category":
                    storage.place_category(work.session, wanted, parent)
                else:
                    storage.add_word(work.session, kind, wanted)
            work.commit()
        return wanted

    def move_category(self, word: str, under: str) -> str:
        """Move a category under another one, "" for the top; return the moved word. Raises NotFound, Conflict for a circle."""
        with self._database.writing() as work:
            session = work.session
            moved = known_word(session, "category", word)
            parent = known_word(session, "category", under) if under else ""
            if parent in storage.category_tree(session).below(moved):
                raise Conflict(
                    translated(
                        "'{parent}' is '{moved}' or below it. Choose another category.",
                        parent=shown_label("category", parent),
                        moved=shown_label("category", moved),
                    )
                )
            what = sentence_of("Moved the category '{word}' to the top", word=label_said("category", moved))
            if parent:
                what = sentence_of(
                    "Moved the category '{word}' under {parent}", word=label_said("category", moved), parent=label_said("category", parent)
                )
            with work.step(Action.WORDS_CHANGED, what):
                storage.place_category(session, moved, parent)
            work.commit()
        return moved

    def remove(self, kind: str, word: str) -> None:
        """Remove a word that the user added. Raises NotFound, Conflict for a built-in word, one in use, or one with others below it."""
        with self._database.writing() as work:
            session = work.session
            found = known_word(session, kind, word)
            used = storage.times_used(session, kind, found)
            if used:
                raise Conflict(
                    translated(
                        "{used} items have the {kind} '{found}'. Give them another one first: shopper categorize.",
                        used=used,
                        kind=kind_word(kind),
                        found=found,
                    )
                )
            rule = next((kept for kept in kept_rules(session) if found.casefold() in words_in(kept.written, kind)), None)
            if rule is not None:
                raise Conflict(
                    translated(
                        "The rule {rule} names the {kind} '{found}'. Change or remove it first: shopper rules.",
                        rule=rule.id,
                        kind=kind_word(kind),
                        found=found,
                    )
                )
            if kind == "category" and len(storage.category_tree(session).below(found)) > 1:
                raise Conflict(translated("Other categories are under '{found}'. Move them first: shopper categories move.", found=found))
            with work.step(Action.WORDS_CHANGED, sentence_of("Removed the {kind} '{word}'", kind=kind_said(kind), word=found)):
                if not storage.remove_word(session, kind, found):
                    raise Conflict(translated("The {kind} '{found}' is not one that you added.", kind=kind_word(kind), found=found))
            work.commit()


def _known(session: Session, kind: str) -> list[str]:
    return {"category": storage.categories, "purpose": storage.purposes, "person": storage.persons}[kind](session)


def _clean(kind: str, word: str) -> str:
    wanted = clean_text(word)[:_LONGEST].strip()
    if not wanted or any(sign in wanted for sign in "=%:"):
        raise InvalidInput(
            translated(
                "'{word}' cannot be a {kind}. Use a word like {example}.",
                word=word[:40],
                kind=kind_word(kind),
                example=shown_label("category", "office") if kind == "category" else shown_label("purpose", "business"),
            )
        )
    return wanted


def known_word(session: Session, kind: str, word: str, *, new: bool = False, flag: str = "") -> str:
    """Return the category, purpose or person with this name. Raises NotFound with near names, unless a new one is wanted.

    `flag`: the one with which the command makes a new word.
    """
    known = _known(session, kind)
    wanted = clean_text(word)[:_LONGEST].strip()
    found = label_named(kind, wanted, known)
    if found is not None:
        return found
    wanted = _clean(kind, word)
    if new:
        storage.add_word(session, kind, wanted)
        return wanted
    names = [shown_label(kind, other) for other in known]
    there = ", ".join(names if kind != "category" else names[:12])
    hint = near_words(wanted, names) or translated("There are: {names}.", names=there)
    values = {"kind": kind_word(kind), "wanted": wanted, "hint": hint, "command": LABEL_PLURALS[kind]}
    if flag:
        raise NotFound(
            translated("There is no {kind} '{wanted}'. {hint} 'shopper {command} add' makes one, and so does {flag}.", flag=flag, **values)
        )
    raise NotFound(translated("There is no {kind} '{wanted}'. {hint} 'shopper {command} add' makes one.", **values))
