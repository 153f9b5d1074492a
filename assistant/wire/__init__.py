"""Domain values to JSON and back, exactly as the contract writes them."""
