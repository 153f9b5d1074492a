"""The look-alike shop's routes, with one visitor per browser and host."""

import secrets
from collections.abc import Callable
from datetime import date
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from assistant.demo.shop import buying, orders, other_pages
from assistant.demo.shop.household import Shop, marketplace
from assistant.demo.shop.layout import Setting
from assistant.demo.shop.other_routes import SidePages, page, thing
from assistant.demo.shop.strings import Words
from assistant.demo.shop.visitor import Visitor
from assistant.domain.clock import system_today

_COOKIE = "look-alike-visitor"
_VISITOR = web.RequestKey("visitor", str)
_STYLES = Path(__file__).with_name("shop.css")
_MOST = 99


class ShopPages:
    """Answers requests for one shop. Its state ends with the process."""

    def __init__(self, shop: Shop, today: Callable[[], date] = system_today) -> None:
        """Serve this shop; `today` is the day orders are placed on."""
        self._shop = shop
        self._today = today
        self._visitors: dict[tuple[str, str], Visitor] = {}

    def app(self) -> web.Application:
        """Return the application."""
        app = web.Application(middlewares=[_remember])
        app.add_routes(
            [
                web.get("/", self._home),
                web.get("/dp/{asin}", self._product),
                web.get("/gp/cart/view.html", self._cart),
                web.get("/checkout/p/p-1/spc", self._checkout),
                web.get("/gp/buy/thankyou/handlers/display.html", self._thank_you),
                web.get("/your-orders/orders", self._orders),
                web.get("/your-orders/order-details", self._order),
                web.get("/ap/signin", self._switcher),
                web.get("/gp/flex/sign-out.html", self._sign_out),
                web.get("/look-alike/shop.css", self._styles),
                web.post("/ap/switchaccount", self._switch),
                web.post("/cart/add", self._add),
                web.post("/cart/remove", self._remove),
                web.post("/checkout/entry/cart", self._enter),
                web.post("/checkout/p/p-1/address", self._address),
                web.post("/checkout/p/p-1/promo", self._promo),
                web.post("/checkout/p/p-1/place-order", self._place),
                *SidePages(self._shop, self._setting, self._today).routes(),
            ]
        )
        return app

    def _setting(self, request: web.Request) -> Setting:
        host = (request.url.host or "").lower()
        name = request[_VISITOR]
        first = self._shop.at(host)[0].customer_id
        visitor = self._visitors.setdefault((name, host), Visitor(signed_in=first))
        market = marketplace(host)
        language = "de" if market.languages[0] == "de" else "en"
        return Setting(shop=self._shop, host=host, visitor=visitor, words=Words(language, market.currency))

    async def _home(self, request: web.Request) -> web.Response:
        return page(buying.home(self._setting(request)))

    async def _product(self, request: web.Request) -> web.Response:
        return page(buying.product(self._setting(request), thing(self._shop, request.match_info["asin"])))

    async def _cart(self, request: web.Request) -> web.Response:
        return page(buying.cart(self._setting(request)))

    async def _checkout(self, request: web.Request) -> web.Response:
        setting = self._setting(request)
        if setting.account is None:
            raise web.HTTPSeeOther("/ap/signin?switch_account=picker")
        if not setting.visitor.basket.lines:
            raise web.HTTPSeeOther("/gp/cart/view.html")
        refused = "This code is not known here." if "refused" in request.query else None
        return page(buying.checkout(setting, refused))

    async def _thank_you(self, request: web.Request) -> web.Response:
        return page(buying.thank_you(self._setting(request)))

    async def _orders(self, request: web.Request) -> web.Response:
        setting = self._setting(request)
        if setting.account is None:
            raise web.HTTPSeeOther("/ap/signin?switch_account=picker")
        return page(orders.order_list(setting, setting.account))

    async def _order(self, request: web.Request) -> web.Response:
        setting = self._setting(request)
        mine = orders.orders_of(setting, setting.account) if setting.account else []
        order = next((order for order in mine if order.number == request.query.get("orderID")), None)
        if order is None:
            raise web.HTTPNotFound(text="There is no such order on this account.")
        return page(orders.order_details(setting, order))

    async def _switcher(self, request: web.Request) -> web.Response:
        return page(other_pages.switcher(self._setting(request)))

    async def _switch(self, request: web.Request) -> web.Response:
        wanted = str((await request.post()).get("to", ""))
        if self._shop.account(wanted) is None:
            raise web.HTTPNotFound(text="There is no such account here.")
        self._setting(request).visitor.signed_in = wanted
        raise web.HTTPSeeOther("/")

    async def _sign_out(self, request: web.Request) -> web.Response:
        self._setting(request).visitor.signed_in = None
        raise web.HTTPSeeOther("/")

    async def _add(self, request: web.Request) -> web.Response:
        form = await request.post()
        setting = self._setting(request)
        item = thing(self._shop, form.get("ASIN"))
        quantity = str(form.get("quantity", "1"))
        setting.visitor.put(item, min(int(quantity), _MOST) if quantity.isdecimal() and quantity.isascii() else 1)
        raise web.HTTPSeeOther("/checkout/p/p-1/spc" if "submit.buy-now" in form else "/gp/cart/view.html")

    async def _remove(self, request: web.Request) -> web.Response:
        form = await request.post()
        self._setting(request).visitor.basket.lines.pop(str(form.get("ASIN")), None)
        raise web.HTTPSeeOther("/gp/cart/view.html")

    async def _enter(self, _request: web.Request) -> web.Response:
        raise web.HTTPSeeOther("/checkout/p/p-1/spc")

    async def _address(self, request: web.Request) -> web.Response:
        chosen = str((await request.post()).get("address", ""))
        if chosen.isdecimal() and chosen.isascii():
            self._setting(request).visitor.basket.address = int(chosen)
        raise web.HTTPSeeOther("/checkout/p/p-1/spc")

    async def _promo(self, request: web.Request) -> web.Response:
        code = str((await request.post()).get("code", "")).strip().upper()
        if code not in self._shop.promotions:
            raise web.HTTPSeeOther("/checkout/p/p-1/spc?refused=1")
        self._setting(request).visitor.basket.promotion = code
        raise web.HTTPSeeOther("/checkout/p/p-1/spc")

    async def _place(self, request: web.Request) -> web.Response:
        setting = self._setting(request)
        if setting.account is None or not setting.visitor.basket.lines:
            raise web.HTTPSeeOther("/gp/cart/view.html")
        setting.visitor.place(setting.account, self._today())
        raise web.HTTPSeeOther("/gp/buy/thankyou/handlers/display.html")

    async def _styles(self, _request: web.Request) -> web.FileResponse:
        return web.FileResponse(_STYLES)


@web.middleware
async def _remember(request: web.Request, handler: Handler) -> web.StreamResponse:
    request[_VISITOR] = request.cookies.get(_COOKIE) or secrets.token_urlsafe(12)
    try:
        response = await handler(request)
    except web.HTTPException as redirect:
        response = web.Response(status=redirect.status, text=redirect.text, headers={"Location": redirect.headers.get("Location", "/")})
    response.set_cookie(_COOKIE, request[_VISITOR], secure=True, httponly=True, samesite="Lax")
    return response
