"""Whether a recipient belongs to a household."""

import pytest

from assistant.domain.accounts.recipients import home_names, is_of_home


@pytest.mark.parametrize(
    ("recipient", "greetings", "others", "expected"),
    [
        ("Robin Ortiz", ["Robin"], ["me"], True),
        ("ROBIN ORTIZ", [], ["robin"], True),
        ("Ortiz Design", ["Robin"], ["me", "Ortiz Design LLC"], True),
        ("佐藤花子", ["花子"], ["mum"], True),
        ("José Martín", ["Jose"], [], True),
        ("Ana Friend", ["Robin"], ["robin"], False),
        ("Robinson Crew", ["Robin"], [], False),
        ("Ana Friend", [None], ["robin", "Ortiz Design LLC"], None),
        (None, ["Robin"], ["robin"], None),
        ("", ["Robin"], ["robin"], None),
    ],
)
def test_a_matching_name_belongs_to_the_household_and_only_known_greetings_exclude_another_name(recipient, greetings, others, expected):
    assert is_of_home(recipient, home_names(greetings, others)) is expected
