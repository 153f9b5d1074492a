"""What lines of tax forms collect, for readers of another language than the form's.

The name of a line stays as the form prints it, because people look for it there. Its meaning is shown beside it, in the user's language.
"""

from assistant.domain.languages.language import current_language
from assistant.domain.languages.translating import to_translate, translated

_GERMAN = {
    "Betriebseinnahmen als umsatzsteuerlicher Kleinunternehmer": to_translate("income as a small business without VAT"),
    "Umsatzsteuerfreie, nicht umsatzsteuerbare Betriebseinnahmen": to_translate("income that is free of VAT"),
    "Waren, Rohstoffe und Hilfsstoffe": to_translate("goods, raw materials and supplies"),
    "Bezogene Fremdleistungen": to_translate("services of others"),
    "AfA auf bewegliche Wirtschaftsgüter": to_translate("depreciation of movable assets"),
    "Aufwendungen für geringwertige Wirtschaftsgüter": to_translate("low-value assets"),
    "Aufwendungen für Telekommunikation": to_translate("phone and internet"),
    "Übernachtungs- und Reisenebenkosten": to_translate("nights away and other costs of travel"),
    "Fortbildungskosten": to_translate("training"),
    "Rechts- und Steuerberatung, Buchführung": to_translate("lawyers, tax advisers and bookkeeping"),
    "Miete und Leasing beweglicher Wirtschaftsgüter": to_translate("rent and lease of movable assets"),
    "Beiträge, Gebühren, Abgaben und Versicherungen": to_translate("contributions, fees, duties and insurance"),
    "Erhaltungsaufwendungen": to_translate("upkeep and repairs"),
    "Laufende EDV-Kosten": to_translate("running costs of computers"),
    "Arbeitsmittel: Bürobedarf, Porto, Fachliteratur": to_translate("office supplies, postage and professional books"),
    "Abfallbeseitigung und Entsorgung": to_translate("waste disposal"),
    "Kosten für Verpackung und Transport": to_translate("packaging and transport"),
    "Werbekosten": to_translate("advertising"),
    "Gezahlte Vorsteuerbeträge": to_translate("input tax that was paid"),
    "Übrige unbeschränkt abziehbare Betriebsausgaben": to_translate("other expenses that count in full"),
    "Geschenke, abziehbar": to_translate("gifts, the part that counts"),
    "Bewirtungsaufwendungen, abziehbar": to_translate("business meals, the part that counts"),
}
"""The German names, and what they mean in English. Names of the other forms are English themselves."""
_DISALLOWABLE = "Disallowable expenses: "


def line_meaning(name: str) -> str:
    """Return what a line of a form is for in the user's language, "" if that is the language of the form."""
    if current_language() == ("de" if name in _GERMAN else "en"):
        return ""
    if name in _GERMAN:
        return translated(_GERMAN[name])
    if name.startswith(_DISALLOWABLE):
        return translated(to_translate("Disallowable expenses: {name}"), name=line_meaning(name.removeprefix(_DISALLOWABLE)))
    meaning = translated(name)
    return meaning if meaning != name else ""


def explained(name: str) -> str:
    """Return the name of a line with its meaning in parentheses, if the user's language is not the form's."""
    meaning = line_meaning(name)
    return f"{name} ({meaning})" if meaning else name
