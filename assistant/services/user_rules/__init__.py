"""The user's own rules: kept, tried on past orders, learned."""
