"""The header's greeting, in the languages of Amazon's shops: the name alone, which is a hint and never proof."""

import re

from assistant.domain.text import fold

_HELLO = re.compile(
    r"^(?:hello|hi|hallo|bonjour|ciao|hola|ola|hej|hejsan|dzien dobry|witaj|czesc|merhaba|ahoj|dobry den|namaste|नमस्ते|こんにちは、?|مرحبا|مرحبًا|اهلا|أهلاً|您好|你好)"
    r"\s*[,、،，:!]?\s+|^こんにちは、\s*",
)
_SAN = re.compile(r"\s*(?:さん|様)\Z")
_SIGN_IN = re.compile(
    r"sign in|log in|anmelden|identifiez-vous|se connecter|accedi|identificate|inicia(?:r)? sesion|faca (?:seu )?login|inicie sessao|inloggen|"
    r"logga in|zaloguj sie|giris yap|prihlaste se|ログイン|サインイン|登录|تسجيل الدخول|साइन इन"
)
_ACCOUNT_FOR = re.compile(
    r"^(?:account for|konto fur|compte pour|compte de|account per|account di|cuenta de|cuenta para|conta de|account voor|konto for|hesap:?)\s+"
)
_LONGEST = 120


def says_sign_in(greeting: str) -> bool:
    """Tell whether the greeting asks to sign in."""
    return _SIGN_IN.search(fold(greeting).replace("ı", "i")) is not None


def greeted_name(greeting: str) -> str | None:
    """Return the name in "Hello, Alex"; None where nobody is greeted."""
    return None if says_sign_in(greeting) else _SAN.sub("", _without(_HELLO, greeting[:_LONGEST])).strip(" ,!、") or None


def organization_name(text: str) -> str | None:
    """Return the organisation in "Account for Example Ltd"."""
    return _without(_ACCOUNT_FOR, text[:_LONGEST]).strip() or None


def _without(prefix: re.Pattern[str], text: str) -> str:
    """The text without a prefix that is told from its folded form."""
    found = prefix.match(fold(text))
    if found is None:
        return text
    words = len(found[0].split())
    parts = text.split(None, words)
    return parts[words] if len(parts) > words else text[found.end() :]
