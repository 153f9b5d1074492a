"""Typed keys for data on the application and on requests."""

from aiohttp import web

from assistant.bootstrap import Services
from assistant.server.feed import Feed
from assistant.server.limits import Buckets, Limits
from assistant.server.routing import Passed, Paths, Route
from assistant.server.threads import Threads
from assistant.services.pairing.sealing import Seal

SERVICES = web.AppKey("services", Services)
LIMITS = web.AppKey("limits", Limits)
BUCKETS = web.AppKey("buckets", Buckets)
THREADS = web.AppKey("threads", Threads)
FEED = web.AppKey("feed", Feed)
ROUTES = web.AppKey("routes", dict[web.AbstractRoute, Route])
PATHS = web.AppKey("paths", Paths)
DOCUMENT = web.AppKey("document", bytes)
PASSED = web.RequestKey("passed", Passed)
SEAL = web.RequestKey("seal", Seal)
