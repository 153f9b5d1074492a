"""What several rules ask of one situation is worked out once."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from assistant.rules.situation import Situation

P = ParamSpec("P")
T = TypeVar("T")


def once(find: Callable[Concatenate[Situation, P], T]) -> Callable[Concatenate[Situation, P], T]:
    """Have a function of a situation, and of facts that it holds, answer again what it answered before."""

    @wraps(find)
    def known(situation: Situation, /, *args: P.args, **kwargs: P.kwargs) -> T:
        # Facts live as long as their situation, so that they can be told apart by where they are.
        question = (find, *map(id, args))
        if question not in situation.answers:
            situation.answers[question] = find(situation, *args, **kwargs)
        answer: T = situation.answers[question]
        return answer

    return known
