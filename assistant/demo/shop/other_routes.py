"""Routes of the pages around buying: subscriptions, a Prime trial, coupons, a family, a gift list, a return, a review, a gift card."""

from collections.abc import Callable
from datetime import date

from aiohttp import web
from aiohttp.typedefs import Handler

from assistant.demo.catalogue import CatalogueProduct
from assistant.demo.shop import other_pages
from assistant.demo.shop.household import Shop
from assistant.demo.shop.layout import Setting


class SidePages:
    """Answers requests for the pages around buying."""

    def __init__(self, shop: Shop, setting: Callable[[web.Request], Setting], today: Callable[[], date]) -> None:
        """Serve this shop. `setting` returns host and visitor of a request, `today` the current day."""
        self._shop = shop
        self._setting = setting
        self._today = today

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [
            web.get("/auto-deliveries/subscriptionList", self._subscriptions),
            web.get("/amazonprime", self._prime),
            web.get("/coupons", self._coupons),
            web.get("/hz/myh/invite", self._invite),
            web.get("/hz/wishlist/ls", self._gift_list),
            web.get("/done", self._done),
            web.post("/hz/myh/invite", _going("/done")),
            web.post("/hz/wishlist/ls", _going("/done")),
            web.get("/spr/returns/cart", self._give_back),
            web.get("/review/create-review", self._review),
            web.get("/review/create-review/thankyou", self._reviewed),
            web.get("/gc/redeem", self._gift_card),
            web.get("/gc/redeem/done", self._redeemed),
            web.get("/auto-deliveries/subscribe", self._subscribe),
            web.get("/privacy/data-deletion", self._closing),
            web.get("/privacy/data-deletion/done", self._closed),
            web.post("/review/create-review/thankyou", self._take_review),
            web.post("/gc/redeem", _going("/gc/redeem/done")),
            web.post("/auto-deliveries/subscribe", _going("/auto-deliveries/subscriptionList")),
            web.post("/privacy/data-deletion", _going("/privacy/data-deletion/done")),
        ]

    async def _subscriptions(self, request: web.Request) -> web.Response:
        return page(other_pages.subscriptions(self._setting(request), self._today()))

    async def _prime(self, request: web.Request) -> web.Response:
        return page(other_pages.prime(self._setting(request)))

    async def _coupons(self, request: web.Request) -> web.Response:
        return page(other_pages.coupons(self._setting(request), self._shop.products[0]))

    async def _invite(self, request: web.Request) -> web.Response:
        return page(other_pages.invite(self._setting(request)))

    async def _gift_list(self, request: web.Request) -> web.Response:
        return page(other_pages.gift_list(self._setting(request)))

    async def _done(self, request: web.Request) -> web.Response:
        return page(other_pages.done(self._setting(request)))

    async def _give_back(self, request: web.Request) -> web.Response:
        every = [order for account in self._shop.accounts for order in account.orders]
        order = next((order for order in every if order.number == request.query.get("orderId")), None)
        if order is None:
            raise web.HTTPNotFound(text="There is no such order.")
        return page(other_pages.give_back(self._setting(request), order))

    async def _review(self, request: web.Request) -> web.Response:
        return page(other_pages.review(self._setting(request), thing(self._shop, request.query.get("asin"))))

    async def _take_review(self, request: web.Request) -> web.Response:
        item = thing(self._shop, (await request.post()).get("asin"))
        raise web.HTTPSeeOther(f"/review/create-review/thankyou?asin={item.asin}")

    async def _reviewed(self, request: web.Request) -> web.Response:
        return page(other_pages.reviewed(self._setting(request)))

    async def _gift_card(self, request: web.Request) -> web.Response:
        return page(other_pages.gift_card(self._setting(request)))

    async def _redeemed(self, request: web.Request) -> web.Response:
        return page(other_pages.redeemed(self._setting(request)))

    async def _subscribe(self, request: web.Request) -> web.Response:
        return page(other_pages.subscribe(self._setting(request), thing(self._shop, request.query.get("asin"))))

    async def _closing(self, request: web.Request) -> web.Response:
        return page(other_pages.closing(self._setting(request)))

    async def _closed(self, request: web.Request) -> web.Response:
        return page(other_pages.closed(self._setting(request)))


def _going(path: str) -> Handler:
    """Return a form that leads to the next page and changes nothing."""

    async def go(_request: web.Request) -> web.StreamResponse:
        raise web.HTTPSeeOther(path)

    return go


def thing(shop: Shop, asin: object) -> CatalogueProduct:
    """Return the product with this ASIN. Raises HTTPNotFound."""
    item = next((item for item in shop.products if item.asin == asin), None)
    if item is None:
        raise web.HTTPNotFound(text="There is no such item here.")
    return item


def page(html: str) -> web.Response:
    """Return an answer that browsers do not cache."""
    return web.Response(text=html, content_type="text/html", headers={"Cache-Control": "no-store"})
