"""Commands about what comes in."""
