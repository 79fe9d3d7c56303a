"""Whether a store still says what its audit says: the chain, every record, every content, the rules, an anchor.

A pure comparison of rows that the caller reads; it holds one digest a record in memory, not the records.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from supplier_eval.errors import Finding, findings_frame
from supplier_eval.messages import Lang, message
from supplier_eval.registry.audit import GENESIS, RULES_KIND, Anchor, AuditRow, chain_hash, rules_picture
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

MOST_FINDINGS = 1_000


class CurrentRow(NamedTuple):
    """A record as its own table holds it now.

    Parameters
    ----------
    kind, id : str
        The record.
    version : int
        As stored.
    changed_at, changed_by : str
        Moment as `audit.moment_text` writes it, and who.
    picture : str
        As `audit.picture` writes it; of a record that cannot be read, anything that no line says.
    """

    kind: str
    id: str
    version: int
    changed_at: str
    changed_by: str
    picture: str


class _Last(NamedTuple):
    """What the audit says of a record after its last line."""

    seq: int
    version: int
    at: str
    actor: str
    print: bytes


@dataclass(frozen=True, repr=False)
class AuditVerdict(Shown):
    """What a verification found.

    Parameters
    ----------
    head : Anchor
        Number and hash of the last line, as stored; to be printed and kept outside.
    lines, records, contents : int
        How many were compared.
    findings : tuple of Finding
        Everything that is wrong, at most 1,000: tables that are gone, then lines of the audit by number, so that the
        first finding names the first bad line; then records, contents, rules, the anchor, and triggers of the database.
    against : Anchor or None
        The anchor that was held against it.
    """

    head: Anchor
    lines: int
    records: int
    contents: int
    findings: tuple[Finding, ...]
    against: Anchor | None = None

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings

    @property
    def first(self) -> Finding | None:
        """The first thing that is wrong; None where nothing is."""
        return self.findings[0] if self.findings else None

    def to_frame(self, lang: Lang = "en") -> pd.DataFrame:
        """All findings as a table, see `findings_frame`."""
        return findings_frame(self.findings, lang)

    def explain(self, lang: Lang = "en") -> str:
        """What was compared and what was found, one sentence a line."""
        facts = {"lines": self.lines, "records": self.records, "contents": self.contents, "head": self.head}
        said = [message("audit.compared", lang, **facts)]
        if self.against is None:
            said.append(message("audit.no_anchor", lang))
        elif self.is_sound:
            said.append(message("audit.anchor_holds", lang, seq=self.against.seq))
        if self.is_sound:
            return "\n".join([*said, message("audit.sound", lang)])
        return "\n".join([*said, message("audit.unsound", lang, n=len(self.findings)), *self._lines(lang)])

    def _lines(self, lang: Lang) -> list[str]:
        return [finding.line(lang) for finding in self.findings]

    def __repr__(self) -> str:
        return f"AuditVerdict(sound={self.is_sound}, lines={self.lines}, first={self.first and self.first.code})"


def verify_audit(
    lines: Iterable[AuditRow],
    records: Iterable[CurrentRow],
    contents: Iterable[tuple[str, bytes]],
    rules: str,
    anchor: Anchor | None = None,
) -> AuditVerdict:
    """Compare the audit with itself, with what is stored, and with an anchor kept outside.

    Parameters
    ----------
    lines : iterable of AuditRow
        All lines by number.
    records : iterable of CurrentRow
        All records of all kinds as they are stored now, in any order.
    contents : iterable of (str, bytes)
        Digest and bytes of every content.
    rules : str
        The company's rules as TOML, as they are in force.
    anchor : Anchor, optional
        As it was printed; without one a tail that was cut off together with its records cannot be seen.

    Returns
    -------
    AuditVerdict
        Failure is an answer: nothing is raised.
    """
    chain = _Chain(anchor)
    found = list(_first_of(chain.problems(lines)))
    counted = [0, 0]
    wanted: dict[str, str] = {}
    found += _first_of(_of_records(records, chain.last, wanted, counted))
    found += _first_of(_of_contents(contents, wanted, counted))
    found += [*_of_rules(rules, chain.last), *chain.against_anchor()]
    return AuditVerdict(chain.head, chain.lines, counted[0], counted[1], tuple(found[:MOST_FINDINGS]), anchor)


class _Chain:
    """Walks the lines once: number, hash, and what they say of each record."""

    def __init__(self, anchor: Anchor | None) -> None:
        self.anchor = anchor
        self.head = Anchor(0, GENESIS)
        self.lines = 0
        self.last: dict[tuple[str, str], _Last] = {}
        self.at_anchor: str | None = GENESIS if anchor is not None and anchor.seq == 0 else None

    def problems(self, lines: Iterable[AuditRow]) -> Iterator[Finding]:
        for given in lines:
            self.lines += 1
            row = _as_text(given)
            if row is given:
                yield from self._link(row)
            else:
                yield _bad("row_altered", row, actor=row.actor, at=row.at)
            yield from self._history(row)
            if self.anchor is not None and row.seq == self.anchor.seq:
                self.at_anchor = row.hash
            self.head = Anchor(row.seq, row.hash)

    def _link(self, row: AuditRow) -> Iterator[Finding]:
        """One finding a line at most: a gap before it, else its own contents, else the link to the line before."""
        expected = self.head.seq + 1
        if row.seq != expected:
            yield _bad("row_missing", row, expected=expected)
        elif row.hash != chain_hash(row.previous, row):
            yield _bad("row_altered", row, actor=row.actor, at=row.at)
        elif row.previous != self.head.hash:
            yield _bad("chain_broken", row)

    def _history(self, row: AuditRow) -> Iterator[Finding]:
        """Whether a line goes on where the last line of its record ended."""
        key = (sys.intern(row.kind), row.id)
        before = self.last.get(key)
        known = (before.version, before.print) if before is not None else (0, _print(None))
        if row.version != known[0] + 1 or _print(row.before) != known[1]:
            yield _bad("history_broken", row, version=row.version)
        at, actor = sys.intern(row.at), sys.intern(row.actor)  # many lines have the same; a store has millions
        self.last[key] = _Last(row.seq, row.version, at, actor, _print(row.after))

    def against_anchor(self) -> Iterator[Finding]:
        if self.anchor is None:
            return
        facts = {"head": self.head.seq, "seq": self.anchor.seq}
        if self.anchor.seq > self.head.seq:
            yield Finding("audit.tail_cut", "audit", facts=facts)
        elif self.at_anchor != self.anchor.hash:
            yield Finding("audit.anchor_differs", "audit", rows=(self.anchor.seq,), facts=facts)


def _as_text(row: AuditRow) -> AuditRow:
    """The line itself where its parts are text; else with text in place of what somebody put there."""
    told = [*row[1:6], *row[9:], *(part for part in row[7:9] if part is not None)]
    if all(isinstance(part, str) for part in told):
        return row
    return AuditRow._make(part if isinstance(part, int | str | None) else str(part) for part in row)


def _bad(problem: str, row: AuditRow, **facts: object) -> Finding:
    facts |= {"seq": row.seq, "kind": row.kind, "event": row.event}
    return Finding(f"audit.{problem}", "audit", rows=(row.seq,), value=row.id, facts=facts)


def _of_records(
    records: Iterable[CurrentRow], last: dict[tuple[str, str], _Last], wanted: dict[str, str], counted: list[int]
) -> Iterator[Finding]:
    """Records against the last line of each; `wanted` gathers the contents that attachments name."""
    seen: set[tuple[str, str]] = set()
    for row in records:
        counted[0] += 1
        key = (row.kind, row.id)
        seen.add(key)
        if row.kind == "attachment":
            wanted[_digest(row.picture)] = row.id
        known = last.get(key)
        if known is None:
            yield Finding("audit.record_unaudited", row.kind, value=row.id)
        elif _print(row.picture) != known.print or row[2:5] != (known.version, known.at, known.actor):
            yield Finding("audit.record_differs", row.kind, value=row.id, facts={"seq": known.seq})
    for key, said in last.items():
        if key[0] != RULES_KIND and key not in seen:
            yield Finding("audit.record_missing", key[0], value=key[1], facts={"seq": said.seq})


def _of_contents(
    contents: Iterable[tuple[str, bytes]], wanted: dict[str, str], counted: list[int]
) -> Iterator[Finding]:
    seen: set[str] = set()
    for digest, content in contents:
        counted[1] += 1
        seen.add(digest)
        if f"sha256:{hashlib.sha256(content).hexdigest()}" != digest:
            yield Finding("audit.content_differs", "attachment", "digest", value=digest)
        elif digest not in wanted:
            yield Finding("audit.content_unclaimed", "attachment", "digest", value=digest)
    for digest, name in wanted.items():
        if digest not in seen:
            yield Finding("audit.content_missing", "attachment", "digest", value=name)


def _of_rules(rules: str, last: dict[tuple[str, str], _Last]) -> Iterator[Finding]:
    said = last.get((RULES_KIND, RULES_KIND))
    if said is None:
        yield Finding("audit.rules_unaudited", RULES_KIND)
    elif said.print != _print(rules_picture(rules)):
        yield Finding("audit.rules_altered", RULES_KIND, facts={"seq": said.seq})


def _first_of(findings: Iterator[Finding]) -> list[Finding]:
    """The first findings; the rest is walked through, since what is counted on the way is needed."""
    kept: list[Finding] = []
    for finding in findings:
        if len(kept) < MOST_FINDINGS:
            kept.append(finding)
    return kept


def _digest(shown: str) -> str:
    """The digest that an attachment names; empty where its record cannot be read."""
    try:
        return str(json.loads(shown)["fields"].get("digest", ""))
    except ValueError:
        return ""


def _print(text: str | None) -> bytes:
    """A short print of a picture, to be held in memory for every record."""
    return hashlib.blake2b((text if text is not None else "\x00").encode(), digest_size=16).digest()
