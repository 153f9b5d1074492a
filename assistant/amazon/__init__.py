"""Reading Amazon: everything that breaks when Amazon changes a page. Pure."""

from assistant.domain.documents import Document, Extraction, Problem, Source


def read_page(document: Document) -> Extraction:
    """Placeholder."""
    return Extraction(source=Source(name=document.name), problems=(Problem(where=document.name, code="unknown-format", text="x"),))
