"""The extension's types are generated from the wire shapes."""

from tests.write_extension_types import TARGET, script


def test_the_types_of_the_extension_are_current():
    assert TARGET.read_text("utf-8") == script(), "run `make extension-types`"


def test_an_optional_key_a_list_and_a_union_are_written_as_types():
    text = script()
    assert "{kind: string, label: string, url: string}} Link\n" in text
    assert "links: Link[]}} VisitReason\n" in text
    assert "account: SeenAccount|null" in text
    assert "{html?: string, scripts?: string[], nav?: string}} PageBody\n" in text
