"""What would make an infeasible award feasible: changed limits and the award that they allow, in business units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, TypeAlias

from supplier_eval.award.relaxation_words import explain_relaxation, say_change
from supplier_eval.messages import Lang
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.award.audit import Audit
    from supplier_eval.award.problem import AwardProblem
    from supplier_eval.award.relaxable import Change
    from supplier_eval.score.sheet import Standing

Help: TypeAlias = Literal["smallest", "enough", "given_up", "no_help", "unknown"]


@dataclass(frozen=True, eq=False)
class Alone:
    """What one rule can do when all others stay.

    Parameters
    ----------
    rule : str
        Id.
    help : {"smallest", "enough", "given_up", "no_help", "unknown"}
        ``smallest``: the change is enough, and nothing smaller is, which is proven. ``enough``: it is enough.
        ``given_up``: the rule has no limit, and it is enough to give it up. ``no_help``: even without the rule no
        award exists. ``unknown``: time ran out.
    change : Change or None
        What the limit is changed to.
    audit : Audit or None
        The best award found under the changed limit, audited under it; valid.
    """

    rule: str
    help: Help
    change: Change | None = None
    audit: Audit | None = field(default=None, repr=False)


@dataclass(frozen=True, eq=False)
class Relaxation(Shown):
    """The smallest changes of limits that make an award possible.

    Parameters
    ----------
    problem : AwardProblem
        What was asked.
    status : {"feasible", "relaxed", "impossible", "unknown"}
        ``feasible``: nothing has to be relaxed. ``impossible``: no change of limits is enough. ``unknown``: time ran
        out before an award was found or ruled out.
    together : tuple of Change
        The changes whose weighted sum of relative relaxations is smallest, in canonical order of the rules.
    total : Fraction or None
        That sum.
    bound : float or None
        Proven bound on it.
    proven : bool
        True where `total` meets the bound to a millionth.
    weights : mapping
        Rule id → weight of its relative relaxation.
    audit : Audit or None
        The best award found under the changed limits, audited under them; valid.
    alone : mapping
        Hard rule → what it can do alone, in canonical order.
    solver : str
        Which solver.
    solves : int
        How often it ran.
    """

    problem: AwardProblem = field(repr=False)
    status: Literal["feasible", "relaxed", "impossible", "unknown"]
    together: tuple[Change, ...] = ()
    total: Fraction | None = None
    bound: float | None = None
    proven: bool = False
    weights: Mapping[str, Fraction] = field(default_factory=dict)
    audit: Audit | None = field(default=None, repr=False)
    alone: Mapping[str, Alone] = field(default_factory=dict)
    solver: str = ""
    solves: int = 0

    @property
    def standing(self) -> Standing:
        """Relaxations explore; they never bind."""
        return "exploratory"

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the policy that the problem came from; empty where it came from tables."""
        return self.problem.policy_fingerprint

    def to_frame(self) -> pd.DataFrame:
        """One row for each hard rule.

        Returns
        -------
        DataFrame
            ``rule``, ``kind``, ``clause``, ``help`` (as `Alone.help`): str; ``limit``, ``alone`` (the smallest change
            of this limit alone leads there), ``together`` (the smallest changes of several lead there), ``relative``
            (change together / limit), ``weight``: Float64 in the rule's unit, missing where there is none.
        """
        import pandas as pd

        joint = {change.rule: change for change in self.together}
        rows = []
        for key, own in self.alone.items():
            rule, moved = self.problem.rules[key], joint.get(key)
            figures = (
                rule.value,
                own.change.relaxed if own.change else None,
                moved.relaxed if moved else None,
                moved.relative if moved else None,
                self.weights.get(key),
            )
            cells = (None if figure is None else float(figure) for figure in figures)
            rows.append((key, rule.kind, rule.clause, own.help, *cells))
        kinds = dict.fromkeys(("rule", "kind", "clause", "help"), "str")
        kinds |= dict.fromkeys(("limit", "alone", "together", "relative", "weight"), "Float64")
        return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)

    def explain(self, lang: Lang = "en") -> str:
        """Say what would have to change, in business units.

        Parameters
        ----------
        lang : {"en", "zh"}
            Language.

        Returns
        -------
        str
            One sentence a line.
        """
        return explain_relaxation(self, lang)

    def __repr__(self) -> str:
        said = "; ".join(say_change(self.problem, change) for change in self.together)
        helpers = sum(own.change is not None for own in self.alone.values())
        return f"Relaxation({self.status}; {said or 'no change'}; {helpers} of {len(self.alone)} rules alone)"
