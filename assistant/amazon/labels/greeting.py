"""Reads the name in the header's greeting, in all marketplace languages. A name is a hint, never proof."""

import re

from assistant.amazon.values.folding import after, pattern, plain

_HELLO = pattern(
    r"^(?:hello|hi|hey|hallo|bonjour|bonsoir|ciao|hola|ola|hej|hejsan|hei|dzien dobry|witaj|czesc|merhaba|selam|ahoj|dobry den|"
    r"namaste|नमस्ते|こんにちは|مرحبا|مرحبًا|اهلا|أهلاً|السلام عليكم|عزيز[يت]ي?|您好|你好|尊敬的|亲爱的|"
    r"dear|good (?:morning|afternoon|evening|day)|greetings|guten (?:tag|morgen|abend)|moin|servus|"
    r"(?:sehr )?geehrte?[rs]?(?: (?:frau|herr|damen und herren))?|liebe?[rs]?(?: (?:frau|herr))?|chere?s?|"
    r"gentil[ei](?: (?:signor[ae]?|sig\.?(?:ra)?|cliente))?|egregi[oa]|car[oa]|salve|buon(?:giorno|asera)|"
    r"estimad[oa](?: (?:sr|sra|senora?)\.?)?|querid[oa]|buen(?:os|as) (?:dias|tardes|noches)|bom dia|boa (?:tarde|noite)|"
    r"prezad[oa]|car[oa]|"
    r"beste|geachte(?: (?:heer|mevrouw))?|goede(?:morgen|middag|navond|ndag)|bast[ae]|kara|"
    r"szanown[yai](?: (?:panie|pani|panstwo))?|drog[iaoy](?: (?:panie|pani))?|sayin|degerli|sevgili)"
    r"(?:\s*[,、،，:!]\s*|\s+)"
)
_NOBODY = pattern(
    r"(?:(?:valued |dear |our )?(?:amazon )?(?:customers?|client[es]?|clients?|kund[ei]?n?|kunder?|clienti|klant(?:en)?|kliencie|"
    r"klientk[oai]|"
    r"musterimiz|shopper|user|friend|sir|madam|there|all|everyone|damen und herren|kundin|kundinnen)|お客|عميل|客户|顾客)\b"
)
_END_OF_NAME = re.compile(r"[,;:!?،，、：！。]|\.(?:\s|\Z)(?<![A-Z]\.\s)(?<![A-Z]\.)")
_ADDRESSED = re.compile(r"(?P<name>[^\s,、。：:]{1,20}(?:[ \u3000][^\s,、。：:]{1,20})?)\s?(?:様|さま)\s*\Z")
_MOST_WORDS = 5
_SAN = re.compile(r"\s*(?:さん|様)\Z")
_SIGN_IN = pattern(
    r"sign in|log in|anmelden|identifiez-vous|se connecter|accedi|identificate|inicia(?:r)? sesion|faca (?:seu )?login|"
    r"inicie sessao|inloggen|"
    r"logga in|zaloguj sie|giris yap|prihlaste se|ログイン|サインイン|登录|تسجيل الدخول|साइन इन"
)
_ACCOUNT_FOR = pattern(
    r"^(?:account for|konto fur|compte pour|compte de|account per|account di|cuenta de|cuenta para|conta de|"
    r"account voor|konto for|hesap:?)\s+"
)
_LONGEST = 200


def says_sign_in(greeting: str) -> bool:
    """Return whether the greeting asks to sign in."""
    return _SIGN_IN.search(plain(greeting)) is not None


def greeted_name(greeting: str) -> str | None:
    """Return the name in the header's "Hello, Alex"; None if it greets no one."""
    if says_sign_in(greeting):
        return None
    text = greeting[:_LONGEST]
    name = after(_HELLO, text)
    return _SAN.sub("", text if name is None else name).strip(" ,!:、：،") or None


def addressed_name(line: str) -> str | None:
    """Return the name in the first line of a letter ("Dear Alex, your parcel is here"), None if the line addresses nobody by name."""
    text = line[:_LONGEST].strip()
    japanese = _ADDRESSED.fullmatch(text)
    name = japanese["name"] if japanese else after(_HELLO, text)
    if name is None or _NOBODY.match(plain(name)):
        return None
    end = _END_OF_NAME.search(name)
    bare = _SAN.sub("", name[: end.start()] if end else name).strip(" ,!:、：،-–")
    return bare if bare and len(bare.split()) <= _MOST_WORDS and not any(map(str.isdigit, bare)) else None


def without_greeting(line: str) -> str:
    """Return a sentence without the "Hi Alex, " before it."""
    name = addressed_name(line)
    place = line.find(name) + len(name) if name else 0
    rest = line[place:].lstrip(" ,;:!،，、：")
    return rest or line


def organization_name(text: str) -> str | None:
    """Return the organization in "Account for Example Ltd"."""
    name = after(_ACCOUNT_FOR, text[:_LONGEST])
    return (text[:_LONGEST].strip() if name is None else name) or None
