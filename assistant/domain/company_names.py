"""Normalises company names for comparing."""

import re
from functools import lru_cache

from assistant.domain.text import fold

_WORDS = re.compile(r"[^\W_]+")
_LEGAL_FORMS = frozenset(_WORDS.findall("llc inc ltd limited gmbh ag kg ug co corp company kk sarl sas bv ab plc srl"))

# "Moeller" is how "Möller" is written without its dots.
_DIGRAPH = re.compile("([aou])e")


@lru_cache(maxsize=4096)
def company(name: str) -> str:
    """Return a company's name for comparing: folded and without its legal form."""
    words = _WORDS.findall(_DIGRAPH.sub(r"\1", fold(name)))
    return " ".join(word for word in words if word not in _LEGAL_FORMS) or " ".join(words)
