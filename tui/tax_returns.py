"""Which tax return is shown: form, business and year, and how it is set up."""

from collections.abc import Mapping, Sequence

from assistant.domain.accounts.account import Account
from assistant.wire.taxes import SetUpReturnJson, TaxFormJson
from tui.store import Store

_USUAL_FORMS = {"amazon.co.uk": "sa103f", "amazon.de": "euer", "amazon.ca": "t2125"}


class ChosenReturn:
    """The form, with the name of the business if there are several, and the year."""

    def __init__(self) -> None:
        self.form, self.year = "", ""
        self._forms: list[TaxFormJson] = []
        self._returns: list[SetUpReturnJson] = []

    async def load(self, store: Store) -> None:
        """Load the forms and what was set up; choose form and year if nobody did. Raises DomainError."""
        if not self._forms:
            self._forms = await store.client.tax_forms()
        self._returns = await store.client.tax_returns()
        self.form = self.form or _usual_form(store.accounts)
        if self.year not in self._years:
            begun = [form.year for form in self._forms if form.form == self.kind and form.first <= store.today]
            self.year = (begun or self._years)[-1]

    @property
    def kind(self) -> str:
        """The form without the name of the business."""
        return self.form.partition(":")[0]

    @property
    def of_year(self) -> TaxFormJson | None:
        """The form of this year."""
        return next((form for form in self._forms if (form.form, form.year) == (self.kind, self.year)), None)

    @property
    def set_up(self) -> SetUpReturnJson | None:
        """How this return is set up, None if nobody did."""
        return next((each for each in self._returns if (each.form, each.year) == (self.form, self.year)), None)

    def turn(self, by: int) -> bool:
        """Choose another year of this form; return whether there is a year to show."""
        years = self._years
        if self.year in years:
            self.year = years[max(0, min(len(years) - 1, years.index(self.year) + by))]
        return self.year in years

    def titles(self) -> Mapping[str, str]:
        """Return the titles of all forms, and of the returns of businesses with a name."""
        titles = {form.form: form.title for form in self._forms}
        named = {each.form: titles.get(each.form.partition(":")[0], "") for each in self._returns}
        return {name: f"{name}: {title}" for name, title in sorted({**titles, **named}.items())}

    async def save(self, store: Store, answers: Mapping[str, str]) -> None:
        """Set up this form and year for a business with its accounts and settings, and show it. Raises NotFound, InvalidInput."""
        business = answers["business"].strip()
        name = f"{self.kind}:{business}" if business else self.kind
        settings = {key: value for key, value in answers.items() if key not in ("business", "accounts")}
        accounts = answers["accounts"].replace(",", " ").split()
        self.form = (await store.client.set_up_tax_year(name, self.year, accounts, settings)).form

    @property
    def _years(self) -> list[str]:
        return [form.year for form in self._forms if form.form == self.kind]


def _usual_form(accounts: Sequence[Account]) -> str:
    """Return the form of the country where the business accounts shop."""
    places = [place for account in accounts if account.purpose == "business" for place in account.marketplaces]
    return next((_USUAL_FORMS[place] for place in places if place in _USUAL_FORMS), "schedule-c")
