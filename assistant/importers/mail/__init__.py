"""Mails from Amazon, alone or in mailboxes."""
