"""Whether a parcel is addressed to a home."""

import pytest

from assistant.domain.accounts.recipients import home_names, is_of_home


@pytest.mark.parametrize(
    ("recipient", "printed", "given", "expected"),
    [
        ("Robin Ortiz", ["Robin"], ["me"], True),
        ("ROBIN ORTIZ", [], ["robin"], True),
        ("Ortiz Design", ["Robin", "Ortiz Design LLC"], ["me"], True),
        ("佐藤花子", ["花子"], ["mum"], True),
        ("José Martín", ["Jose"], [], True),
        ("Ana Friend", ["Robin"], ["robin"], False),
        ("Robinson Crew", ["Robin"], [], False),
        ("Ana Friend", [None], ["robin"], None),
        (None, ["Robin"], ["robin"], None),
        ("", ["Robin"], ["robin"], None),
    ],
)
def test_a_name_that_fits_proves_it_and_only_names_of_amazon_prove_the_opposite(recipient, printed, given, expected):
    assert is_of_home(recipient, home_names(printed, given)) is expected
