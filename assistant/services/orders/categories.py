"""The category of a product: from a rule, the user, a business report or its product page, else a guess from its title.

A guess counts only above a minimum confidence. Otherwise the category is unknown and causes no warning.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from assistant.categories.classifier import SURE, Classifier, by_unspsc, classifier
from assistant.domain.categories import CategorySource, Filed
from assistant.domain.judging.situation import JudgedEvent, JudgedItem, Situation
from assistant.domain.judging.user_rules.kinds import TAGS
from assistant.domain.judging.user_rules.rules import TagRule, UserRule
from assistant.rules.case import Case
from assistant.rules.described.user_rules import stored_rules
from assistant.rules.matching.user_rule import fits
from assistant.storage import products
from assistant.storage.engine import Database
from assistant.storage.products import KnownProduct
from assistant.storage.unit_of_work import Session
from assistant.storage.user_rules import rule_texts

_REPORT, _PAGE = 95, 90
_LINES, _STALE = 2000, 200
"""Tags that say what a product is for. Any other tag of a rule is a category."""

Decide = Callable[[KnownProduct], Filed | None]


class Categories:
    """Finds the category of every product, in batches."""

    def __init__(self, database: Database) -> None:
        """Work over an open ledger."""
        self._database = database
        self._last = 0

    def catch_up(self, lines: int = _LINES) -> int:
        """Find the categories of products in new lines, and of some that are out of date; return the number of products."""
        with self._database.reading() as session:
            last, fresh = products.products_after(session, self._last, lines)
            known = products.sources_of(session, [product.key for product in fresh])
            waiting = [
                product for product in fresh if product.key not in known or (product.unspsc and known[product.key] is CategorySource.GUESS)
            ]
            waiting += products.stale_products(session, limit=_STALE)
            answers = _answers(session, waiting)
        if answers:
            with self._database.writing() as work:
                products.save(work.session, answers)
                work.commit()
        self._last = last
        return len(answers)

    def catch_up_newest(self, lines: int = _LINES) -> int:
        """Find the categories of the products in the newest lines; a long-running server does the rest later."""
        with self._database.reading() as session:
            self._last = max(0, products.newest_line(session) - lines)
        return self.catch_up(lines)


def learn(session: Session, asin: str | None, title: str | None, word: str | None) -> None:
    """Store the category that the user gave a product, None to remove it, and guess similar products again. The caller commits."""
    key = products.key_of(asin, title)
    if key is None:
        return
    products.note(session, key, title or "", {"word": word})
    products.save(session, _answers(session, products.stale_products(session, key=key)))
    products.doubt_guesses_like(session, title or "")


def note_page(session: Session, asin: str, title: str, category: str) -> None:
    """Store the category that a product page shows. The caller commits."""
    products.note(session, asin, title, {"page": category})
    products.save(session, _answers(session, products.stale_products(session, key=asin)))


def with_categories(
    session: Session, items: Sequence[JudgedItem], marketplace: str | None, rules: tuple[UserRule, ...]
) -> tuple[JudgedItem, ...]:
    """Return items with a category where one is known or can be guessed; existing categories stay."""
    keys = {key for item in items if not item.category and (key := products.key_of(item.asin, item.title))}
    if not keys:
        return tuple(items)
    known, decide = products.filed(session, keys), _decider(session, rules)
    found = []
    for item in items:
        key = products.key_of(item.asin, item.title)
        answer = None
        if not item.category and key:
            answer = known[key] if key in known else decide(KnownProduct(key=key, title=item.title or "", marketplace=marketplace))
        found.append(replace(item, category=answer.category) if answer else item)
    return tuple(found)


def _answers(session: Session, found: Iterable[KnownProduct]) -> dict[KnownProduct, Filed | None]:
    waiting = list(found)
    decide = _decider(session, stored_rules(rule_texts(session))) if waiting else None
    return {product: decide(product) for product in waiting} if decide else {}


def _decider(session: Session, rules: Iterable[UserRule]) -> Decide:
    """Return a function that finds a product's category from the current rules and words; it builds the classifier on first use."""
    tags = tuple(rule for rule in rules if isinstance(rule, TagRule) and rule.tag and rule.tag not in TAGS)
    learned: list[Classifier] = []

    def decide(product: KnownProduct) -> Filed | None:
        tag = _tagged(tags, product)
        said = (
            (tag, CategorySource.RULE, 100),
            (product.word, CategorySource.KNOWN, 100),
            (by_unspsc(product.unspsc), CategorySource.REPORT, _REPORT),
            (product.page, CategorySource.PAGE, _PAGE),
        )
        for category, source, confidence in said:
            if category:
                return Filed(category=category, source=source, confidence=confidence)
        if not product.title:
            return None
        if not learned:
            learned.append(classifier(products.corrections(session)))
        guess = learned[0].guess(product.title)
        return Filed(category=guess[0], source=CategorySource.GUESS, confidence=guess[1]) if guess and guess[1] >= SURE else None

    return decide


def _tagged(tags: tuple[TagRule, ...], product: KnownProduct) -> str | None:
    item = JudgedItem(title=product.title, asin=product.key)
    case = Case(Situation(accounts={}, rules=tags, event=JudgedEvent(marketplace=product.marketplace, items=(item,)))) if tags else None
    return next((rule.tag for rule in tags if case is not None and fits(case, rule.match, item)), None)
