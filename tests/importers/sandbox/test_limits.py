"""A file of another kind gets more time and memory the larger it is, a page does not."""

import pytest

from assistant.importers.sandbox.limits import limits_for, size_of


@pytest.mark.parametrize(
    ("name", "start"), [("orders.html", b""), ("orders.MHT", b"From: <Saved>"), ("page", b"\n <html>"), ("a.csv", b"<a ")]
)
def test_a_page_of_any_size_gets_the_time_of_a_small_one(tmp_path, name, start):
    (tmp_path / name).write_bytes(start + b" a" * 3_000_000)
    (tmp_path / "two.html").write_bytes(b" " * 9_000_000)
    assert size_of(tmp_path / name) == size_of(tmp_path) == 0
    assert limits_for(size_of(tmp_path)).seconds < 10


def test_a_table_gets_more_time_the_larger_it_is_and_a_zip_for_what_is_in_it(tmp_path):
    for name in ("small.csv", "orders.csv", "orders.zip"):
        (tmp_path / name).write_bytes(b"a," * (1000 if name == "small.csv" else 5_000_000))
    small, large, packed = (limits_for(size_of(tmp_path / name)).seconds for name in ("small.csv", "orders.csv", "orders.zip"))
    assert small < 10 < large < packed
