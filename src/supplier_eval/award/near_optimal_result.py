"""Awards near the optimum: what each gives up, how far it is from the others, whether the list is complete."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, TypeAlias

from supplier_eval.award.moved import demand_of, shares_by_supplier, shifts_between, volume_moved
from supplier_eval.award.near_optimal_words import explain_near_optimal
from supplier_eval.award.tally import total
from supplier_eval.errors import UnknownName
from supplier_eval.messages import Lang
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from supplier_eval.award.audit import Audit
    from supplier_eval.award.outcome import Status
    from supplier_eval.award.problem import AwardProblem
    from supplier_eval.score.sheet import Standing

WINNERS = "winners"
Ending: TypeAlias = Literal["", "complete", "most", "time", "numeric", "no_award_found", "not_optimal"]
FIGURES = ("objective", "above", "above_share", "cost", "moved", "nearest")


def measured(problem: AwardProblem, first: Audit, second: Audit) -> Fraction:
    """Share of the demand that is with other suppliers in the one award than in the other, 0-1; exact."""
    demand = demand_of(problem)
    shares = (shares_by_supplier(problem, audit.award) for audit in (first, second))
    return volume_moved(demand, *shares) / total(demand.values())


@dataclass(frozen=True, eq=False)
class NearOptimalAward:
    """One award near the optimum.

    Parameters
    ----------
    audit : Audit
        The award with its exact figures; valid.
    above : Fraction
        By how much its first objective is worse than the optimum's: money, or points fewer. It can fall below 0 by
        less than half a minor unit, to which optima are proven.
    moved : Fraction
        Share of the demand that is with other suppliers than in the optimum, 0-1.
    nearest : Fraction or None
        The least of these shares to any other award of the list; None where there is no other.
    proven : bool
        No award that differs from all awards before it is better.
    """

    audit: Audit
    above: Fraction
    moved: Fraction
    nearest: Fraction | None = None
    proven: bool = True

    @property
    def winners(self) -> tuple[str, ...]:
        """Suppliers that win anything, in canonical order."""
        return tuple(self.audit.suppliers)


@dataclass(frozen=True, eq=False)
class NearOptimalAwards(Shown):
    """Awards near the optimum that differ from each other.

    Parameters
    ----------
    problem : AwardProblem
        What was asked.
    status : Status
        Of the optimum; where that is not ``optimal``, no other award was looked for.
    awards : tuple of NearOptimalAward
        The optimum, then the further awards, the best first.
    ending : Ending
        Why the list ends: ``complete``, ``most`` (as many as were asked for), ``time``, ``numeric`` (floating point
        could not tell awards at the very limit of the difference apart), ``no_award_found`` (the solver gave up),
        ``not_optimal``.
    limit : Fraction or None
        The worst first objective that was allowed, to be minimised.
    within : Fraction or None
        The share of the optimum that could be given up; None where an amount was given.
    differ : Fraction or "winners"
        By how much any two differ at least.
    solver : str
        Which solver.
    """

    problem: AwardProblem = field(repr=False)
    status: Status
    awards: tuple[NearOptimalAward, ...]
    ending: Ending
    limit: Fraction | None = None
    within: Fraction | None = None
    differ: Fraction | str = WINNERS
    solver: str = ""

    @property
    def complete(self) -> bool:
        """True where it is proven that no further award is within the limit and differs from all of these."""
        return self.ending == "complete"

    @property
    def standing(self) -> Standing:
        """Alternatives explore; they never bind."""
        return "exploratory"

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the policy that the problem came from; empty where it came from tables."""
        return self.problem.policy_fingerprint

    def __len__(self) -> int:
        return len(self.awards)

    def shifts(self, at: int) -> Mapping[tuple[str, str], Fraction]:
        """(lot, supplier) → share more (> 0) or less (< 0) in the award at a place than in the optimum (place 0)."""
        if at not in range(len(self.awards)):
            raise UnknownName("near-optimal award", at, map(str, range(len(self.awards))))
        return shifts_between(*(shares_by_supplier(self.problem, self.awards[n].audit.award) for n in (0, at)))

    def to_frame(self) -> pd.DataFrame:
        """One row for each award, the optimum first.

        Returns
        -------
        DataFrame
            ``objective`` (first stage, in its own sense), ``above`` (worse than the optimum by), ``above_share`` (of
            the optimum; missing where that is 0), ``cost`` (money), ``moved`` (share of the demand that is with
            others than in the optimum), ``nearest`` (the least of these to any other award): Float64; ``proven``:
            bool; ``winners``, ``gained``, ``lost`` (winners that the optimum has not, and the other way round), ids
            joined by ``|``: str.
        """
        import pandas as pd

        rows = [self._row(award) for award in self.awards]
        kinds = dict.fromkeys(FIGURES, "Float64") | {"proven": "bool"}
        kinds |= dict.fromkeys(("winners", "gained", "lost"), "str")
        return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)

    def _row(self, award: NearOptimalAward) -> dict[str, object]:
        best = self.awards[0]
        figures = {
            "objective": award.audit.objective,
            "above": award.above,
            "above_share": award.above / abs(best.audit.stages[0]) if best.audit.stages[0] else None,
            "cost": award.audit.measures["cost"],
            "moved": award.moved,
            "nearest": award.nearest,
        }
        told: dict[str, object] = {key: None if value is None else float(value) for key, value in figures.items()}
        first = set(best.winners)
        return told | {
            "proven": award.proven,
            "winners": "|".join(award.winners),
            "gained": "|".join(name for name in award.winners if name not in first),
            "lost": "|".join(name for name in best.winners if name not in award.winners),
        }

    def distances(self) -> pd.DataFrame:
        """Share of the demand that is with other suppliers, award by award.

        Returns
        -------
        DataFrame
            Square, symmetric, 0 on the diagonal; float64; places of `awards` as index and columns.
        """
        import pandas as pd

        audits = [award.audit for award in self.awards]
        rows = [[float(measured(self.problem, one, other)) for other in audits] for one in audits]
        return pd.DataFrame(rows, index=range(len(audits)), columns=range(len(audits)), dtype="float64")

    def explain(self, lang: Lang = "en") -> str:
        """Say what each award gives up, what moves, and whether there are more.

        Parameters
        ----------
        lang : {"en", "zh"}
            Language.

        Returns
        -------
        str
            One sentence a line.
        """
        return explain_near_optimal(self, lang)

    def __repr__(self) -> str:
        said = "complete" if self.complete else self.ending
        return f"NearOptimalAwards({len(self.awards)} awards; {said})"
