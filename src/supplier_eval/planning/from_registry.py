"""Needs and marks from the registry to `assess_needs` and back; the report filed by its digest (§2.1.2, §2.2.1)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.identifiers import id_key
from supplier_eval.planning.needs import MARK_COLUMNS, MARKS, assess_needs
from supplier_eval.planning.plan import PlanningPlan
from supplier_eval.registry.store_findings import make_record
from supplier_eval.risk.records import read_records

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.planning.needs_result import NeedAssessments
    from supplier_eval.registry.record import Record, Stored
    from supplier_eval.registry.store import Registry

OPEN = ("listed", "analysed")
NEED_FIELDS = {"title": "title", "department": "department", "category": "category", "scope": "scope",
               "quality": "quality_requirements", "next_review": "next_review"}  # fmt: skip
LONGEST_ID = 120


def registry_needs(registry: Registry, *, needs: Iterable[str] = ()) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read needs and their marks from one view of a store.

    Parameters
    ----------
    registry : Registry
        With kinds ``need`` and ``assessment``.
    needs : iterable of str
        Ids; without them every need that is listed or analysed.

    Returns
    -------
    needs : DataFrame
        Columns of `assess_needs`.
    marks : DataFrame
        Those that were given and not withdrawn, with ``dimension`` and the record's id in ``assessment``.

    Raises
    ------
    UnknownName
        For a need that is not there.
    """
    import pandas as pd

    wanted = [registry.get("need", key).id for key in needs]
    with registry.reading() as reading:
        heads = [one for one in reading.where("need", () if wanted else OPEN) if not wanted or one.id in wanted]
        marks = [mark for one in heads for mark in reading.where("assessment", ("given",), need=one.id)]
    rows = [{"need": one.id, **{name: _text(one, field) for name, field in NEED_FIELDS.items()}} for one in heads]
    given = [
        {"need": one.need, "person": one.person, "criterion": one.criterion, "mark": one.mark,
         "dimension": one.dimension, "assessment": one.id}
        for one in marks
    ]  # fmt: skip
    columns = ["need", "person", "criterion", "mark", "dimension", "assessment"]
    return pd.DataFrame(rows, columns=["need", *NEED_FIELDS]), pd.DataFrame(given, columns=columns)


def _text(stored: Stored, field: str) -> str | None:
    value = getattr(stored, field)
    return None if value is None or value == "" else str(value)


def assess_registry(registry: Registry, plan: PlanningPlan, *, needs: Iterable[str] = ()) -> NeedAssessments:
    """Assess the needs of a store by the marks that stand in it.

    Parameters
    ----------
    registry : Registry
        With kinds ``need`` and ``assessment``.
    plan : PlanningPlan
        Criteria, weights, lines, number of people.
    needs : iterable of str
        Ids; without them every need that is listed or analysed.

    Raises
    ------
    InvalidInput
        With every finding, those of `assess_needs` and marks that were given for another dimension than the plan's.
    """
    plan = PlanningPlan.of(plan)
    heads, marks = registry_needs(registry, needs=needs)
    found = list(_other_dimension(marks, plan))
    try:
        assessed = assess_needs(heads, marks, plan)
    except InvalidInput as refused:
        raise InvalidInput([*found, *refused.findings], MARKS) from None
    if found:
        raise InvalidInput(found, MARKS)
    return assessed


def _other_dimension(marks: pd.DataFrame, plan: PlanningPlan) -> Iterator[Finding]:
    asked = {id_key(one.id): one.dimension for one in plan.needs}
    for row in marks.to_dict("records"):
        dimension = asked.get(id_key(str(row["criterion"])))
        if dimension is not None and dimension != row["dimension"]:
            facts = {"assessment": row["assessment"], "criterion": row["criterion"], "dimension": dimension}
            yield Finding("planning.other_dimension", "assessment", "dimension", (), str(row["dimension"]), facts)


def mark_records(marks: pd.DataFrame, plan: PlanningPlan) -> tuple[Record, ...]:
    """Make registry records of a table of marks, ready for ``registry.add_many``.

    Parameters
    ----------
    marks : DataFrame
        As for `assess_needs`: ``need``, ``person``, ``criterion``, ``mark``; optional ``comment``.
    plan : PlanningPlan
        Says to which dimension a criterion belongs.

    Returns
    -------
    tuple of Record
        Kind ``assessment``. The id is made of need, person and criterion, so that the same mark is not stored twice.

    Raises
    ------
    InvalidInput
        With every finding: columns or cells missing, criteria unknown, a person or mark that no record can hold.
    """
    plan = PlanningPlan.of(plan)
    criteria = {id_key(one.id): one for one in plan.needs}
    found: list[Finding] = []
    made: list[Record] = []
    for row in read_records(marks, MARK_COLUMNS, MARKS, ("need", "person", "criterion")):
        asked = criteria.get(id_key(row.text("criterion")))
        if asked is None:
            facts = {"known": ", ".join(one.id for one in criteria.values())}
            found.append(
                Finding("planning.criterion_unknown", MARKS, "criterion", (row.row,), row.text("criterion"), facts)
            )
            continue
        need, person = row.text("need"), row.text("person")
        values: dict[str, Any] = {"need": need, "person": person, "dimension": asked.dimension, "criterion": asked.id}
        values |= {"id": _mark_id(need, person, asked.id), "mark": str(row.figure("mark"))}
        try:
            made.append(make_record("assessment", values | {"comment": row.text("comment")}))
        except InvalidInput as refused:
            found += refused.findings
    if found:
        raise InvalidInput(found, MARKS)
    return tuple(made)


def _mark_id(need: str, person: str, criterion: str) -> str:
    """An id that people can read; of a long one the digest."""
    readable = f"{need}-{person}-{criterion}"
    if len(readable) <= LONGEST_ID:
        return readable
    return "mark-" + hashlib.sha256("\x1f".join((need, person, criterion)).encode()).hexdigest()


def file_report(registry: Registry, need: str, report: bytes, *, name: str = "needs.html", data_class: str = "") -> str:
    """Keep the needs-analysis report in the store and put its digest where it is decided on.

    The need moves to analysed with the report; decisions about it that are in draft or were returned get the report.

    Parameters
    ----------
    registry : Registry
        Opened by whoever files it.
    need : str
        Id; a need that is listed, or one that was analysed with this same report.
    report : bytes
        The page, as `report.write_needs` wrote it.
    name : str
        File name; data only.
    data_class : str
        Class of the information in it; the need's by default.

    Returns
    -------
    str
        ``sha256:...`` of the report.

    Raises
    ------
    UnknownName
        For a need that is not there.
    InvalidInput
        Where the need was analysed with another report; `Refused` where the store's rules object, such as too few
        people. What was attached stays; a digest alone decides nothing.
    """
    stored = registry.get("need", need)
    digest = f"sha256:{hashlib.sha256(report).hexdigest()}"
    if stored.state not in OPEN or (stored.state == "analysed" and stored.report != digest):
        facts = {"state": stored.state, "report": stored.report or "-"}
        raise InvalidInput([Finding("planning.report_stands", "need", "report", value=stored.id, facts=facts)], "need")
    registry.attach(report, name, "text/html", data_class or stored.data_class)
    if stored.state == "listed":
        registry.move(stored, "analyse", report=digest)
    for decision in registry.where("decision", ("draft", "returned"), need=stored.id):
        if decision.report != digest:
            registry.edit(decision, report=digest)
    return digest
