"""All smallest sets of hard rules that no award can keep together, and what would have to be given up.

A conflict is found by the deletion filter (Chinneck 2008, "Feasibility and Infeasibility in Optimization", ch. 6): of
rules that cannot hold together, one after another is left out, and stays out where the others conflict without it.
All conflicts are found by Liffiton and Malik (2013), "Enumerating Infeasibility: Finding Multiple MUSes Quickly"
(CPAIOR 2013), with maximal seeds: the seed is everything but a smallest set of rules that hits all conflicts known
so far. Where no award keeps the seed, it holds a new conflict; where one does, what was left out is a correction:
giving up just these rules is enough, and fewer of them is not. When no seed is left, nothing was overlooked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.award.audit import audit_award
from supplier_eval.award.exact import solve_formulation
from supplier_eval.award.formulation import formulate
from supplier_eval.award.hitting_sets import Seeds
from supplier_eval.award.model import choose_solver
from supplier_eval.award.rule_arguments import count_findings, question_findings, refuse
from supplier_eval.award.rule_conflicts_words import explain_conflicts
from supplier_eval.award.rule_subsets import Clock, keeping
from supplier_eval.messages import Lang
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    from typing import Literal

    import pandas as pd

    from supplier_eval.award.problem import AwardProblem
    from supplier_eval.score.sheet import Standing

NAME = "rule_conflicts"
STRUCTURE = ("_structural",)


@dataclass(frozen=True, eq=False)
class RuleConflicts(Shown):
    """Which rules of an award cannot hold together.

    Parameters
    ----------
    problem : AwardProblem
        What was asked.
    status : {"none", "conflicts", "structural", "unknown"}
        ``none``: some award keeps all hard rules. ``structural``: no award exists even without any rule (lots, bids,
        capacities). ``unknown``: time ran out before either was known.
    conflicts : tuple of tuple of str
        Smallest sets of rule ids that no award keeps together, the smaller first; ``("_structural",)`` alone where the
        rules are not to blame.
    corrections : tuple of tuple of str
        Sets of rule ids of which giving up all is enough for an award to exist, the smaller first; fewer of them are
        not enough, unless that is among what is `undecided`.
    complete : bool
        True where these are all conflicts and all corrections, which is proven.
    unproven : tuple of tuple of str
        Those of `conflicts` of which time did not prove that they are smallest: a part of them may conflict already.
    undecided : tuple of tuple of str
        Sets of rules of which it is not known whether an award keeps them together.
    solver : str
        Which solver.
    solves : int
        How often it ran.
    """

    problem: AwardProblem = field(repr=False)
    status: Literal["none", "conflicts", "structural", "unknown"]
    conflicts: tuple[tuple[str, ...], ...] = ()
    corrections: tuple[tuple[str, ...], ...] = ()
    complete: bool = True
    unproven: tuple[tuple[str, ...], ...] = ()
    undecided: tuple[tuple[str, ...], ...] = ()
    solver: str = ""
    solves: int = 0

    @property
    def standing(self) -> Standing:
        """Conflicts explore; they never bind."""
        return "exploratory"

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the policy that the problem came from; empty where it came from tables."""
        return self.problem.policy_fingerprint

    def to_frame(self) -> pd.DataFrame:
        """One row for each rule of each conflict.

        Returns
        -------
        DataFrame
            ``conflict`` (1, 2, ... in order of `conflicts`): int64; ``rule``, ``kind``, ``clause`` (both empty for the
            structure): str; ``smallest`` (proven): bool.
        """
        import pandas as pd

        rows = []
        for at, conflict in enumerate(self.conflicts, start=1):
            for key in conflict:
                rule = self.problem.rules.get(key)
                named = ("", "") if rule is None else (rule.kind, rule.clause)
                rows.append((at, key, *named, conflict not in self.unproven))
        kinds = {"conflict": "int64", "rule": "str", "kind": "str", "clause": "str", "smallest": "bool"}
        return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)

    def explain(self, lang: Lang = "en") -> str:
        """Say which rules cannot hold together, and which would have to be given up.

        Parameters
        ----------
        lang : {"en", "zh"}
            Language.

        Returns
        -------
        str
            One sentence a line.
        """
        return explain_conflicts(self, lang)

    def __repr__(self) -> str:
        shown = "; ".join("+".join(conflict) for conflict in self.conflicts[:3])
        more = "; ..." if len(self.conflicts) > 3 else ""
        return f"RuleConflicts({self.status}; {'all' if self.complete else 'not all'}: {shown or 'none'}{more})"


def rule_conflicts(
    problem: AwardProblem, *, time_limit: float = 60.0, solver: str | None = None, most: int = 20
) -> RuleConflicts:
    """Name all smallest sets of hard rules that no award on the contract grid can keep together.

    Parameters
    ----------
    problem : AwardProblem
        Lots, bids and rules. Soft rules can be broken for money: they never conflict, and are left aside.
    time_limit : float
        Seconds for everything together.
    solver : {"highs", "cbc", "scipy"}, optional
        Default: the best that is installed.
    most : int
        So many conflicts at most, >= 1; `RuleConflicts.complete` is False where there are more.

    Returns
    -------
    RuleConflicts
        Empty where some award keeps all hard rules.

    Raises
    ------
    InvalidInput
        `problem` is no `AwardProblem`; `time_limit`, `most` make no sense: all findings at once.
    UnknownName, MissingExtra
        When the solver is not known, or not installed.

    Examples
    --------
    >>> problem = se.award.read_problem("data/samples/award-regions")
    >>> dearer = {"limits": {"R4-quality": 80}, "rules": [{"id": "R6-budget", "kind": "budget", "value": 1075000}]}
    >>> tried = se.award.compare_scenarios(problem, {"dearer": dearer})
    >>> se.award.rule_conflicts(tried.rows["dearer"].problem)
    RuleConflicts(conflicts; all: R4-quality+R6-budget)
    """
    refuse(question_findings(NAME, problem, time_limit=time_limit) + count_findings(NAME, "most", most))
    judge = Judge(problem, clock=Clock(time_limit), solver=solver)
    everything = judge.holds(judge.hard)
    if everything:
        return RuleConflicts(problem, "none", solver=judge.solver, solves=judge.solves)
    bare = judge.holds(frozenset())
    if bare is False:
        return RuleConflicts(problem, "structural", (STRUCTURE,), solver=judge.solver, solves=judge.solves)
    return _enumerated(judge, most)


