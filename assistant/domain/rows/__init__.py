"""The filter language for lists that are not orders."""
