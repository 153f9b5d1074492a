"""Commands about paired browsers."""
