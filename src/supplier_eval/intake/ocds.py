"""OCDS 1.1: one release with the bids extension becomes the notice and the raw tables of a tender.

What is read, what is not, and what may stand beside the file (``NAME.marks.csv``, ``NAME.tender.toml``) is told
in docs/ocds.md. Only the kinds of the values that are used are checked here; the tables then go through the same
checks as those of a folder.

Sources: Open Contracting Data Standard 1.1, release schema; its extensions bids, lots and requirements.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from supplier_eval.errors import Finding
from supplier_eval.intake.files import read_json
from supplier_eval.intake.gathered import Gathered
from supplier_eval.intake.identifiers import id_key
from supplier_eval.intake.json_walk import NOTHING, Node
from supplier_eval.intake.ocds_beside import complete, joined, read_beside
from supplier_eval.intake.ocds_bids import (
    Bid,
    bid_table,
    price_table,
    read_bids,
    requirement_table,
    ruling_table,
)
from supplier_eval.intake.ocds_notice import notice_of
from supplier_eval.intake.raw_table import RawTable
from supplier_eval.intake.source import Source, notice_digest, table_digest

WARNINGS = {"ocds.bids.invited", "ocds.bids.interest", "ocds.bids.replaced", "ocds.status.ended"}


def read_ocds(path: Path) -> Source:
    """Read a tender from an OCDS file that holds one release.

    Parameters
    ----------
    path : Path
        A ``.json`` file: a release, a release package with one release, a record or a record package with one
        record that holds a ``compiledRelease``.

    Returns
    -------
    Source
        Its notice is None where the file holds no release that could be read. In findings about the release a
        row is the place of the entry in its list (``bids.details``, ``parties``, ``tender.lots``), from 1.
    """
    document, refused = read_json(path)
    g = Gathered("release")
    release = None if refused else _only_release(document, g)
    if release is None:
        return Source(None, {}, None, path.parent, str(path), [*refused, *g.findings()])
    bids = _made(read_bids(release))
    tables = _tables(release, bids, str(path))
    notice = notice_of(release, [bid.currency for bid in bids])
    stated = bool(notice.get("currency")) or any(bid.currency for bid in bids)
    added = read_beside(path)
    findings = [_weighed(f) for f in g.findings()] + added.findings
    if "bids" not in tables:
        findings.append(Finding("ocds.bids.missing", "bids"))
    notice, twice = complete(notice, added.notice)
    for name, table in added.tables.items():
        tables[name] = joined(tables[name], table) if name in tables else table
    prices = price_table(bids, str(path), stated)
    digests = {name: table_digest(table) for name, table in tables.items()}
    digests |= {"tender": notice_digest(notice), "prices": table_digest(prices)}
    return Source(notice, tables, lambda: (prices, []), path.parent, str(path), [*findings, *twice], digests)


def _only_release(document: object, g: Gathered) -> Node | None:
    """The one release of the document; a finding where there is none, or more than one."""
    top = Node(document if isinstance(document, dict) else NOTHING, g)
    if "records" in top.value:
        record = _single(top, "records")
        return None if record is None else _of_record(record)
    if "compiledRelease" in top.value or "releases" in top.value:
        return _of_record(top)
    if {"ocid", "tender", "bids"}.isdisjoint(top.value):
        g.add("ocds.not_a_release", "", 0)
        return None
    return top


def _of_record(record: Node) -> Node | None:
    """The compiled release of a record, else its only release; of a package, its only release."""
    if record.value.get("compiledRelease") is None:
        return _single(record, "releases")
    compiled = record.object("compiledRelease")
    return replace(compiled, path="", row=0) if compiled.value else None


def _single(top: Node, key: str) -> Node | None:
    """The only entry of a list."""
    n = len(top.entries(key))
    if n != 1:
        top.found.add("ocds.not_one", key, 0, str(n))
        return None
    entries = top.objects(key)
    return replace(entries[0], path="", row=0) if entries else None


def _weighed(finding: Finding) -> Finding:
    return replace(finding, severity="warning") if finding.code in WARNINGS else finding


def _made(bids: Sequence[Bid]) -> list[Bid]:
    """Bids that were made; invitations, mere interest, and bids that were replaced are noted and left out."""
    submitted = []
    for bid in bids:
        if bid.status == "invited":
            bid.node.note("ocds.bids.invited", "status", bid.id)
        elif bid.interest:
            bid.node.note("ocds.bids.interest", "submissionType", bid.id)
        else:
            submitted.append(bid)
    standing = {_whose(bid) for bid in submitted if bid.status != "withdrawn" and bid.bidder}
    kept = []
    for bid in submitted:
        if bid.status == "withdrawn" and _whose(bid) in standing:
            bid.node.note("ocds.bids.replaced", "status", bid.id)
        else:
            kept.append(bid)
    return kept


def _whose(bid: Bid) -> tuple[str, str]:
    return id_key(bid.lot), id_key(bid.bidder)


def _tables(release: Node, bids: Sequence[Bid], source: str) -> dict[str, RawTable]:
    """The tables that the release itself holds, but for the prices; no bids where it has no ``bids.details``."""
    if not isinstance(release.quiet("bids").get("details"), list):
        return {}
    tables = {"bids": bid_table(bids, source)}
    for table in (requirement_table(bids, source), ruling_table(release, bids, source)):
        if table.rows:
            tables[table.name] = table
    return tables
