"""What a scenario may change, as people write it, read against the problem; everything wrong is said at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from supplier_eval.award.offer_keys import BUNDLE, bid_keys, offer_keys, offer_named, said_key
from supplier_eval.award.parts import BidKey
from supplier_eval.award.reading_cells import figure_of
from supplier_eval.award.reading_tables import Ids, nearest
from supplier_eval.award.rules import RULE_KINDS
from supplier_eval.errors import Finding
from supplier_eval.intake.cell_values import Problem

if TYPE_CHECKING:
    from supplier_eval.award.problem import AwardProblem

TERMS = ("objective", "cover", "unserved_cost", "share_step", "tie_keys")
OWN = ("rules", "without_rules", "limits", "without_suppliers", "without_bids", "prices", "demand")
KEYS = (*TERMS, *OWN)
ALL = ""


@dataclass(kw_only=True)
class Asked:
    """What one scenario changes, with ids as the problem spells them.

    Parameters
    ----------
    terms : mapping
        Terms to be read anew.
    rules : object
        Rules to be added, as `AwardProblem` takes them; None for none.
    limits : mapping
        Rule id → new value, not read yet.
    without_rules, without_suppliers, without_bids, without_bundles : set
        Ids that are left out.
    prices : mapping
        Supplier id, bid key, ``bundle:ID`` or ``ALL`` → factor > 0.
    demand : mapping
        Lot id or ``ALL`` → factor > 0.
    """

    terms: dict[str, object] = field(default_factory=dict)
    rules: object = None
    limits: dict[str, object] = field(default_factory=dict)
    without_rules: set[str] = field(default_factory=set)
    without_suppliers: set[str] = field(default_factory=set)
    without_bids: set[BidKey] = field(default_factory=set)
    without_bundles: set[str] = field(default_factory=set)
    prices: dict[str | BidKey, Fraction] = field(default_factory=dict)
    demand: dict[str, Fraction] = field(default_factory=dict)


def read_change(problem: AwardProblem, name: str, change: Mapping[object, object]) -> tuple[Asked, list[Finding]]:
    """Read one scenario.

    Parameters
    ----------
    problem : AwardProblem
        The base, whose ids the scenario may name.
    name : str
        Name of the scenario, for findings.
    change : mapping
        Keys as in `KEYS`; see `compare_scenarios`.

    Returns
    -------
    tuple of (Asked, list of Finding)
        What was understood, and everything that was not.
    """
    reading = _Reading(problem, name)
    asked = Asked()
    for key, value in change.items():
        if key not in KEYS:
            reading.note("key", str(key), near=nearest(str(key), KEYS), known=", ".join(KEYS))
        elif key in TERMS:
            asked.terms[str(key)] = value
    asked.rules = change.get("rules")
    asked.without_rules = set(reading.ids("without_rules", change, problem.rules, "rule"))
    asked.without_suppliers = set(reading.ids("without_suppliers", change, problem.suppliers, "supplier"))
    asked.limits = reading.limits(change)
    for offer in reading.offers(change):
        if isinstance(offer, str):
            asked.without_bundles.add(offer.removeprefix(BUNDLE))
        else:
            asked.without_bids.add(offer)
    asked.prices = reading.prices(change)
    asked.demand = reading.demand(change)
    return asked, reading.findings


class _Reading:
    """Reads the values of one scenario's keys and notes what is wrong."""

    def __init__(self, problem: AwardProblem, name: str) -> None:
        self.problem, self.name = problem, name
        self.findings: list[Finding] = []

    def note(self, what: str, value: object, **facts: object) -> None:
        finding = Finding(f"scenarios.{what}", "scenarios", self.name, value=str(value), facts=facts)
        if finding not in self.findings:
            self.findings.append(finding)

    def ids(self, key: str, change: Mapping[object, object], known: Iterable[str], kind: str) -> list[str]:
        """Ids of a list, or of one text."""
        given = change.get(key)
        if given is None:
            return []
        if isinstance(given, str):
            given = [given]
        if not isinstance(given, Iterable) or isinstance(given, Mapping | bytes):
            self.note("list", given, key=key)
            return []
        own = Ids(known)
        return [found for each in given if (found := self.spelled(own, each, kind)) is not None]

    def spelled(self, known: Ids, given: object, kind: str) -> str | None:
        """An id as the problem spells it; None, and noted, where it has none such."""
        found = known.spelled(str(given))
        if found is None:
            self.note(kind, given, near=known.near(str(given)))
        return found

    def table(self, key: str, change: Mapping[object, object]) -> Mapping[object, object]:
        """A mapping; anything else but nothing is noted."""
        given = change.get(key)
        if given is None:
            return {}
        if isinstance(given, Mapping):
            return given
        self.note("mapping", given, key=key)
        return {}

    def limits(self, change: Mapping[object, object]) -> dict[str, object]:
        """New values of rules that have one."""
        known, found = Ids(self.problem.rules), {}
        for key, value in self.table("limits", change).items():
            rule = self.spelled(known, key, "rule")
            if rule is None:
                continue
            if "value" not in RULE_KINDS[self.problem.rules[rule].kind].needs:
                self.note("limit", rule, kind=self.problem.rules[rule].kind)
            else:
                found[rule] = value
        return found

    def offers(self, change: Mapping[object, object]) -> list[str | BidKey]:
        """Bids and bundles that are left out."""
        given = change.get("without_bids")
        if given is None:
            return []
        if isinstance(given, str) or (isinstance(given, tuple) and given in bid_keys(self.problem)):
            given = [given]
        if not isinstance(given, Iterable) or isinstance(given, Mapping | bytes):
            self.note("list", given, key="without_bids")
            return []
        found: list[str | BidKey] = []
        for each in given:
            offer = offer_named(self.problem, each)
            if offer is None:
                self.note("bid", said_key(each), near=nearest(said_key(each), self._offers()))
            else:
                found.append(offer)
        return found

    def _offers(self) -> list[str]:
        return [said_key(key) for key in offer_keys(self.problem)]

    def prices(self, change: Mapping[object, object]) -> dict[str | BidKey, Fraction]:
        """Factors of prices."""
        given = change.get("prices")
        found: dict[str | BidKey, Fraction] = {}
        if given is None:
            return {}
        if not isinstance(given, Mapping):
            return self._one_factor("prices", given)
        suppliers = Ids(self.problem.suppliers)
        for key, value in given.items():
            place: str | BidKey | None = suppliers.spelled(key) if isinstance(key, str) else None
            place = offer_named(self.problem, key) if place is None else place
            factor = self.factor("prices", value)
            if place is None:
                known = [*self.problem.suppliers, *self._offers()]
                self.note("priced", said_key(key), near=nearest(said_key(key), known))
            elif factor is not None:
                found[place] = factor
        return found

    def demand(self, change: Mapping[object, object]) -> dict[str, Fraction]:
        """Factors of demands."""
        given, found = change.get("demand"), {}
        if given is None:
            return {}
        if not isinstance(given, Mapping):
            return {str(key): factor for key, factor in self._one_factor("demand", given).items()}
        known = Ids(self.problem.lots)
        for key, value in given.items():
            lot, factor = self.spelled(known, key, "lot"), self.factor("demand", value)
            if lot is not None and factor is not None:
                found[lot] = factor
        return found

    def _one_factor(self, key: str, given: object) -> dict[str | BidKey, Fraction]:
        factor = self.factor(key, given)
        return {} if factor is None else {ALL: factor}

    def factor(self, key: str, given: object) -> Fraction | None:
        """A factor above 0, exact; None, and noted, where it is none."""
        read = figure_of(given)
        if isinstance(read, Problem) or read <= 0:
            self.note("factor", given, key=key)
            return None
        return read
