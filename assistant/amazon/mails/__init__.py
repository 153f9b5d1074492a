"""Reads Amazon's mails about orders. If Amazon rewords its mails, only this package has to change."""

from assistant.amazon.mails.letter import Letter, MailSays
from assistant.amazon.mails.reading import read_letter
from assistant.amazon.mails.senders import Sender
from assistant.amazon.mails.wording import Sort

__all__ = ["Letter", "MailSays", "Sender", "Sort", "read_letter"]