def conflicts_of(
    problem: AwardProblem, *, time_limit: float = 60.0, solver: str | None = None
) -> tuple[tuple[str, ...], ...]:
    """The proven smallest conflicts of `rule_conflicts` alone; empty where there are none, or time ran out before."""
    found = rule_conflicts(problem, time_limit=time_limit, solver=solver)
    return tuple(conflict for conflict in found.conflicts if conflict not in found.unproven)


def _enumerated(judge: Judge, most: int) -> RuleConflicts:
    """Seeds until none is left, or until there is one conflict too many."""
    seeds, cut = Seeds(judge.order), False
    while not judge.clock.over and (left_out := seeds.following()) is not None:
        seed = judge.hard - left_out
        verdict = judge.holds(seed)
        if verdict is None:
            seeds.give_up(left_out)
        elif verdict:
            seeds.correct(left_out)
        elif len(seeds.conflicts) == most:
            cut = True
            break
        else:
            seeds.conflict(*_deleted(judge, seed))
    finished = not cut and seeds.following() is None and not seeds.unknown
    conflicts, unproven = seeds.conflicts, seeds.unproven
    return RuleConflicts(
        problem=judge.problem,
        status="conflicts" if conflicts else "unknown",
        conflicts=tuple(judge.sorted(some) for some in judge.by_size(conflicts)),
        corrections=tuple(judge.sorted(some) for some in judge.by_size(seeds.corrections)) if conflicts else (),
        complete=finished and not unproven and bool(conflicts),
        unproven=tuple(judge.sorted(some) for some in judge.by_size(unproven)),
        undecided=tuple(judge.sorted(some) for some in judge.by_size(judge.open)),
        solver=judge.solver,
        solves=judge.solves,
    )


def _deleted(judge: Judge, conflicting: frozenset[str]) -> tuple[frozenset[str], bool]:
    """Deletion filter: leave out whatever the conflict does not need; and whether it is proven that nothing is left."""
    left = conflicting
    for key in judge.sorted(conflicting):
        if judge.holds(left - {key}) is False:
            left = judge.smaller(left - {key})
    return left, all(judge.holds(left - {key}) for key in judge.sorted(left))


class Judge:
    """Tells whether some award keeps a set of hard rules; every answer serves for the sets that follow from it.

    Parameters
    ----------
    problem : AwardProblem
        With all its rules.
    clock : Clock
        Time for all answers.
    solver : str or None
        As `solve_formulation`.
    """

    def __init__(self, problem: AwardProblem, *, clock: Clock, solver: str | None) -> None:
        self.problem, self.clock, self.solver = problem, clock, choose_solver(solver)
        soft = [key for key, rule in problem.rules.items() if not rule.hard]
        self.order = tuple(key for key in problem.rules if key not in soft)
        self.hard = frozenset(self.order)
        self.solves = 0
        self._undecided: list[frozenset[str]] = []
        self._kept: list[frozenset[str]] = []
        self._broken: list[frozenset[str]] = []
        made = formulate(problem.without_rules(soft))
        self._formulation = replace(made, cost=np.zeros(made.n_columns))

    @property
    def open(self) -> list[frozenset[str]]:
        """Sets that were asked about and of which it is not known by now whether an award keeps them."""
        return [rules for rules in self._undecided if self._known(rules) is None]

    def holds(self, rules: frozenset[str]) -> bool | None:
        """True where some award keeps these rules, False where none does, None where time did not tell."""
        known = self._known(rules)
        if known is not None or rules in self._undecided:
            return known
        if not self.clock.over:
            return self._solve(rules)
        self._undecided.append(rules)
        return None

    def _known(self, rules: frozenset[str]) -> bool | None:
        """What follows from the answers so far."""
        if any(rules <= kept for kept in self._kept):
            return True
        return False if any(broken <= rules for broken in self._broken) else None

    def _solve(self, rules: frozenset[str]) -> bool | None:
        self.solves += 1
        found = solve_formulation(keeping(self._formulation, rules), time_limit=self.clock.share(2), solver=self.solver)
        if found.award is not None:
            audit = audit_award(self._formulation.problem, found.award)
            self._kept.append(self.hard - {breach.what for breach in audit.breaches})
            return True
        if found.status == "infeasible":
            self._broken.append(rules)
            return False
        self._undecided.append(rules)
        return None

    def smaller(self, conflicting: frozenset[str]) -> frozenset[str]:
        """A smallest known conflict inside a conflicting set."""
        inside = [broken for broken in self._broken if broken <= conflicting]
        return min(inside, key=lambda some: (len(some), self.sorted(some)), default=conflicting)

    def sorted(self, rules: Iterable[str]) -> tuple[str, ...]:
        """Rule ids in canonical order."""
        chosen = set(rules)
        return tuple(key for key in self.order if key in chosen)

    def by_size(self, sets: Iterable[frozenset[str]]) -> list[frozenset[str]]:
        """Smaller sets first, then in canonical order."""
        return sorted(sets, key=lambda some: (len(some), self.sorted(some)))
