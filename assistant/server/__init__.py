"""The local HTTP server: the gate, the routes, the feed."""
