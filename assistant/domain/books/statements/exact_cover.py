"""Chooses between candidates for the same lines or charges: the best cover, if there is only one best cover."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

_FAR, _CLEAR, _MARGIN = 10, 4, 3
"""Points of lead: enough to stop looking; enough where there are too many covers to try all; and too few to call one cover better."""
_MOST = 16
"""The most candidates among which every cover is tried."""
_LEAST = -(10**9)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Lines and parts of charges that may belong together, by their places."""

    lines: tuple[int, ...]
    parts: tuple[int, ...]
    score: int
    reasons: tuple[str, ...] = ()

    @property
    def needs(self) -> tuple[int, ...]:
        """The parts, and the lines as negative numbers, which no other candidate can have."""
        return *(-1 - line for line in self.lines), *self.parts


def covered(candidates: Sequence[Candidate]) -> tuple[list[Candidate], list[Candidate]]:
    """Return the candidates that every best cover contains, and those that stay open because covers are equally good.

    A cover is better if it has more lines, then by its scores. A line whose every candidate lost what it needs is in neither list.
    """
    chosen, left = _clear_ones(candidates, _FAR)
    open_: list[Candidate] = []
    waiting = _components(left)
    while waiting:
        connected = waiting.pop()
        if len(connected) <= _MOST:
            sure, unsure = _best_cover(connected)
            open_ += unsure
        else:
            sure, unsure = _clear_ones(connected, _CLEAR, rounds=1)
            if sure:
                waiting += _components(unsure)
            else:
                open_ += unsure
        chosen += sure
    return chosen, open_


def _clear_ones(candidates: Sequence[Candidate], lead: int, rounds: int = -1) -> tuple[list[Candidate], list[Candidate]]:
    """Accept candidates that lead all others which want the same; return them and what is left, after so many rounds."""
    chosen: list[Candidate] = []
    left = list(candidates)
    while rounds:
        rounds -= 1
        best: dict[int, tuple[int, int]] = {}
        for entry in left:
            for need in entry.needs:
                first, second = best.get(need, (_LEAST, _LEAST))
                if entry.score > first:
                    best[need] = entry.score, first
                elif entry.score > second:
                    best[need] = first, entry.score
        clear = [entry for entry in left if all(_is_clear(entry.score, best[need], lead) for need in entry.needs)]
        if not clear:
            break
        chosen += clear
        gone = {need for entry in clear for need in entry.needs}
        left = [entry for entry in left if gone.isdisjoint(entry.needs)]
    return chosen, left


def _is_clear(score: int, best: tuple[int, int], lead: int) -> bool:
    return score == best[0] and best[1] <= score - lead


def _components(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """Return the candidates in sets that share nothing."""
    parents = list(range(len(candidates)))

    def root(at: int) -> int:
        while parents[at] != at:
            parents[at] = parents[parents[at]]
            at = parents[at]
        return at

    owner: dict[int, int] = {}
    for at, entry in enumerate(candidates):
        for need in entry.needs:
            parents[root(at)] = root(owner.setdefault(need, at))
    found: dict[int, list[Candidate]] = defaultdict(list)
    for at, entry in enumerate(candidates):
        found[root(at)].append(entry)
    return list(found.values())


def _best_cover(candidates: Sequence[Candidate]) -> tuple[list[Candidate], list[Candidate]]:
    covers = _covers(candidates)
    most = max(lines for lines, _, _ in covers)
    full = [(score, cover) for lines, score, cover in covers if lines == most]
    best = max(score for score, _ in full)
    good = [cover for score, cover in full if score > best - _MARGIN]
    sure = set(good[0]).intersection(*good)
    gone = {need for at in sure for need in candidates[at].needs}
    unsure = [entry for at, entry in enumerate(candidates) if at not in sure and not gone.intersection(entry.needs)]
    return [candidates[at] for at in sorted(sure)], unsure


def _covers(candidates: Sequence[Candidate]) -> list[tuple[int, int, tuple[int, ...]]]:
    """Return every set of candidates that share nothing: the number of its lines, its score, its places."""
    found: list[tuple[int, int, tuple[int, ...]]] = []

    def choose(at: int, used: frozenset[int], cover: tuple[int, ...]) -> None:
        if at == len(candidates):
            lines = sum(len(candidates[place].lines) for place in cover)
            found.append((lines, sum(candidates[place].score for place in cover), cover))
            return
        needs = candidates[at].needs
        if used.isdisjoint(needs):
            choose(at + 1, used.union(needs), (*cover, at))
        choose(at + 1, used, cover)

    choose(0, frozenset(), ())
    return found
