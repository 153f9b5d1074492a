"""Brings the amounts of an entry into the currency of a form, split into business and private, with and without reclaimable tax."""

from decimal import Decimal
from typing import NamedTuple

from assistant.domain.books.ledger_entry import Entry
from assistant.domain.books.sharing import share_out
from assistant.domain.books.taxes import round_half
from assistant.domain.taxes.forms import FormSetup, InputTax, TaxForm

PURPOSE = "business"


class Amounts(NamedTuple):
    """An entry in the currency of a form, minor units. `tax` is what is claimed back; the other parts are without it."""

    net: int = 0
    tax: int = 0
    private_net: int = 0
    private_tax: int = 0

    def plus(self, other: "Amounts") -> "Amounts":
        """Return the sum, part by part."""
        if not any(self):
            return other
        net, tax, private_net, private_tax = other
        return Amounts(self.net + net, self.tax + tax, self.private_net + private_net, self.private_tax + private_tax)


NOTHING = Amounts()


def amounts_of(entry: Entry, reclaimed: int, gross: int) -> Amounts:
    """Return an entry's amounts. `reclaimed` is the tax that is claimed back, `gross` the entry in the form's currency."""
    own, business = entry.parts.gross, entry.share_for(PURPOSE)
    tax = round_half(Decimal(reclaimed * business) / own) if reclaimed else 0
    parts = (business - tax, tax, own - business - (reclaimed - tax), reclaimed - tax)
    return Amounts(*(parts if gross == own else share_out(gross, parts)))


def reclaimed_taxes(entry: Entry, form: TaxForm, setup: FormSetup) -> dict[str, int]:
    """Return the taxes within an entry that the business claims back, by code, minor units of the entry's currency."""
    rules = form.input_tax
    if rules is None or not setup.has(rules.setting):
        return {}
    found: dict[str, int] = {}
    for tax in entry.taxes:
        if tax.code in rules.codes and _is_home_tax(entry, tax.rate, rules, form):
            found[tax.code] = found.get(tax.code, 0) + tax.amount
    return found


def _is_home_tax(entry: Entry, rate: Decimal | None, rules: InputTax, form: TaxForm) -> bool:
    """Return whether a tax is one of the form's country: shops of other countries charge the VAT of either."""
    if rules.rates and rate is not None:
        return rate in rules.rates
    if entry.order.marketplace is None:
        return entry.currency == form.currency
    return entry.order.marketplace in rules.marketplaces
