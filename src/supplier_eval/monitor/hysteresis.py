"""When a grade changes: beyond the cut by a margin for some periods, far beyond it at once, or by a critical event.

A score that only wanders around a cut does not change a grade. Counting runs over the supplier's *rated* periods: a
period without a rating neither moves the grade nor resets what was counted, so that a gap in the data neither saves
nor costs anything.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from supplier_eval.monitor.grade_bands import exact_score, grades_down, place_of
from supplier_eval.monitor.plan_rules import HysteresisRule
from supplier_eval.policy.rules import GradeBands

Direction = Literal["", "up", "down"]
Why = Literal["first", "same", "within_margin", "waiting", "held", "moved", "at_once", "critical_event", "not_rated"]
TOP, BOTTOM = Decimal(100), Decimal(0)


@dataclass(frozen=True)
class GradeState:
    """A supplier's grade after one period, and what has been counted towards the next change.

    Parameters
    ----------
    score : Decimal or None
        The rounded score; None where not rated.
    band : str
        The grade of the bare score; empty where not rated.
    grade : str
        The grade that counts; empty before the first rated period.
    before : str
        The grade before this period.
    why : str
        ``first`` · ``same`` (in its band) · ``within_margin`` · ``waiting`` (beyond the margin, not long enough) ·
        ``held`` (no rise so soon after a critical event) · ``moved`` · ``at_once`` · ``critical_event`` ·
        ``not_rated``.
    direction, count, target : str, int, str
        Rated periods in a row beyond the margin, on which side, and the grade that all of them support.
    hold : int
        Rated periods for which the grade may not rise.
    margin, at_once : Decimal or None
        Points beyond a cut that counted in this period.
    """

    score: Decimal | None
    band: str
    grade: str
    before: str
    why: Why
    direction: Direction = ""
    count: int = 0
    target: str = ""
    hold: int = 0
    margin: Decimal | None = None
    at_once: Decimal | None = None

    @property
    def changed(self) -> bool:
        """Whether the grade is another than before (the first one is no change)."""
        return bool(self.before) and self.grade != self.before


START = GradeState(None, "", "", "", "first")


@dataclass(frozen=True)
class GradeRule:
    """Bands and what it takes to leave one.

    Parameters
    ----------
    bands : GradeBands
        From the best down; not empty.
    change : HysteresisRule
        Margin, periods, what moves at once.
    places : int
        Decimals of scores and margins.
    """

    bands: GradeBands
    change: HysteresisRule
    places: int

    def next(self, last: GradeState, score: Decimal | None, error: float, override: str = "") -> GradeState:
        """Give the grade after one more period.

        Parameters
        ----------
        last : GradeState
            After the period before; `START` for a supplier that is new.
        score : Decimal or None
            The rounded score; None where not rated.
        error : float
            Standard error of the score in points; NaN counts as 0.
        override : str
            The grade that a critical event sets; empty for none. A grade that is lower already stays.
        """
        if override:
            return self._overridden(last, score, override)
        if score is None:
            return replace(last, score=None, band="", before=last.grade, why="not_rated", margin=None, at_once=None)
        band = grades_down(self.bands)[place_of(self.bands, score)]
        if not last.grade:
            return GradeState(score, band, band, "", "first")
        margin, far = self._distances(error)
        state = replace(
            last, score=score, band=band, before=last.grade, hold=max(last.hold - 1, 0), margin=margin, at_once=far
        )
        return self._judged(state, last)

    def _judged(self, state: GradeState, last: GradeState) -> GradeState:
        """Compare the score with the band of the present grade."""
        assert state.score is not None and state.margin is not None
        grades = grades_down(self.bands)
        now, bare = grades.index(last.grade), grades.index(state.band)
        if bare == now:
            return replace(state, why="same", direction="", count=0, target="")
        direction: Direction = "down" if bare > now else "up"
        if state.at_once is not None:
            far = self._supported(state.score, now, state.at_once)
            if far != now and not (direction == "up" and last.hold):
                return replace(state, grade=grades[far], why="at_once", direction="", count=0, target="", hold=0)
        near = self._supported(state.score, now, state.margin)
        if near == now:
            return replace(state, why="within_margin", direction="", count=0, target="")
        if direction == "up" and last.hold:
            return replace(state, why="held", direction="", count=0, target="")
        again = last.direction == direction
        steps = [near, *([grades.index(last.target)] if again else [])]
        target = min(steps) if direction == "down" else max(steps)  # what all of them support: the nearest
        count = last.count + 1 if again else 1
        if count >= self.change.periods:
            return replace(state, grade=grades[target], why="moved", direction="", count=0, target="")
        return replace(state, why="waiting", direction=direction, count=count, target=grades[target])

    def _supported(self, score: Decimal, now: int, distance: Decimal) -> int:
        """The grade that the score still supports after giving up a distance towards the present one.

        At the ends of the scale there is no room beyond: 100 always supports the best grade, 0 the worst.
        """
        bare = place_of(self.bands, score)
        if score in {TOP, BOTTOM}:
            return bare
        kept = score + distance if bare > now else score - distance
        near = place_of(self.bands, min(max(kept, BOTTOM), TOP))
        return max(near, now) if bare > now else min(near, now)

    def _distances(self, error: float) -> tuple[Decimal, Decimal | None]:
        """Margin and at-once distance in points, the larger of the stated points and the stated standard errors."""
        known = 0.0 if error != error else error  # noqa: PLR0124 - NaN
        rule = self.change

        def distance(points: Decimal, errors: Decimal) -> Decimal:
            return max(points, exact_score(known * float(errors), self.places))

        far = None if rule.at_once is None else distance(rule.at_once, rule.at_once_errors)
        return distance(rule.margin, rule.margin_errors), far

    def _overridden(self, last: GradeState, score: Decimal | None, override: str) -> GradeState:
        grades = grades_down(self.bands)
        band = "" if score is None else grades[place_of(self.bands, score)]
        own = last.grade or band
        lower = own if own and grades.index(own) > grades.index(override) else override
        return GradeState(score, band, lower, last.grade, "critical_event", hold=self.change.hold)
