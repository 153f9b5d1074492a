"""Amazon's e-mails: what a letter about orders says. Everything here breaks when Amazon rewords its mails, nothing else does."""

from assistant.amazon.mails.letter import Letter, MailSays
from assistant.amazon.mails.reading import read_letter
from assistant.amazon.mails.senders import Sender
from assistant.amazon.mails.wording import Sort

__all__ = ["Letter", "MailSays", "Sender", "Sort", "read_letter"]
