"""`shopper deliveries`: what is on its way, what is late, and what arrived lately."""

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.console import print_csv, print_json, print_table, print_text, shown_day
from assistant.cli.filter_flags import CsvFlag, FilterFlags, JsonFlag, with_flags
from assistant.cli.open_services import services_of
from assistant.domain.languages.translating import translated, translated_count
from assistant.domain.languages.words import shown_word

if TYPE_CHECKING:
    from datetime import date

    from assistant.domain.orders.deliveries import Delivery

_HEADER = (
    "account",
    "order_id",
    "state",
    "placed_on",
    "shipped_on",
    "promised_on",
    "expected_on",
    "delivered_on",
    "slipped",
    "tracking",
    "items",
    "title",
)


@with_flags
def deliveries(
    context: typer.Context,
    flags: FilterFlags,
    arrived: Annotated[bool, typer.Option("--all", help="Parcels that arrived longer than 14 days ago too.")] = False,
    as_json: JsonFlag = False,
    as_csv: CsvFlag = False,
) -> None:
    """List parcels: late ones first, then what is expected or on its way, then what arrived in the last 14 days."""
    found = flags.filter
    with services_of(context) as services:
        parcels = services.deliveries.all(found, services.today, arrived=arrived)
    if as_json:
        from assistant.wire.orders import DeliveryJson

        print_json({"items": [DeliveryJson.of(parcel) for parcel in parcels], "next": None, "total": len(parcels)})
    elif as_csv:
        print_csv(
            _HEADER,
            [
                (
                    parcel.account,
                    parcel.number,
                    parcel.state.value,
                    *(
                        str(day or "")
                        for day in (parcel.placed_on, parcel.shipped_on, parcel.promised_on, parcel.expected_on, parcel.delivered_on)
                    ),
                    str(parcel.slipped),
                    parcel.tracking or "",
                    str(parcel.items),
                    parcel.title,
                )
                for parcel in parcels
            ],
        )
    elif parcels:
        rows = [(shown_word(parcel.state.value), shown_day(_day(parcel)), *_what(parcel)) for parcel in parcels]
        print_table(("state", "day", "account", "order", "what", ""), rows)
    else:
        print_text(translated("Nothing is on its way, and nothing arrived in the last 14 days. --all lists older parcels too."))


def _day(parcel: "Delivery") -> "date | None":
    return parcel.delivered_on or parcel.expected_on or parcel.shipped_on or parcel.placed_on


def _what(parcel: "Delivery") -> tuple[str, ...]:
    late = translated_count("{count} day later than promised", "{count} days later than promised", parcel.slipped)
    return parcel.account, parcel.number, parcel.title[:60], late if parcel.slipped else ""
