"""Says how an address that a person typed is understood: its street, postcode and city."""

import re
from dataclasses import dataclass

from assistant.domain.accounts.addresses import address_of
from assistant.domain.languages.translating import to_translate, translated

_POSTCODE = re.compile(
    r"(?<![\w-])(?:[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}|[A-Z]\d[A-Z]\s*\d[A-Z]\d|\d{4}\s?[A-Z]{2}(?=\s+[^\W\d]{3})"
    r"|\d{2}-\d{3}|\d{5}-\d{3,4}|\d{4}-\d{3}|\d{3}-\d{4}|\d{3}\s\d{2}(?=\s+[^\W\d]{2})|\d{4,7})(?![\w-])",
    re.IGNORECASE,
)
_STATE = re.compile(r"\(?[A-Z]{2,3}\)?")
_EDGES = " .,;-–()〒"


@dataclass(frozen=True, slots=True)
class AddressParts:
    """The parts of a whole address as a person wrote them; "" where one was not found."""

    label: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""


def understood(address: str) -> str:
    """Return how an address is understood, for the person who typed it, as half a sentence."""
    parsed = address_of(address)
    if not parsed.whole:
        label = address.partition("/")[0].strip()
        text = to_translate("{label}: postcode {postcode}; the first order there, or your answer, shows which house")
        return translated(text, label=label, postcode=parsed.postcode.upper())
    parts = parts_of(address)
    found = [translated("street {street}", street=parts.street)] if parts.street else []
    found.append(translated("postcode {postcode}", postcode=parts.postcode) if parts.postcode else "")
    found.append(translated("city {city}", city=parts.city) if parts.city else "")
    found.append("" if parts.postcode else translated("no postcode"))
    told = ", ".join(filter(None, found))
    return f"{parts.label}: {told}" if parts.label else told


def parts_of(address: str) -> AddressParts:
    """Return the parts of a whole address."""
    label, place = "", " ".join(address.split()) if "\n" not in address else address
    if address_of(address).label:
        label, _, place = place.partition("/")
    segments = [segment for part in re.split(r"[,;\n]", place) if (segment := part.strip(_EDGES))]
    at, code = _postcode_in(segments)
    if code is None:
        return AddressParts(label.strip(), ", ".join(segments))
    before, after = segments[at][: code.start()].strip(_EDGES), segments[at][code.end() :].strip(_EDGES)
    street, city = segments[:at], " ".join(word for word in f"{before} {after}".split() if not _STATE.fullmatch(word))
    if len(segments) == 1:
        street, city = [before or after], after if before else ""
    elif at == 0:
        street = segments[1:]
    elif not city and len(street) > 1:
        city = street.pop()
    return AddressParts(label.strip(), ", ".join(street), code[0].upper(), city)


def _postcode_in(segments: list[str]) -> tuple[int, re.Match[str] | None]:
    """Return the postcode and the number of its part; in the first part of several a number at the start is a house."""
    for at in range(len(segments) - 1, -1, -1):
        found = list(_POSTCODE.finditer(segments[at]))
        if found:
            return at, found[-1]
    return 0, None
