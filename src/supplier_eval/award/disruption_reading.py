"""Reads who may fail and how likely that is: from the suppliers' attribute, a mapping, or scenarios as written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from supplier_eval.award.disruption_scenarios import NOTHING, Failure, Failures, name_of
from supplier_eval.award.parts import ONE, ZERO
from supplier_eval.award.reading_cells import is_blank, share_of
from supplier_eval.errors import Finding

if TYPE_CHECKING:
    from supplier_eval.award.problem import AwardProblem

ATTRIBUTE = "failure_probability"
KEYS = ("id", "name", "failed", "regions", "loss", "probability")


@dataclass
class Told:
    """What was read, and what is wrong with it."""

    findings: list[Finding] = field(default_factory=list)

    def wrong(self, code: str, column: str, row: int = 0, value: object = "", **facts: object) -> None:
        """One more finding about the argument `column`."""
        table = "scenarios" if row or column == "scenarios" else "disruption_risk"
        rows = (row,) if row else ()
        said = Finding(f"disruption.{code}", table, column, rows=rows, value=str(value), facts=facts)
        self.findings.append(said)


def read_chances(problem: AwardProblem, probabilities: object, told: Told) -> dict[str, Fraction]:
    """Probability of failing of every supplier.

    Parameters
    ----------
    problem : AwardProblem
        Whose suppliers.
    probabilities : None, str, number or mapping
        Attribute of the suppliers (default ``failure_probability``); one number for all; or supplier → number, where
        a supplier that is left out never fails.
    told : Told
        Takes the findings: somebody unknown, nothing stated, no number, not within 0-1.

    Returns
    -------
    dict
        Supplier → 0-1; those with findings are left out.
    """
    if probabilities is None or isinstance(probabilities, str):
        name = probabilities or ATTRIBUTE
        given = {key: part.attributes.get(name) for key, part in problem.suppliers.items()}
        silent = [key for key, value in given.items() if is_blank(value)]
        if silent:
            told.wrong("chance_missing", "probabilities", value=", ".join(silent[:8]), attribute=name)
        stated: dict[str, Any] = {key: value for key, value in given.items() if key not in silent}
    elif isinstance(probabilities, Mapping) or hasattr(probabilities, "items"):
        stated = {str(key): value for key, value in probabilities.items()}
        for key in sorted(set(stated) - set(problem.suppliers)):
            told.wrong("supplier_unknown", "probabilities", value=key)
        stated = {key: value for key, value in stated.items() if key in problem.suppliers}
    else:
        stated = dict.fromkeys(problem.suppliers, probabilities)
    found = {key: _fraction(value, "probability", "probabilities", told, of=key) for key, value in stated.items()}
    return {key: value for key, value in found.items() if value is not None}


def _fraction(value: object, code: str, column: str, told: Told, row: int = 0, of: str = "") -> Fraction | None:
    """A number within 0-1, exactly as it is shown."""
    exact = None if isinstance(value, bool) else share_of(value)
    if not isinstance(exact, Fraction):
        told.wrong(code, column, row, value=value, of=of)
        return None
    return exact


def read_scenarios(problem: AwardProblem, scenarios: object, told: Told) -> Failures:
    """Scenarios as they were given.

    Parameters
    ----------
    problem : AwardProblem
        Whose suppliers.
    scenarios : DataFrame or sequence of mappings
        ``probability``; ``failed``: supplier ids (a list, or joined by ``|``), or supplier → loss; ``regions``: every
        supplier whose attribute ``region`` is one of these; ``loss``: fraction of the capacity that is lost, above 0
        (default 1); ``id`` or ``name``. Where the probabilities add up to less than 1, nothing happens in the rest.
    told : Told
        Takes the findings, each with its row (counted from 1).

    Returns
    -------
    Failures
        Nothing happens first, then in canonical order of the ids.
    """
    found: list[Failure] = []
    clean = len(told.findings)
    for number, row in enumerate(_rows(scenarios, told), start=1):
        made = _scenario(problem, row, number, told)
        if made is not None:
            found.append(made)
    names = [scenario.id for scenario in found]
    for name in sorted({name for name in names if names.count(name) > 1}):
        told.wrong("scenario_twice", "scenarios", value=name)
    whole = sum((scenario.probability for scenario in found), ZERO)
    if whole > 1:
        told.wrong("sum", "scenarios", value=f"{float(whole):g}")
    if len(told.findings) > clean:
        return Failures((), "given")
    quiet = [scenario for scenario in found if not scenario.lost]
    rest = 1 - whole + sum((scenario.probability for scenario in quiet), ZERO)
    hit = sorted((scenario for scenario in found if scenario.lost), key=lambda scenario: scenario.id)
    return Failures((Failure(quiet[0].id if quiet else NOTHING, {}, rest), *hit), "given")


def _rows(scenarios: object, told: Told) -> list[Mapping[str, Any]]:
    given: Any = scenarios
    if hasattr(given, "to_dict") and hasattr(given, "columns"):
        given = given.to_dict("records")
    if not isinstance(given, Sequence) or isinstance(given, str | bytes) or not given:
        told.wrong("scenarios_shape", "scenarios", value=type(scenarios).__name__)
        return []
    if not all(isinstance(row, Mapping) for row in given):
        told.wrong("scenarios_shape", "scenarios", value="row")
        return []
    return [{str(key): value for key, value in row.items()} for row in given]


def _scenario(problem: AwardProblem, row: Mapping[str, Any], number: int, told: Told) -> Failure | None:
    before = len(told.findings)
    for key in sorted(set(row) - set(KEYS)):
        told.wrong("key_unknown", key, number, value=key, known=", ".join(KEYS))
    chance = None
    if _blank(row.get("probability")):
        told.wrong("probability_missing", "probability", number)
    else:
        chance = _fraction(row["probability"], "probability", "probability", told, number)
    loss = ONE if _blank(row.get("loss")) else _loss(row["loss"], "loss", number, told)
    lost = _lost(problem, row, loss, number, told)
    if len(told.findings) > before or chance is None:
        return None
    given = row.get("id", row.get("name"))
    return Failure(name_of(sorted(lost)) if _blank(given) else str(given).strip(), lost, chance)


def _lost(
    problem: AwardProblem, row: Mapping[str, Any], loss: Fraction | None, number: int, told: Told
) -> dict[str, Fraction]:
    """Supplier → loss; who is hit twice loses the greater part."""
    named = row.get("failed")
    own: dict[str, Fraction | None]
    if isinstance(named, Mapping):
        own = {str(key): _loss(value, "failed", number, told) for key, value in named.items()}
    else:
        own = dict.fromkeys(_names(named), loss)
    for key in sorted(set(own) - set(problem.suppliers)):
        told.wrong("supplier_unknown", "failed", number, value=key)
    for region in _names(row.get("regions")):
        there = [key for key, part in problem.suppliers.items() if str(part.attributes.get("region", "")) == region]
        if not there:
            told.wrong("region_unknown", "regions", number, value=region)
        own |= {key: max(loss or ZERO, own.get(key) or ZERO) for key in there}
    return {key: value for key, value in own.items() if value}


def _loss(value: object, column: str, number: int, told: Told) -> Fraction | None:
    found = _fraction(value, "loss", column, told, number)
    if found == 0:
        told.wrong("loss", column, number, value=value, of="")
    return found


def _names(cell: object) -> tuple[str, ...]:
    if _blank(cell):
        return ()
    if isinstance(cell, str):
        return tuple(part.strip() for part in cell.split("|") if part.strip())
    if isinstance(cell, Iterable):
        return tuple(str(part) for part in cell)
    return (str(cell),)


def _blank(cell: object) -> bool:
    return not isinstance(cell, Mapping | list | tuple | set | frozenset) and is_blank(cell)
