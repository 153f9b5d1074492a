"""A page was opened: whose it is, what it says, what to answer."""
