import pytest

import assistant.importers.statements.statement_files
from assistant.domain.errors import DomainError


@pytest.mark.parametrize("code", sorted(DomainError.by_code))
def test_a_client_makes_every_error_again_from_its_message_alone(code):
    assert str(DomainError.by_code[code]("What is wrong, and what to do.")) == "What is wrong, and what to do."


def test_the_errors_of_statements_are_among_them():
    assert assistant.importers.statements.statement_files.UnknownFormat.code in DomainError.by_code
    assert {"statement/currency", "statement/columns"} <= set(DomainError.by_code)
