"""The household of most tests of the services."""

import pytest

from assistant.domain.accounts.account import AccountChange
from tests.services.visits.shop_pages import BUSINESS, PERSONAL


@pytest.fixture
def household(services):
    services.accounts.add("Personal", "personal", key="per", change=AccountChange(addresses=("home/97205",), cards=("visa/4821",)))
    services.accounts.add("Ortiz Design", "business", key="biz", change=AccountChange(addresses=("office/97209",), cards=("amex/3007",)))
    services.accounts.link("per", PERSONAL)
    services.accounts.link("biz", BUSINESS)
    return services
