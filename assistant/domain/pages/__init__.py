"""What a person's browser shows: visits, baskets and the facts that a page prints."""
