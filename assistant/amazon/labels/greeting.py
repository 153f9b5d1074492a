"""The header's greeting, in the languages of Amazon's shops: the name alone, which is a hint and never proof."""

import re

from assistant.amazon.values.folding import after, pattern, plain

_HELLO = pattern(
    r"^(?:hello|hi|hallo|bonjour|ciao|hola|ola|hej|hejsan|dzien dobry|witaj|czesc|merhaba|ahoj|dobry den|"
    r"namaste|नमस्ते|こんにちは、?|مرحبا|مرحبًا|اهلا|أهلاً|您好|你好)"
    r"\s*[,、،，:!]?\s+|^こんにちは、\s*",
)
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
_LONGEST = 120


def says_sign_in(greeting: str) -> bool:
    """Tell whether the greeting asks to sign in."""
    return _SIGN_IN.search(plain(greeting)) is not None


def says_hello(text: str) -> bool:
    """Tell whether a text begins like a greeting."""
    return _HELLO.match(plain(text[:_LONGEST])) is not None


def greeted_name(greeting: str) -> str | None:
    """Return the name in "Hello, Alex"; None where nobody is greeted."""
    if says_sign_in(greeting):
        return None
    text = greeting[:_LONGEST]
    name = after(_HELLO, text)
    return _SAN.sub("", text if name is None else name).strip(" ,!:、：") or None


def organization_name(text: str) -> str | None:
    """Return the organisation in "Account for Example Ltd"."""
    name = after(_ACCOUNT_FOR, text[:_LONGEST])
    return (text[:_LONGEST].strip() if name is None else name) or None
