"""Reading Amazon: everything that breaks when Amazon changes a page. Pure: bytes and texts in, domain values out."""

from assistant.amazon.marketplaces import MARKETPLACES, Marketplace, by_host, by_id, by_url
from assistant.amazon.pages import page_kind
from assistant.amazon.reading import read_page
from assistant.amazon.visits import SeenPage, read_visit

__all__ = ["MARKETPLACES", "Marketplace", "SeenPage", "by_host", "by_id", "by_url", "page_kind", "read_page", "read_visit"]
