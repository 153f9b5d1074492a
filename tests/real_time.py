"""Notes when a test asks for the real time. `make dates` runs those tests on other days too, so they must be marked `dated`.

Imported before everything else of the product: modules keep the clock that they found.
"""

from datetime import datetime

from assistant.domain import clock

_of_the_system = clock.system_clock
asked: list[datetime] = []
"""When the tests of this process asked."""


def _noted() -> datetime:
    asked.append(_of_the_system())
    return asked[-1]


clock.system_clock = _noted
