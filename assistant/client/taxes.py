"""Tax years, packs and receipts."""

from collections.abc import Sequence

from assistant.client.http import Calls, part
from assistant.domain.books.ledger_entry import Entry
from assistant.domain.taxes.returns import TaxReturn
from assistant.wire.books import EntryJson
from assistant.wire.shape import PageJson, encode
from assistant.wire.taxes import (
    AttachBody,
    CategoryLineBody,
    CollectBody,
    CollectedJson,
    ItemEvidenceJson,
    NumberedExportJson,
    PackBody,
    PrintBody,
    PurposeBody,
    ReasonBody,
    ReceiptCountJson,
    ReceiptJson,
    SetUpReturnJson,
    TaxFormJson,
    TaxQuestionJson,
    TaxReturnJson,
    TaxSetupBody,
)

_JSON = {"Content-Type": "application/json"}
_PACK = 600.0
"""Seconds: a pack with hundreds of receipts takes a minute."""


class TaxCalls(Calls):
    """Forms, filled forms, questions, evidence, locks and packs; receipts and business purposes."""

    async def tax_forms(self) -> list[TaxFormJson]:
        """Return the forms and years for which there is data."""
        return list((await self._api.json(PageJson[TaxFormJson], "GET", "/tax")).items)

    async def tax_returns(self) -> list[SetUpReturnJson]:
        """Return the returns that were set up: forms, businesses and years."""
        return list((await self._api.json(PageJson[SetUpReturnJson], "GET", "/tax/returns")).items)

    async def missing_receipts(self) -> ReceiptCountJson:
        """Return how many business orders there are, and those without a receipt."""
        return await self._api.json(ReceiptCountJson, "GET", "/receipts/missing")

    async def collect_receipts(self, paths: Sequence[str]) -> CollectedJson:
        """Attach the receipts in files, folders and mails of this computer. Raises InvalidInput."""
        return await self._api.json(CollectedJson, "POST", "/receipts/collected", CollectBody(tuple(paths)), seconds=_PACK)

    async def print_pages(self, orders: Sequence[str] = ()) -> CollectedJson:
        """Print kept pages and attach them; without orders, those of all business orders. Raises NotFound, BrowserAway."""
        return await self._api.json(CollectedJson, "POST", "/receipts/printed", PrintBody(tuple(orders)), seconds=_PACK)

    async def tax_year(self, form: str, year: str) -> TaxReturn:
        """Return a filled form. Raises NotFound."""
        return (await self._api.json(TaxReturnJson, "GET", _path(form, year))).to_domain()

    async def set_up_tax_year(self, form: str, year: str, accounts: Sequence[str], settings: dict[str, str]) -> TaxReturn:
        """Choose accounts and settings; return the filled form. Raises NotFound, InvalidInput."""
        return (await self._api.json(TaxReturnJson, "PUT", _path(form, year), TaxSetupBody(tuple(accounts), settings))).to_domain()

    async def map_category(self, form: str, category: str, line: str, why: str) -> None:
        """Put a category into another line of a form, by its number or key, in all years. Raises NotFound."""
        body = CategoryLineBody(line, why)
        await self._api.json(TaxFormJson, "PUT", f"/tax/{part(form)}/categories/{part(category)}", body)

    async def tax_line_entries(self, form: str, year: str, key: str) -> list[Entry]:
        """Return the entries of a line, by its key. Raises NotFound."""
        return await self._list(EntryJson, f"{_path(form, year)}/lines/{part(key)}")

    async def tax_questions(self, form: str, year: str) -> list[TaxQuestionJson]:
        """Return the open questions, largest amounts first. Raises NotFound."""
        return list((await self._api.json(PageJson[TaxQuestionJson], "GET", f"{_path(form, year)}/questions")).items)

    async def tax_worklist(self, form: str, year: str) -> list[ItemEvidenceJson]:
        """Return the evidence for each item, incomplete ones with the largest amounts first. Raises NotFound."""
        return list((await self._api.json(PageJson[ItemEvidenceJson], "GET", f"{_path(form, year)}/worklist")).items)

    async def lock_tax_year(self, form: str, year: str, reason: str) -> TaxReturn:
        """Lock a year. Raises InvalidInput."""
        return (await self._api.json(TaxReturnJson, "POST", f"{_path(form, year)}/lock", ReasonBody(reason))).to_domain()

    async def unlock_tax_year(self, form: str, year: str, reason: str) -> TaxReturn:
        """Unlock a year. Raises NotFound, InvalidInput."""
        return (await self._api.json(TaxReturnJson, "POST", f"{_path(form, year)}/unlock", ReasonBody(reason))).to_domain()

    async def tax_exports(self, form: str, year: str) -> list[NumberedExportJson]:
        """Return the exports and corrections of a year, by number. Raises NotFound."""
        return list((await self._api.json(PageJson[NumberedExportJson], "GET", f"{_path(form, year)}/exports")).items)

    async def export_tax_year(self, form: str, year: str, body: PackBody) -> bytes:
        """Return the pack of a year under the next number; cancelling the call uses none. Raises NotFound, Conflict."""
        return await self._api.call("POST", f"{_path(form, year)}/exports", body=encode(body), headers=_JSON, seconds=_PACK)

    async def receipts(self) -> list[ReceiptJson]:
        """Return all receipts with the state of their files."""
        return list((await self._api.json(PageJson[ReceiptJson], "GET", "/receipts")).items)

    async def attach_receipts(self, account: str, number: str, paths: Sequence[str]) -> list[ReceiptJson]:
        """Attach files to an order, all or none; return all receipts. Raises NotFound, InvalidInput."""
        body = AttachBody(account, number, tuple(paths))
        return list((await self._api.json(PageJson[ReceiptJson], "POST", "/receipts", body)).items)

    async def detach_receipt(self, number: str, sha256: str) -> None:
        """Detach a receipt from an order. Raises NotFound."""
        await self._api.call("DELETE", f"/receipts/{part(number)}/{part(sha256)}")

    async def remember_purpose(self, body: PurposeBody) -> None:
        """Store why items of a category, a seller or an order are bought for the business. Raises InvalidInput."""
        await self._api.call("POST", "/receipts/purposes", body=encode(body), headers=_JSON)


def _path(form: str, year: str) -> str:
    return f"/tax/{part(form)}/{part(year)}"
