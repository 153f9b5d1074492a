"""Documents come in: stored, kept aside, read again, quarantined."""
