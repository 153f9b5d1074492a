"""Labels many items at once: everything that a filter selects, in one step that can be undone."""

from collections.abc import Mapping

from assistant.domain.categories import LabelChange, labels_said
from assistant.domain.errors import InvalidInput
from assistant.domain.filters import Filter
from assistant.domain.journal import Action
from assistant.domain.languages.sentences import sentence_of
from assistant.domain.languages.translating import translated
from assistant.domain.text import fold
from assistant.services.books.word_lists import known_word
from assistant.services.orders.categories import learn
from assistant.storage.accounts.labels import label_word
from assistant.storage.books import word_lists as storage
from assistant.storage.books.splits import item_key, replace_split
from assistant.storage.books.word_lists import LabelledItem
from assistant.storage.engine import Database
from assistant.storage.unit_of_work import Session, UnitOfWork


class BulkLabels:
    """Labels the items of a filter."""

    def __init__(self, database: Database) -> None:
        """Work over an open ledger."""
        self._database = database

    def preview(self, found: Filter, labels: Mapping[str, str], *, new: bool = False) -> list[LabelChange]:
        """Return what labelling a filter's items would change; nothing is stored. Raises NotFound for an unknown word."""
        with self._database.writing() as work:
            return [change for change, _ in _changes(work.session, found, _words(work.session, labels, new=new))]

    def label(self, found: Filter, labels: Mapping[str, str], *, new: bool = False) -> list[LabelChange]:
        """Label all items of a filter in one step and return the changes. Raises NotFound for an unknown word."""
        with self._database.writing() as work:
            session = work.session
            with work.step(Action.ITEM_LABELLED, sentence_of("Labelled items: {labels}", labels=labels_said(labels))):
                words = _words(session, labels, new=new)
                changes = _changes(session, found, words)
                for change, item in changes:
                    _write(work, change, item)
            if changes:
                work.commit()
        return [change for change, _ in changes]


def _write(work: UnitOfWork, change: LabelChange, item: LabelledItem) -> None:
    for kind, word in change.after.items():
        setattr(item.row, kind, word)
    work.session.add(item.row)
    work.session.flush()
    if "purpose" in change.after:
        # A purpose for the whole item replaces its split.
        replace_split(work.session, item.row.order_id, item_key(work.session, item.row.order_id, item.row.line + 1), ())
    if "category" in change.after:
        learn(work.session, item.row.asin, item.row.title, change.after["category"])


def _changes(session: Session, found: Filter, words: Mapping[str, str]) -> list[tuple[LabelChange, LabelledItem]]:
    """Return the items of a filter that do not have all these words yet. Words of the filter are looked for in the item itself."""
    wanted = [fold(word) for word in found.words]
    purpose = label_word(session, "purpose", found.purpose) if found.purpose else ""
    changes = []
    for item in storage.items_of(session, found):
        searched = fold(item.search)
        mine = item.row.purpose or item.account_purpose
        if not all(word in searched for word in wanted) or (purpose and mine.casefold() != purpose.casefold()):
            continue
        own = {kind: getattr(item.row, kind) for kind in words}
        after = {kind: word for kind, word in words.items() if own[kind] != word}
        if not after:
            continue
        shown = {"category": item.suggested, "purpose": item.account_purpose, "person": None}
        change = LabelChange(
            account=item.account,
            number=item.number,
            item=item.row.line + 1,
            title=item.row.title or item.row.asin or "",
            before={kind: own[kind] or shown[kind] for kind in after},
            after=after,
        )
        changes.append((change, item))
    return changes


def _words(session: Session, labels: Mapping[str, str], *, new: bool) -> dict[str, str]:
    if not labels:
        raise InvalidInput(translated("Say what the items are: a category, a purpose or a person."))
    return {kind: known_word(session, kind, word, new=new, flag="--new") for kind, word in labels.items()}
