"""User rules: store them, try them on past orders, learn them."""
