r"""Needs assessed by several people: is it necessary, is outsourcing it feasible, did one person decide it (§2.1.2).

The value of a criterion is the mean over the people who marked it; necessity and feasibility are weighted means of
their criteria, each on 0-100:

.. math:: d = \sum_{c \in d} w_c \, \frac{1}{m} \sum_{p=1}^{m} v_{cp}, \qquad \sum_{c \in d} w_c = 1.

Every person marks every criterion of a need or none of it: a mark that is missing is a finding, and nothing is
filled in (convention §1).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.identifiers import id_key
from supplier_eval.planning.needs_result import NeedAssessment, NeedAssessments, Verdict
from supplier_eval.planning.plan import DIMENSIONS, NeedCriterion, PlanningPlan
from supplier_eval.risk.records import Column, Record, Unclear, judge_records

if TYPE_CHECKING:
    import pandas as pd

NEEDS, MARKS = "needs", "need_marks"
NEED_COLUMNS = (
    Column("need"),
    Column("title"),
    Column("department"),
    Column("category"),
    *(Column(name, required=False, filled=False) for name in ("scope", "quality", "next_review")),
)
MARK_COLUMNS = (
    Column("need"),
    Column("person"),
    Column("criterion"),
    Column("mark", "figure"),
    Column("comment", required=False, filled=False),
)
ByPerson = Mapping[str, Mapping[str, Fraction]]


def assess_needs(needs: pd.DataFrame, marks: pd.DataFrame, plan: PlanningPlan) -> NeedAssessments:
    """Assess the necessity of needs and the feasibility of outsourcing them.

    Parameters
    ----------
    needs : DataFrame
        ``need`` (id), ``title``, ``department``, ``category``; optional ``scope``, ``quality``, ``next_review``.
    marks : DataFrame
        ``need``, ``person``, ``criterion``, ``mark`` on the criterion's declared scale; optional ``comment``.
    plan : PlanningPlan
        Criteria, weights, lines, number of people.

    Returns
    -------
    NeedAssessments
        In canonical order of the needs. A need with fewer people than the plan asks for is undecided.

    Raises
    ------
    InvalidInput
        With every finding: columns or cells missing, needs or criteria unknown, marks outside their scale, a person
        who left out a criterion, a mark twice.

    Examples
    --------
    >>> import pandas as pd
    >>> plan = se.planning.PlanningPlan.load("data/samples/needs/plan.toml")
    >>> needs, marks = (pd.read_csv(f"data/samples/needs/{name}.csv") for name in ("needs", "need_marks"))
    >>> se.planning.assess_needs(needs, marks, plan)
    NeedAssessments(5 needs; 2 candidates; binding)
    """
    plan = PlanningPlan.of(plan)
    found: list[Finding] = [] if plan.needs else [Finding("planning.no_need_criteria", "planning_plan", "needs")]
    heads, wrong = judge_records(needs, NEED_COLUMNS, NEEDS, ("need",))
    rows, unclear = judge_records(marks, MARK_COLUMNS, MARKS)
    found += [*wrong, *unclear]
    known = {id_key(one.text("need")): one for one in heads if one.text("need")}
    read = _marked(rows, known, {id_key(one.id): one for one in plan.needs}, found)
    found += _gaps(rows, known, plan, Unclear(unclear))
    if found:
        raise InvalidInput(found, MARKS)
    people = {key: _people(rows, key) for key in known}
    made = tuple(_assessed(head, read.get(key, {}), people[key], plan) for key, head in known.items())
    return NeedAssessments(made, plan)


def _marked(
    rows: list[Record], known: Mapping[str, Record], criteria: Mapping[str, NeedCriterion], found: list[Finding]
) -> dict[str, dict[str, dict[str, Fraction]]]:
    """Need -> person -> criterion -> value on 0-100; what cannot be read is found."""
    read: dict[str, dict[str, dict[str, Fraction]]] = {}
    for row in rows:
        need, person, criterion = (id_key(row.text(name)) for name in ("need", "person", "criterion"))
        at, figure = (row.row,), row.figure("mark")
        for column, key, all_known in (("need", need, known), ("criterion", criterion, criteria)):
            if key and all_known and key not in all_known:
                facts = {"known": ", ".join(one if column == "need" else criteria[one].id for one in all_known)}
                found.append(Finding(f"planning.{column}_unknown", MARKS, column, at, row.text(column), facts))
        if need not in known or criterion not in criteria or figure is None:
            continue
        asked = criteria[criterion]
        if not asked.scale[0] <= figure <= asked.scale[1]:
            facts = {"least": f"{asked.scale[0]:g}", "most": f"{asked.scale[1]:g}", "criterion": asked.id}
            found.append(Finding("planning.mark_outside", MARKS, "mark", at, f"{figure:g}", facts))
            continue
        own = read.setdefault(need, {}).setdefault(person, {})
        if criterion in own:
            facts = {"person": row.text("person"), "criterion": asked.id}
            found.append(Finding("planning.mark_twice", MARKS, "mark", at, row.text("need"), facts))
        low, high = Fraction(asked.floor), Fraction(asked.target)
        own[criterion] = 100 * (Fraction(str(figure)) - low) / (high - low)
    return read


def _gaps(rows: list[Record], known: Mapping[str, Record], plan: PlanningPlan, unclear: Unclear) -> Iterator[Finding]:
    """A person who marked a need marked it on every criterion; a row that could not be read may be the missing one."""
    given: dict[tuple[str, str], set[str]] = {}
    people: dict[str, str] = {}
    for row in rows:
        need, person = id_key(row.text("need")), id_key(row.text("person"))
        if unclear(row.row, "need", "person", "criterion"):
            return
        if need in known:
            given.setdefault((need, person), set()).add(id_key(row.text("criterion")))
            people.setdefault(person, row.text("person"))
    for (need, person), marked in sorted(given.items()):
        missing = [one.id for one in plan.needs if id_key(one.id) not in marked]
        if missing:
            facts = {"person": people[person], "missing": ", ".join(missing)}
            yield Finding("planning.mark_missing", MARKS, "criterion", value=known[need].text("need"), facts=facts)


def _people(rows: list[Record], need: str) -> dict[str, str]:
    """Key -> id as written, of those who marked a need, in canonical order; of several spellings the first by code."""
    named: dict[str, str] = {}
    for row in rows:
        if id_key(row.text("need")) == need:
            key, written = id_key(row.text("person")), row.text("person")
            named[key] = min(written, named.get(key, written))
    return dict(sorted(named.items()))


def dimension_value(by_person: ByPerson, criteria: tuple[NeedCriterion, ...]) -> Fraction | None:
    """Weighted mean over criteria of the mean over people; None where nobody marked."""
    if not by_person:
        return None
    total = sum((Fraction(one.weight) for one in criteria), Fraction(0))
    sums = (
        Fraction(one.weight) * sum((own[id_key(one.id)] for own in by_person.values()), Fraction(0)) for one in criteria
    )
    return sum(sums, Fraction(0)) / total / len(by_person)


def _verdict(by_person: ByPerson, plan: PlanningPlan) -> Verdict:
    figures = [dimension_value(by_person, plan.of_dimension(name)) for name in DIMENSIONS]
    necessary, feasible = (
        figure is not None and figure >= Fraction(getattr(plan.lines, name))
        for name, figure in zip(DIMENSIONS, figures, strict=True)
    )
    if necessary:
        return "candidate" if feasible else "not_feasible"
    return "not_necessary"


def _assessed(head: Record, by_person: ByPerson, people: Mapping[str, str], plan: PlanningPlan) -> NeedAssessment:
    verdict = _verdict(by_person, plan) if by_person else "undecided"
    enough = len(by_person) >= plan.assessors
    alone: tuple[str, ...] = ()
    if len(by_person) > 1:
        without = {out: {p: own for p, own in by_person.items() if p != out} for out in people}
        alone = tuple(people[out] for out, rest in without.items() if _verdict(rest, plan) != verdict)
    own = {
        name: tuple(_number(dimension_value({person: by_person[person]}, plan.of_dimension(d))) for d in DIMENSIONS)
        for person, name in people.items()
    }
    values = {
        one.id: float(sum((marks[id_key(one.id)] for marks in by_person.values()), Fraction(0)) / len(by_person))
        for one in plan.needs
        if by_person
    }
    necessity, feasibility = (_number(dimension_value(by_person, plan.of_dimension(name))) for name in DIMENSIONS)
    texts = {name: head.text(name) for name in ("title", "department", "category", "scope", "quality", "next_review")}
    return NeedAssessment(
        need=head.text("need"),
        texts=texts,
        necessity=necessity,
        feasibility=feasibility,
        verdict=verdict if enough else "undecided",
        would_be=verdict,
        by_person=own,
        values=values,
        decided_by=alone,
    )


def _number(figure: Fraction | None) -> float | None:
    return None if figure is None else float(figure)
