"""From raw tables to a tender: notice, policy, typed tables, cross-checks; all findings together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from supplier_eval.errors import Finding, InvalidPolicy, InvalidTender, UnknownName
from supplier_eval.flags import Ruling
from supplier_eval.intake.checks import Checker
from supplier_eval.intake.envelope import Envelope
from supplier_eval.intake.identifiers import id_key
from supplier_eval.intake.notice import Notice
from supplier_eval.intake.source import Source, read_source
from supplier_eval.intake.tables import TABLES
from supplier_eval.intake.tender import Evaluator, PastScore, Tender
from supplier_eval.intake.typed import Reading, Record, typed_records
from supplier_eval.policy.document import Policy

if TYPE_CHECKING:
    import pandas as pd

MARK_COLUMNS = ["bid", "criterion", "evaluator", "round", "mark", "label", "comment", "row"]


def read_tender(path: str | Path, policy: Policy | None = None) -> Tender:
    """Read a tender: a folder of tables, one .xlsx workbook, or an OCDS release with the bids extension.

    Parameters
    ----------
    path : str or Path
        Folder with ``tender.toml``, workbook, or ``.json``.
    policy : Policy, optional
        Takes the place of the policy that the notice names; the result is then exploratory unless its
        fingerprint is the published one.

    Returns
    -------
    Tender
        Frozen; every table checked.

    Raises
    ------
    InvalidTender
        With every finding at once: table, column, rows, value, message, remedy.
    """
    tender, findings = load_tender(path, policy)
    if tender is None or any(f.severity == "error" for f in findings):
        raise InvalidTender(findings, str(path))
    return tender


def load_tender(path: str | Path, policy: Policy | None = None) -> tuple[Tender | None, list[Finding]]:
    """Read as `read_tender` does, but hand the findings back; None where no tender can be made of it."""
    source = read_source(Path(path))
    if source is None:
        return None, [Finding("tender.path.unknown_kind", "tender", value=str(path))]
    return assemble(source, policy)


def assemble(source: Source, policy: Policy | None = None) -> tuple[Tender | None, list[Finding]]:
    """Build a tender from its raw material.

    Parameters
    ----------
    source : Source
        What was read.
    policy : Policy, optional
        Takes the place of the one that the notice names.

    Returns
    -------
    tuple of (Tender or None, list of Finding)
        The tender is there whenever notice, policy and bids could be read at all, so that later checks can
        add their findings; it may be evaluated only if no finding is an error.
    """
    findings = list(source.findings)
    if source.notice is None:
        return None, findings
    notice = _notice(source.notice, findings)
    if policy is None:
        policy = _policy(source, notice, findings)
    records = _typed(source, notice, policy, findings)
    if notice is None or policy is None or "bids" not in records:
        return None, findings
    checker = Checker(notice, policy, {name: rows for name, rows in records.items() if rows or name == "bids"})
    findings += checker.findings()
    bids = _bids_frame(records["bids"], notice)
    tender = Tender(
        notice=notice,
        policy=policy,
        bids=bids,
        facts=checker.facts,
        marks=_marks_frame(records.get("marks", []), checker.marks),
        evaluators=_evaluators(records.get("evaluators", [])),
        past=_past(records.get("past", [])),
        rulings=_rulings(records.get("rulings", [])),
        envelope=Envelope(source.prices, _reading(notice), tuple(bids.index)),
        warnings=tuple(f for f in findings if f.severity == "warning"),
        source=source.name,
        digests=source.digests,
    )
    if tender.prices_may_open and policy.procedure.envelopes == 1 and checker.needs_prices:
        findings += tender.envelope.open(tuple(bids.index))[1]
    return tender, findings


def _notice(data: Mapping[str, Any], findings: list[Finding]) -> Notice | None:
    try:
        return Notice.model_validate(dict(data))
    except ValidationError as refused:
        codes = {"extra_forbidden": "tender.key.unknown", "missing": "tender.key.missing"}
        for error in refused.errors(include_url=False):
            place = ".".join(str(part) for part in error["loc"])
            shown = "" if isinstance(error["input"], Mapping | list | tuple) else str(error["input"])
            facts = {"why": error["msg"].removeprefix("Value error, ")}
            code = codes.get(error["type"], "tender.value.invalid")
            findings.append(Finding(code, "tender", place, value=shown, facts=facts))
        return None


def _policy(source: Source, notice: Notice | None, findings: list[Finding]) -> Policy | None:
    named = notice.policy if notice is not None else (source.notice or {}).get("policy")
    if not isinstance(named, str):
        return None
    try:
        if named.startswith("profile:"):
            return Policy.profile(named.removeprefix("profile:"))
        path = (source.folder / named).resolve()
        if not path.is_relative_to(source.folder.resolve()) or Path(named).is_absolute():
            findings.append(Finding("tender.policy.outside", "tender", "policy", value=named))
            return None
        return Policy.load(path)
    except UnknownName as unknown:
        facts = {"known": ", ".join(unknown.known)}
        findings.append(Finding("tender.policy.unknown", "tender", "policy", value=named, facts=facts))
    except InvalidPolicy as refused:
        findings += refused.findings
    return None


def _reading(notice: Notice) -> Reading:
    return Reading(notice.decimal, notice.thousands, notice.currency, notice.timezone)


def _typed(
    source: Source, notice: Notice | None, policy: Policy | None, findings: list[Finding]
) -> dict[str, list[Record]]:
    """Typed records of every table that is there; the same findings as for a whole notice where it is broken."""
    currency = (notice.currency if notice else "") or (policy.currency if policy else "")
    reading = Reading(notice.decimal, notice.thousands, currency, notice.timezone) if notice else Reading()
    records: dict[str, list[Record]] = {}
    for name, contract in TABLES.items():
        if name in source.tables:
            records[name], found = typed_records(source.tables[name], contract, reading)
            findings += found
        elif contract.required and not any(f.table == name for f in source.findings):
            findings.append(Finding(f"{name}.missing_table", name))
    return records


def _bids_frame(records: list[Record], notice: Notice) -> pd.DataFrame:
    import pandas as pd

    only = notice.lot_ids[0]
    lots = {id_key(lot): lot for lot in notice.lot_ids}
    rows = {
        r["bid"]: {
            "lot": lots.get(id_key(r["lot"]), r["lot"]) if r["lot"] else only,
            "bidder": r["bidder"] or r["bid"],
            "name": r["name"] or r["bid"],
            "received": _utc(r["received"]),
            "small_business": bool(r["small_business"]),
            "row": r["row"],
        }
        for r in sorted(records, key=lambda r: (id_key(r["bid"]), r["bid"]))
        if r["bid"]
    }
    columns = ["lot", "bidder", "name", "received", "small_business", "row"]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    frame["received"] = pd.Series([entry["received"] for entry in rows.values()], index=frame.index, dtype=object)
    frame.index.name = "bid"
    return frame


def _utc(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.astimezone(UTC)


def _marks_frame(records: list[Record], read: Mapping[int, tuple[float, str]]) -> pd.DataFrame:
    import pandas as pd

    rows = [
        (
            r["bid"],
            r["criterion"],
            r["evaluator"],
            r["round"] or "independent",
            *read.get(r["row"], (float("nan"), "")),
            r["comment"],
            r["row"],
        )
        for r in records
    ]
    frame = pd.DataFrame(rows, columns=MARK_COLUMNS).astype({"mark": "float64", "row": "int64"})
    return frame.sort_values(["bid", "criterion", "evaluator", "round"], ignore_index=True)


def _evaluators(records: list[Record]) -> dict[str, Evaluator]:
    members = {}
    for r in sorted(records, key=lambda r: id_key(r["evaluator"])):
        conflicts = tuple(part.strip() for part in str(r["conflict_with"]).split(";") if part.strip())
        member = Evaluator(r["evaluator"], r["name"], r["kind"] or "other", conflicts, r["declared_on"])
        members[member.id] = member
    return members


def _past(records: list[Record]) -> dict[str, PastScore]:
    return {
        r["bidder"]: PastScore(r["score"], r["period"], r["coverage"], r["lower"], r["upper"])
        for r in records
        if r["score"] is not None
    }


def _rulings(records: list[Record]) -> tuple[Ruling, ...]:
    keep = [r for r in records if r["ruling"] and r["on"] is not None]
    keep.sort(key=lambda r: (r["on"], id_key(r["case"]), id_key(r["bid"]), r["row"]))
    names = (
        "bid",
        "case",
        "ruling",
        "by",
        "on",
        "reason",
        "value",
        "asked",
        "asked_on",
        "answer",
        "answered_on",
    )
    return tuple(Ruling(**{name: r[name] for name in names}) for r in keep)
