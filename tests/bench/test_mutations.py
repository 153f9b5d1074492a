"""How often a change of Amazon's markup makes a value silently wrong: 1,000 mutations over all golden pages."""

import pytest

from tests.amazon.golden import goldens
from tests.amazon.golden_kinds import rarer_goldens
from tests.amazon.mutations import survey

MUTATIONS = 1000


@pytest.mark.bench
def test_a_thousand_mutations_never_change_a_value_silently(capsys):
    pages = [(golden.name, golden.html, golden.url) for golden in (*goldens(), *rarer_goldens()) if golden.orders]
    wrong = survey(pages, MUTATIONS)
    with capsys.disabled():
        print(f"\n{MUTATIONS} mutations over {len(pages)} pages: {sum(map(len, wrong.values()))} values silently wrong")
    assert wrong == {}
