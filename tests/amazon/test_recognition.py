"""Page kinds recognised by marks on the page."""

import pytest

from assistant.domain.pages.kinds import SourceKind
from tests.amazon.markup import page, reading


@pytest.mark.parametrize(
    "form",
    [
        '<form id="auth-mfa-form"><input name="otpCode"></form>',
        '<form id="auth-select-device-form"></form>',
        '<form class="cvf-widget-form" action="verify"></form>',
        '<form action="https://www.amazon.de/ap/cvf/verify"></form>',
    ],
)
def test_the_steps_after_the_password_are_sign_in_pages(form):
    assert reading(page(form, customer="")).source.kind is SourceKind.SIGN_IN


@pytest.mark.parametrize(
    "mark", ['<div class="mcx-menu-item__heading">Prime</div>', '<form id="addToCart"><input id="ASIN" value="B0EXAMPLE1"></form>']
)
def test_a_form_that_leads_to_sign_in_does_not_change_the_page_kind(mark):
    html = page(f'{mark}<form action="https://www.amazon.com/ap/signin"></form>')
    assert reading(html).source.kind is not SourceKind.SIGN_IN


def test_a_code_prompt_in_place_of_the_list_is_a_sign_in_page():
    html = page('<form id="auth-mfa-form"></form>', customer="")
    assert reading(html, url="https://www.amazon.com/your-orders/orders").source.kind is SourceKind.SIGN_IN
