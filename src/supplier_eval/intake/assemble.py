"""From raw tables to a tender: notice, policy, typed tables, cross-checks; all findings together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supplier_eval.errors import Finding, InvalidPolicy, InvalidTender, UnknownName
from supplier_eval.flags import Ruling
from supplier_eval.intake.bid_checks import bidders_of
from supplier_eval.intake.checks import Checker
from supplier_eval.intake.envelope import Envelope
from supplier_eval.intake.identifiers import id_key
from supplier_eval.intake.notice import Notice
from supplier_eval.intake.notice_checks import category_findings, read_notice
from supplier_eval.intake.panel_checks import conflicts_of
from supplier_eval.intake.source import Source, read_source
from supplier_eval.intake.tables import TABLES
from supplier_eval.intake.tender import Evaluator, PastScore, Tender
from supplier_eval.intake.typed import Reading, Record, typed_records
from supplier_eval.messages.near import near_names
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

    Examples
    --------
    >>> tender = se.read_tender("data/samples/service-desk")
    >>> tender.lots, len(tender.bids), tender.notice.category
    (('L1', 'L2', 'L3'), 18, 'ITO')
    """
    tender, findings = load_tender(path, policy)
    return _refuse(tender, findings, str(path))


def load_tender(path: str | Path, policy: Policy | None = None) -> tuple[Tender | None, list[Finding]]:
    """Read as `read_tender` does, but hand the findings back; None where no tender can be made of it."""
    source = read_source(Path(path))
    if not Path(path).exists():
        return None, [Finding("tender.path.missing", "tender", value=str(path))]
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
    notice, found = read_notice(source.notice)
    findings += found
    named = _policy(source, notice, findings if policy is None else [])
    used = policy if policy is not None else named
    reading = _reading(source.notice, notice, used)
    records = _typed(source, reading, findings)
    if notice is None or used is None or "bids" not in records:
        return None, findings
    unclear = list(category_findings(notice, used))
    if unclear:
        return None, [*findings, *unclear]
    refused = {f.table for f in source.findings if f.severity == "error"}
    checker = Checker(notice, used, records, refused)
    findings += checker.findings()
    findings += [finding for finding in used.check() if finding.severity == "warning"]
    if used.adoption is not None and not notice.policy_fingerprint:
        facts = {"computed": used.fingerprint}
        code = "tender.policy_fingerprint.absent"
        findings.append(Finding(code, "tender", "policy_fingerprint", facts=facts, severity="warning"))
    bids = _bids_frame(records["bids"], notice)
    sealed = any(p.procedure.envelopes == 2 for p in (used, named) if p is not None)
    tender = Tender(
        notice=notice,
        policy=used,
        bids=bids,
        facts=checker.facts,
        marks=_marks_frame(records.get("marks", []), checker.marks),
        evaluators=_evaluators(records.get("evaluators", [])),
        past=_past(records.get("past", [])),
        rulings=_rulings(records.get("rulings", [])),
        envelope=Envelope(source.prices, reading, tuple(bids.index), sealed),
        warnings=tuple(f for f in findings if f.severity == "warning"),
        source=source.name,
        digests=source.digests,
        published=named if named is not None and named != used else None,
        again=lambda other: _refuse(*assemble(source, other), source.name),
    )
    if not sealed and checker.needs_prices:  # a late bid's envelope stays closed
        in_time = [bid for bid, at in zip(bids.index, bids["received"], strict=True) if not _late(at, notice)]
        findings += tender.envelope.open(tuple(in_time))[1]
        tender = replace(tender, warnings=tuple(f for f in findings if f.severity == "warning"))
    return tender, findings


def _late(received: datetime | None, notice: Notice) -> bool:
    return received is not None and notice.deadline is not None and received > notice.deadline


def _refuse(tender: Tender | None, findings: list[Finding], name: str) -> Tender:
    if tender is None or any(f.severity == "error" for f in findings):
        raise InvalidTender(findings, name)
    return tender


def _policy(source: Source, notice: Notice | None, findings: list[Finding]) -> Policy | None:
    named = notice.policy if notice is not None else (source.notice or {}).get("policy")
    if not isinstance(named, str):
        return None
    try:
        if named.startswith("profile:"):
            return Policy.profile(named.removeprefix("profile:"))
        if not _inside(source.folder, named):
            findings.append(Finding("tender.policy.outside", "tender", "policy", value=named))
            return None
        return Policy.load(source.folder / named)
    except UnknownName as unknown:
        facts = near_names(unknown.name, unknown.known)
        findings.append(Finding("tender.policy.unknown", "tender", "policy", value=named, facts=facts))
    except InvalidPolicy as refused:
        findings += refused.findings
    return None


def _inside(folder: Path, named: str) -> bool:
    """Whether a file that the notice names lies in its folder, links followed."""
    try:
        path = (folder / named).resolve()
        return path.is_relative_to(folder.resolve()) and not Path(named).is_absolute()
    except (OSError, RuntimeError, ValueError):  # a loop of links, a NUL
        return False


def _reading(said: Mapping[str, Any], notice: Notice | None, policy: Policy | None) -> Reading:
    """How figures are written; where the notice was refused for something else, what it says of them holds."""
    if notice is not None:
        currency = notice.currency or (policy.currency if policy else "")
        return Reading(notice.decimal, notice.thousands, currency, notice.timezone)
    alone = {key: said[key] for key in ("decimal", "thousands", "currency", "timezone") if key in said}
    least = {"id": "-", "title": "-", "policy": "-"}
    read, _ = read_notice({**least, **alone})
    return Reading(timezone="UTC") if read is None else _reading(alone, read, policy)


def _typed(source: Source, reading: Reading, findings: list[Finding]) -> dict[str, list[Record]]:
    """Typed records of every table that is there."""
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
    bidders = bidders_of(records)
    rows = {
        r["bid"]: {
            "lot": r["lot"] or only,
            "bidder": bidders[id_key(r["bidder"] or r["bid"])],
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
        kind, conflicts = r["kind"] or "other", conflicts_of(r)
        if r["evaluator"]:
            members[r["evaluator"]] = Evaluator(r["evaluator"], r["name"], kind, conflicts, r["declared_on"])
    return members


def _past(records: list[Record]) -> dict[str, PastScore]:
    return {
        r["bidder"]: PastScore(
            r["score"],
            r["period"],
            None if r["coverage"] is None else r["coverage"] / 100,
            r["lower"],
            r["upper"],
        )
        for r in records
        if r["score"] is not None
    }


def _rulings(records: list[Record]) -> tuple[Ruling, ...]:
    keep = [r for r in records if r["ruling"] and r["on"] is not None]
    # Notes first: the last ruling on a case settles it, and a note does not.
    keep.sort(key=lambda r: (r["ruling"] != "note", r["on"], id_key(r["case"]), id_key(r["bid"]), r["row"]))
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
        "lot",
        "criterion",
        "evaluator",
    )
    return tuple(Ruling(**{name: r[name] for name in names}) for r in keep)
