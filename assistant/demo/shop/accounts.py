"""Signing in and out: a list of the accounts that this browser knows, no passwords."""

from html import escape

from assistant.demo.shop.layout import Setting, whole


def switcher(setting: Setting) -> str:
    """Return the accounts to choose from."""
    words = setting.words
    rows = "".join(
        "<form method='post' action='/ap/switchaccount' class='row' data-test-id='switchableAccounts'>"
        f"<span class='grow'><b data-test-id='customerName'>{escape(account.greeting)}</b>"
        f" <span class='fine'>{escape(account.label)}</span><br>"
        f"<span class='fine' data-test-id='accountType'>{words('Business' if account.organization else 'Personal')}</span> "
        f"<span class='fine' data-test-id='businessName'>{escape(account.organization or '')}</span></span>"
        f"<button class='button' name='to' value='{account.customer_id}'>{words('Choose')}</button></form>"
        for account in setting.shop.at(setting.host)
    )
    return whole(setting, words("Switch accounts"), f"<h1>{words('Switch accounts')}</h1><div class='box narrow'>{rows}</div>")
