"""From a PATH to what it says: take it apart, find the importer of each file, join what belongs to one order."""

from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from assistant.domain.documents import Extraction, Problem, Source, SourceKind
from assistant.domain.orders import Order
from assistant.importers.base import Importer
from assistant.importers.bundle import Bundle, bundle
from assistant.importers.business_report import BusinessReport
from assistant.importers.collecting import collecting_later
from assistant.importers.digital_orders import DigitalOrders
from assistant.importers.joining import joined_orders
from assistant.importers.json_orders import JsonOrders
from assistant.importers.json_rows import json_sheet
from assistant.importers.order_reports import OrderReports
from assistant.importers.orders_csv import OrdersCsv
from assistant.importers.payments_csv import PaymentsCsv
from assistant.importers.refunds import Refunds, Returns
from assistant.importers.retail_orders import RetailOrders
from assistant.importers.saved_page import looks_like_page, read_saved_page
from assistant.importers.sheets import Sheet, sheet

IMPORTERS: tuple[Importer, ...] = (
    RetailOrders(),
    DigitalOrders(),
    Refunds(),
    Returns(),
    BusinessReport(),
    OrderReports(),
    JsonOrders(),
    PaymentsCsv(),
    OrdersCsv(),
)
MOST_PAGE_BYTES = 16 << 20


def read_path(path: Path, url: str | None = None) -> Extraction:
    """Return what a file, folder or zip says. Never raises for bad content: kind `other` and a problem instead."""
    with collecting_later():
        return _read(bundle(path), url)


def read_bytes(name: str, content: bytes, url: str | None = None) -> Extraction:
    """Return what one file's bytes say."""
    found = Bundle(name=name)
    found.files.append((name, content))
    return _read(found, url)


def _read(found: Bundle, url: str | None) -> Extraction:
    if not found.many and len(found.files) == 1 and looks_like_page(*found.files[0]):
        return _page(*found.files[0], url)
    claimed, pages = _sorted(found, url)
    findings = [(importer.kind, importer.extract(sheets)) for importer, sheets in claimed.items()]
    problems = [*found.problems, *(problem for _, entry in findings for problem in entry.problems)]
    problems += [problem for page in pages for problem in page.problems]
    if not findings and not pages and not found.problems:
        problems.append(_not_understood(found))
    orders = joined_orders([*((kind, entry.orders) for kind, entry in findings), *((page.source.kind, page.orders) for page in pages)])
    kinds = list(dict.fromkeys(kind for kind, _ in findings))
    kind = SourceKind.PRIVACY_ZIP if found.many and kinds else kinds[0] if len(kinds) == 1 else SourceKind.OTHER
    return Extraction(
        source=Source(name=found.name, kind=kind, marketplace=_marketplace(orders), layout=next(iter(claimed)).layout if claimed else None),
        orders=tuple(orders),
        transactions=tuple(chain.from_iterable([*(entry.transactions for _, entry in findings), *(page.transactions for page in pages)])),
        problems=tuple(problems),
    )


def _sorted(found: Bundle, url: str | None) -> tuple[dict[Importer, list[Sheet]], list[Extraction]]:
    claimed: dict[Importer, list[Sheet]] = {}
    pages = []
    for name, content in found.files:
        if looks_like_page(name, content):
            pages.append(_page(name, content, url))
            continue
        table = json_sheet(name, content) or sheet(name, content)
        claims = _claims(table) if table else []
        if len(claims) > 1:
            kinds = " and like ".join(claim.kind.value for claim in claims)
            found.refuse(name, "ambiguous", f"The file looks like {kinds}; it was not read.")
        elif claims and table is not None:
            claimed.setdefault(claims[0], []).append(table)
    return claimed, pages


def _claims(table: Sheet) -> list[Importer]:
    """Return the importers that know a sheet; what Amazon's own have is no other tool's."""
    claims = [importer for importer in IMPORTERS if importer.identify(table)]
    return [importer for importer in claims if importer.kind is not SourceKind.ORDERS_CSV] or claims[:1]


def _page(name: str, content: bytes, url: str | None) -> Extraction:
    if len(content) <= MOST_PAGE_BYTES:
        return read_saved_page(name, content, url)
    text = f"The page has {len(content) >> 20} MB; more than {MOST_PAGE_BYTES >> 20} MB is no order page. Save it again."
    return Extraction(source=Source(name=name), problems=(Problem(where=name, code="too-large", text=text),))


def _not_understood(found: Bundle) -> Problem:
    if found.many:
        text = "Nothing in here is an export of Amazon's. Look for 'Your Orders.zip' in the mail from Amazon."
    elif not found.files or not found.files[0][1] or found.files[0][1].isspace():
        text = "The file is empty. Look for 'Your Orders.zip' in the mail from Amazon."
    else:
        text = "The file is not an Amazon export that can be read here. Look for 'Your Orders.zip' in the mail from Amazon."
    return Problem(where=found.name, code="unknown-format", text=text)


def _marketplace(orders: Iterable[Order]) -> str | None:
    sites = {order.marketplace for order in orders if order.marketplace}
    return sites.pop() if len(sites) == 1 else None
