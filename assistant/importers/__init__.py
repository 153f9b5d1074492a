"""One file per source of orders; importers read, they never write."""
