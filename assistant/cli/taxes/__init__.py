"""Commands about tax forms."""
