"""The front of an award: points, proved segments, payoff table; it neither draws nor saves itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import isfinite
from typing import TYPE_CHECKING, Literal, TypeAlias

from supplier_eval.award.frontier_words import explain_frontier
from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.messages import Lang
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.award.audit import Audit
    from supplier_eval.award.awarded import Award
    from supplier_eval.award.frontier_targets import Sense
    from supplier_eval.award.problem import AwardProblem
    from supplier_eval.score.sheet import Standing

FrontStatus: TypeAlias = Literal["complete", "partial", "infeasible", "no_award_found", "error"]


@dataclass(frozen=True, eq=False)
class FrontPoint:
    """One award of a front.

    Parameters
    ----------
    award : Award
        On the contract grid.
    audit : Audit
        Its exact recomputation; valid.
    figures : mapping
        Objective → figure as people read it, exact; gains with their own sign. Penalties of soft rules are in the
        first objective, unless ``penalty`` is an objective of its own.
    supported : bool or None
        True where some weighting of the objectives makes it best among the points of the front; None where that is
        not told (three objectives).
    """

    award: Award
    audit: Audit = field(repr=False)
    figures: Mapping[str, Fraction]
    supported: bool | None = None


@dataclass(frozen=True, eq=False)
class Frontier(Shown):
    """Awards of which none is better than another in all objectives.

    Parameters
    ----------
    problem : AwardProblem
        What was asked.
    objectives : tuple of str
        As they were given.
    senses : mapping
        Objective → ``min`` or ``max``.
    points : tuple of FrontPoint
        From the best in the first objective on; no point dominates another, by exact audit. One award for each
        combination of figures: others may have the same.
    segments : tuple of (FrontPoint, FrontPoint)
        Where shares may be of any size: neighbours between which every mix of figures on the straight line is
        attained (to a unit of the contract grid) and not dominated. Where the front jumps, a segment has no last
        award of its own; its point then stands 1/10,000 of the front's extent before the jump. Empty where awards
        are counted one by one.
    payoff : tuple of mapping
        One row for each objective taken first, the others following in order: the figures of the best award.
    status : {"complete", "partial", "infeasible", "no_award_found", "error"}
        How the search ended; ``partial``: points are missing, or may be.
    reasons : tuple of str
        Codes of what is left open, or why there is no point: ``time``, ``most``, ``sampled``, ``narrow``, ``fine``,
        ``payoff``, ``grid``, ``coarse``, ``numeric``, ``solver``, ``infeasible``; `explain` says them in sentences.
    steps : int, "unit" or None
        Grid of AUGMECON2; None where no grid was used.
    jumped : int
        Levels of that grid that were passed over, because an award found earlier is the best on them too.
    solver : str
        Which solver.
    solves : int
        How often it ran on a mixed-integer program.
    """

    problem: AwardProblem = field(repr=False)
    objectives: tuple[str, ...]
    senses: Mapping[str, Sense]
    points: tuple[FrontPoint, ...]
    segments: tuple[tuple[FrontPoint, FrontPoint], ...]
    payoff: tuple[Mapping[str, Fraction], ...]
    status: FrontStatus
    reasons: tuple[str, ...] = ()
    steps: int | Literal["unit"] | None = None
    jumped: int = 0
    solver: str = ""
    solves: int = 0

    @property
    def standing(self) -> Standing:
        """A front explores; it never binds."""
        return "exploratory"

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the policy that the problem came from; empty where it came from tables."""
        return self.problem.policy_fingerprint

    @property
    def complete(self) -> bool:
        """True where it is proved that nothing is missing.

        Awards counted in steps: there is no further point (of money: none that differs by a minor unit). Shares of
        any size: whatever award is taken, the points and segments have one that is at most 1/5,000 of the front's
        extent worse in any objective; this rests on the solver's arithmetic.
        """
        return self.status == "complete"

    def nearest(self, figures: Mapping[str, float | Fraction]) -> FrontPoint | None:
        """The point nearest to some figures, each distance counted in parts of the front's extent.

        Parameters
        ----------
        figures : mapping
            Objective → figure as people read it, finite; objectives that are left out do not count, nor does one that
            is equal in all points.

        Returns
        -------
        FrontPoint or None
            Of several equally near the first; None where the front has no point.

        Raises
        ------
        InvalidInput
            Objectives that the front does not have, figures that are no finite numbers: all findings at once.
        """
        wanted = self._read("nearest", figures)
        extents = {name: self._extent(name) for name in wanted if self.points}
        return min(
            self.points,
            key=lambda point: sum(
                ((point.figures[name] - wanted[name]) / extent) ** 2 for name, extent in extents.items() if extent
            ),
            default=None,
        )

    def best(self, weights: Mapping[str, float | Fraction]) -> FrontPoint | None:
        """The point that is best in a weighted sum of the objectives.

        Parameters
        ----------
        weights : mapping
            Objective → what one unit of it is worth, >= 0: ``{"cost": 1, "attr:quality": 0.5}`` gives half a unit of
            money for one more of quality. Objectives that are left out do not count.

        Returns
        -------
        FrontPoint or None
            Of several equally good the first; None where the front has no point. Points that are not `supported` are
            never the only best ones.

        Raises
        ------
        InvalidInput
            Objectives that the front does not have, weights that are no finite numbers >= 0: all findings at once.
        """
        worth = self._read("best", weights)
        signed = {name: weight if self.senses[name] == "min" else -weight for name, weight in worth.items()}
        return min(
            self.points,
            key=lambda point: sum(weight * point.figures[name] for name, weight in signed.items()),
            default=None,
        )

    def _read(self, asked: str, figures: Mapping[str, float | Fraction]) -> dict[str, Fraction]:
        """Figures by objective, exact."""
        read, findings = {}, []
        for name, figure in figures.items():
            number = isinstance(figure, int | float | Fraction) and isfinite(figure)
            if name not in self.objectives:
                known = ", ".join(self.objectives)
                findings.append(Finding("frontier.figures.unknown", asked, str(name), facts={"known": known}))
            elif not number or (asked == "best" and figure < 0):
                findings.append(Finding(f"frontier.figures.{asked}", asked, str(name), value=str(figure)))
            else:
                read[name] = Fraction(figure)
        if findings:
            raise InvalidInput(findings)
        return read

    def _extent(self, name: str) -> Fraction:
        figures = [point.figures[name] for point in self.points]
        return max(figures) - min(figures)

    def to_frame(self) -> pd.DataFrame:
        """One row for each point.

        Returns
        -------
        DataFrame
            ``point`` (1, 2, ...): int64; one float64 column for each objective, rounded from the exact figure, in its
            own unit; ``supported``: boolean, missing where not told; ``to_next`` (the straight segment to the next
            point is proved): bool; ``suppliers`` (who wins anything, joined by ``|``), ``award``
            (``lot|supplier share``, joined by a semicolon): str.
        """
        import pandas as pd

        proved = {id(first) for first, _ in self.segments}
        rows = [
            {
                "point": at,
                **{name: float(point.figures[name]) for name in self.objectives},
                "supported": point.supported,
                "to_next": id(point) in proved,
                "suppliers": "|".join(point.audit.suppliers),
                "award": "; ".join(f"{key} {share:g}" for key, share in point.award.label().items()),
            }
            for at, point in enumerate(self.points, start=1)
        ]
        kinds = {"point": "int64"} | dict.fromkeys(self.objectives, "float64")
        kinds |= {"supported": "boolean", "to_next": "bool", "suppliers": "str", "award": "str"}
        return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)

    def explain(self, lang: Lang = "en") -> str:
        """Say what the front spans, what its points are, and what is not proved.

        Parameters
        ----------
        lang : {"en", "zh"}
            Language.

        Returns
        -------
        str
            One sentence a line.
        """
        return explain_frontier(self, lang)

    def __repr__(self) -> str:
        spans = "; ".join(f"{name} {self._span(name)}" for name in self.objectives) if self.points else ""
        counts = f"{len(self.points)} points, {len(self.segments)} segments"
        return f"Frontier({self.status}; {counts}{'; ' if spans else ''}{spans})"

    def _span(self, name: str) -> str:
        figures = [float(point.figures[name]) for point in self.points]
        return f"{min(figures):,.6g} to {max(figures):,.6g} ({self.senses[name]})"
