"""The UNSPSC codes of Amazon Business reports, as categories; the longest known beginning of a code decides."""

_BY_BEGINNING = {
    "10": "garden", "1010": "pet", "1011": "pet", "1012": "pet", "1013": "pet", "1014": "pet",
    "14": "office", "141117": "consumable",
    "24": "office", "25": "automotive", "26": "electronics", "27": "tools", "30": "tools", "31": "tools", "32": "electronics",
    "39": "home", "40": "home", "41": "tools", "42": "medical", "43": "electronics", "44": "office", "45": "electronics",
    "46": "tools", "4618": "clothing", "47": "consumable", "48": "kitchen", "49": "sports", "50": "grocery", "51": "medical",
    "52": "home", "5214": "kitchen", "5215": "kitchen", "5216": "electronics", "53": "clothing", "5313": "beauty", "54": "jewelry",
    "55": "books", "5512": "office", "56": "home", "5611": "office", "60": "crafts", "6013": "music", "6014": "toys",
}  # fmt: skip
_DIGITS = 8


def by_unspsc(code: str | None) -> str | None:
    """Return the category of a code like "44103103"; None for a segment that says nothing, or for what is no code."""
    digits = (code or "").strip()
    if not (digits.isascii() and digits.isdecimal() and len(digits) == _DIGITS):
        return None
    return next((_BY_BEGINNING[digits[:length]] for length in (6, 4, 2) if digits[:length] in _BY_BEGINNING), None)
