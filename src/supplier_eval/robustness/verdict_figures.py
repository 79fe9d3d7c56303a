"""The plain figures that a robustness verdict is made from; None says that a question was not asked."""

from __future__ import annotations

import math
from dataclasses import dataclass
from numbers import Real

from supplier_eval.flags import Reason
from supplier_eval.messages import Lang

QUESTIONS = ("intervals", "smallest_change", "acceptability", "acceptability_with_marks", "evaluators", "reversal")


@dataclass(frozen=True)
class Room:
    """How far the weight of one criterion can move before the winner changes.

    Parameters
    ----------
    criterion : str
        Criterion, as it is to be shown.
    points : float
        Points of weight (of 100) to the nearer end; infinite where the winner stays throughout.
    challenger : str
        Who takes over there; empty where nobody does.
    criterion_zh : str
        Criterion as it is to be shown in Chinese; empty for the same.
    """

    criterion: str
    points: float
    challenger: str = ""
    criterion_zh: str = ""

    def __post_init__(self) -> None:
        _not_negative("room", self.points)

    def say(self, lang: Lang = "en") -> str:
        """Name of the criterion in a language."""
        return (self.criterion_zh or self.criterion) if lang == "zh" else self.criterion


@dataclass(frozen=True)
class SmallestChange:
    """The smallest change of all weights together at which another bid comes first.

    Parameters
    ----------
    points : float
        Points of weight (of 100), in the norm; infinite where no weights do it.
    challenger : str
        Who comes first there; empty where nobody can.
    norm : str
        ``max`` (largest change of a weight), ``sum`` or ``euclidean``.
    """

    points: float
    challenger: str = ""
    norm: str = "max"

    def __post_init__(self) -> None:
        _not_negative("smallest change", self.points)


@dataclass(frozen=True)
class Share:
    """A probability with its standard error.

    Parameters
    ----------
    value : float
        0 to 1.
    error : float
        Standard error; 0 for an exact figure.
    """

    value: float
    error: float = 0.0

    def __post_init__(self) -> None:
        if not isinstance(self.value, Real) or not 0.0 <= self.value <= 1.0:
            raise ValueError(f"a share is from 0 to 1, not {self.value}")
        _not_negative("standard error", self.error)

    @property
    def cautious(self) -> float:
        """The value less two standard errors, not below 0: too few draws never make a verdict firmer."""
        return max(0.0, self.value - 2.0 * self.error)


@dataclass(frozen=True)
class VerdictFigures:
    """What the robustness questions found about one lot.

    Parameters
    ----------
    winner : str
        The bid on rank 1.
    runner_up : str or None
        The next bid; None where the winner is alone.
    margin : float
        Unrounded points of 100 by which the winner leads the best other bid; negative where rounding or a tie key put
        it first; infinite where it is alone.
    rounding_step : float
        The coarsest step in points to which the policy rounds; 0 where it does not.
    tied_with : tuple of str
        Other bids on rank 1.
    rooms : tuple of Room or None
        Room of each criterion; the tightest alone will do. None: not examined.
    smallest_change : SmallestChange or None
        Any challenger. None: not examined.
    acceptability, acceptability_with_marks : Share or None
        How often the winner is first in the declared ball around the published weights, without and with the
        uncertainty of the marks. None: not examined.
    ball : float or None
        Radius of that ball, in points of weight.
    decided_by_one_evaluator : tuple of str or None
        Evaluators without whom another bid would be first; empty: none; None: not examined.
    reversal : tuple of str or None
        Losing bids whose removal changes the winner; empty: none; None: not examined.
    open_issues : tuple of Reason
        What limits the figures themselves, such as values that depend on the weights.
    """

    winner: str
    runner_up: str | None
    margin: float
    rounding_step: float = 0.0
    tied_with: tuple[str, ...] = ()
    rooms: tuple[Room, ...] | None = None
    smallest_change: SmallestChange | None = None
    acceptability: Share | None = None
    acceptability_with_marks: Share | None = None
    ball: float | None = None
    decided_by_one_evaluator: tuple[str, ...] | None = None
    reversal: tuple[str, ...] | None = None
    open_issues: tuple[Reason, ...] = ()

    def __post_init__(self) -> None:
        _not_negative("rounding step", self.rounding_step)
        if not isinstance(self.margin, Real) or math.isnan(self.margin):
            raise ValueError("a margin is a number of points, not missing; it is infinite where the winner is alone")

    @property
    def alone(self) -> bool:
        """Whether there is no other bid in the order."""
        return self.runner_up is None and not self.tied_with

    @property
    def not_examined(self) -> tuple[str, ...]:
        """Questions that were not asked; none where the winner is alone, for nothing can overtake it."""
        answers = {
            "intervals": self.rooms,
            "smallest_change": self.smallest_change,
            "acceptability": self.acceptability,
            "acceptability_with_marks": self.acceptability_with_marks,
            "evaluators": self.decided_by_one_evaluator,
            "reversal": self.reversal,
        }
        return () if self.alone else tuple(name for name in QUESTIONS if answers[name] is None)


def _not_negative(what: str, figure: float) -> None:
    """Refuse what is no amount."""
    if not isinstance(figure, Real) or math.isnan(figure) or figure < 0:
        raise ValueError(f"a {what} is not negative and not missing, not {figure}")
