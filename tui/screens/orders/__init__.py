"""Orders, their deliveries and dates."""
