"""The demo household: four accounts, two years of orders in several currencies, imported like a user's files."""

import random
import tempfile
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from assistant.bootstrap import Services
from assistant.demo.bookkeeping import keep_books
from assistant.demo.catalogue import BUSINESS, FAMILY, HOUSEHOLD, PERSONAL, CatalogueProduct
from assistant.demo.export_zips import ExportLine, ExportOrder, write_export
from assistant.demo.recent_visits import live_through
from assistant.domain.accounts.account import AccountChange

_DAYS = 730
_SEED = 2026


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One account of the household and how it shops; `tax` is a share in thousandths."""

    key: str
    label: str
    purpose: str
    letters: str
    customer_id: str
    greeting: str
    site: str
    currency: str
    products: tuple[CatalogueProduct, ...]
    address: str
    street: str
    card: str
    payment: str
    tax: int
    first: str
    owner: str = "robin"
    organization: str | None = None
    old_layout: bool = False


MEMBERS = (
    Member(
        key="per", label="Personal", purpose="personal", letters="PER", customer_id="A1DEMOPERS0001", greeting="Robin", site="Amazon.com",
        currency="USD", products=PERSONAL, address="home/97205", street="Robin Ortiz 12 Fern Street Portland OR 97205 United States",
        card="visa/4821", payment="Visa - 4821", tax=0, first="112", old_layout=True,
    ),
    Member(
        key="biz", label="Ortiz Design", purpose="business", letters="BIZ", customer_id="A1DEMOBUSI0002", greeting="Robin",
        site="Amazon.com", currency="USD", products=BUSINESS, address="office/97209",
        street="Ortiz Design LLC 80 Mill Lane Portland OR 97209 United States", card="amex/3007", payment="American Express - 3007",
        tax=0, first="113", organization="Ortiz Design LLC",
    ),
    Member(
        key="home", label="Household", purpose="household", letters="HOME", customer_id="A1DEMOHOME0003", greeting="Home",
        site="Amazon.com", currency="USD", products=HOUSEHOLD, address="home/97205",
        street="Sam Ortiz 12 Fern Street Portland OR 97205 United States", card="mc/5550", payment="MasterCard - 5550", tax=0,
        first="114", owner="sam", old_layout=True,
    ),
    Member(
        key="fam", label="Familie Berlin", purpose="family", letters="FAM", customer_id="A1DEMOFAMI0004", greeting="Jo", site="Amazon.de",
        currency="EUR", products=FAMILY, address="berlin/10435", street="Jo Ortiz Kastanienallee 7 10435 Berlin Germany",
        card="visa/9033", payment="Visa - 9033", tax=190, first="305", owner="jo",
    ),
)  # fmt: skip


def seed(services: Services, now: datetime) -> None:
    """Fill an empty ledger; the same day gives the same household. `now` is the clock's own time."""
    today = now.date()
    for member in MEMBERS:
        change = AccountChange(
            letters=member.letters,
            owner=member.owner,
            marketplaces=(member.site.lower(),),
            addresses=(member.address,),
            cards=(member.card,),
            organization=member.organization,
            business=member.organization is not None,
        )
        services.accounts.add(member.label, member.purpose, key=member.key, change=change)
        services.accounts.link(member.key, member.customer_id)
    chance = random.Random(_SEED)  # noqa: S311  # a reproducible household, no secret
    with tempfile.TemporaryDirectory(prefix="shopper-demo-") as folder:
        for member in MEMBERS:
            file = Path(folder) / f"Your Orders ({member.label}).zip"
            write_export(file, _history(member, today, chance), old=member.old_layout)
            services.imports.take_paths([file], account=member.key)
    for product in (*PERSONAL, *BUSINESS, *HOUSEHOLD, *FAMILY):
        services.ledger.file_product(product.asin, product.category)
    services.rules.add({"type": "route", "match": {"words": ["toner"]}, "to": "biz", "strength": "hard"})
    live_through(services, {member.key: member.customer_id for member in MEMBERS}, now)
    keep_books(services, today)


def _history(member: Member, today: date, chance: random.Random) -> list[ExportOrder]:
    days: dict[int, list[CatalogueProduct]] = {}
    for product in member.products:
        ago = chance.randrange(1, product.every + 1)
        while ago < _DAYS:
            days.setdefault(ago, []).append(product)
            ago += max(7, int(product.every * chance.uniform(0.7, 1.3)))
    purchases = [
        _purchase(member, today - timedelta(days=ago), products, serial, chance)
        for serial, (ago, products) in enumerate(sorted(days.items()))
    ]
    if member.key == "per":
        purchases += _extras(member, today, chance)
    if purchases:
        purchases[0] = replace(purchases[0], open=True, refund=0)
    return purchases


def _purchase(member: Member, on: date, products: list[CatalogueProduct], serial: int, chance: random.Random) -> ExportOrder:
    lines = tuple(_export_line(member, product, chance) for product in products)
    total = sum((line.price + line.tax) * line.quantity + line.shipping + line.discount for line in lines)
    luck = chance.random()
    return ExportOrder(
        number=f"{member.first}-{1000000 + serial * 7919 % 8999999}-{2000000 + serial * 104729 % 7999999}",
        on=on,
        lines=lines,
        site=member.site,
        currency=member.currency,
        payment=member.payment,
        address=member.street,
        cancelled=luck > 0.985,  # noqa: PLR2004  # about one order in seventy
        refund=total if luck < 0.03 else 0,  # noqa: PLR2004  # about one in thirty
        refunded_on=on + timedelta(days=12),
    )


def _export_line(member: Member, product: CatalogueProduct, chance: random.Random) -> ExportLine:
    drift = chance.choice((0, 0, 0, -100, 50, 150))
    price = product.price + (drift if product.price > 1500 else 0)  # noqa: PLR2004  # prices of cheap items do not change
    return ExportLine(
        product=product,
        quantity=chance.choice((1, 1, 1, 1, 2)),
        price=price,
        tax=price * member.tax // 1000,
        shipping=chance.choice((0, 0, 0, 599)) if price < 2500 else 0,  # noqa: PLR2004  # free delivery above
        discount=-(price // 10) if chance.random() < 0.08 else 0,  # noqa: PLR2004  # a coupon now and then
    )


def _extras(member: Member, today: date, chance: random.Random) -> list[ExportOrder]:
    """The toner that went to the wrong account, and two purchases abroad in other currencies."""
    toner = replace(BUSINESS[0])
    wrong = _purchase(member, today - timedelta(days=4), [toner], 901, chance)
    tea = CatalogueProduct("B0DEMOX001", "Loose leaf tea sampler, 12 tins", 2600, "grocery", 900)
    abroad = _purchase(member, today - timedelta(days=70), [tea], 902, chance)
    kit = CatalogueProduct("B0DEMOX002", "Origami paper, 500 sheets, washi", 3200, "crafts", 900)
    far = _purchase(member, today - timedelta(days=200), [kit], 903, chance)
    return [
        replace(wrong, cancelled=False, refund=0),
        replace(abroad, site="Amazon.co.uk", currency="GBP", number=f"203-{abroad.number[4:]}", cancelled=False),
        replace(far, site="Amazon.ca", currency="CAD", number=f"701-{far.number[4:]}", cancelled=False),
    ]
