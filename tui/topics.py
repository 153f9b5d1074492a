"""What people look for in the palette that no key does: it says how it is done."""

from dataclasses import dataclass

from assistant.domain.languages.translating import to_translate


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: its title, what is said about it, and the command that it is about."""

    title: str
    text: str
    command: str


BACKUP = Topic(
    to_translate("Copies of the ledger"),
    to_translate(
        "Shopper makes a checked copy every day while it runs, in 'backups' in its data folder. Make one of your own with "
        "'shopper backup FILE', with --encrypt under a passphrase; 'shopper restore FILE' brings a copy back."
    ),
    "shopper backup",
)
PASSWORDS = Topic(
    to_translate("Passwords"),
    to_translate(
        "Shopper knows no password of Amazon and never asks for one. A copy of the ledger can have a passphrase: "
        "'shopper backup FILE --encrypt'. In a household with PostgreSQL every person has a password: 'shopper household'."
    ),
    "shopper household",
)
COMPUTERS = Topic(
    to_translate("Several computers and persons"),
    to_translate(
        "Nothing leaves this computer by itself. Move to another one with 'shopper backup FILE' here and 'shopper restore FILE' there. "
        "Several persons share one ledger in PostgreSQL: 'shopper household init'. 'shopper tui --web' shows the app in a browser here."
    ),
    "shopper household",
)
DOCTOR = Topic(
    to_translate("Something does not work"),
    to_translate(
        "'shopper doctor' checks the data folder, the ledger, its copies, the clock, the disk, browsers, the port and the keyring, "
        "and says how to mend what is wrong."
    ),
    "shopper doctor",
)
TOPICS = (BACKUP, PASSWORDS, COMPUTERS, DOCTOR)
