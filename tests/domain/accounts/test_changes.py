import pytest

from assistant.domain.accounts.changes import new_account


@pytest.mark.parametrize(("labels", "letters"), [(("X", "X1"), ["XX", "X1"]), (("X", "x", "X"), ["XX", "X2", "X3"])])
def test_an_account_with_a_name_of_one_letter_gets_that_letter_twice(labels, letters):
    accounts = []
    for place, label in enumerate(labels):
        accounts.append(new_account(accounts, label, "personal", key=f"k{place}"))
    assert [account.letters for account in accounts] == letters
