"""Cross-checks of a tender's tables: what each row refers to exists, and its figure is in range (convention §1).

Reads only; every finding is collected before anything is refused.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from supplier_eval.errors import Finding
from supplier_eval.intake.bid_checks import bidders_of, name_findings
from supplier_eval.intake.cell_values import Problem, parse_yes_no
from supplier_eval.intake.dates import parse_date
from supplier_eval.intake.gathered import Gathered, near_facts
from supplier_eval.intake.identifiers import id_key
from supplier_eval.intake.notice import Notice
from supplier_eval.intake.notice_checks import fact_kind, notice_findings
from supplier_eval.intake.numbers import parse_number
from supplier_eval.intake.panel_checks import NONE_WORDS, conflicts_of, panels_listed
from supplier_eval.intake.ruling_checks import check_rulings
from supplier_eval.intake.tables import TABLES
from supplier_eval.intake.tender import Fact
from supplier_eval.intake.typed import UNREAD, Record
from supplier_eval.messages import Names
from supplier_eval.policy.criteria import Criterion, Rubric, YesNo
from supplier_eval.policy.document import Policy
from supplier_eval.policy.rules import Gate

FOR_EVER = {"长期", "长期有效", "永久", "permanent", "indefinite"}


class Checker:
    """Checks the typed tables of one tender against notice, policy and each other.

    Parameters
    ----------
    notice, policy : Notice, Policy
        What was published and decided.
    records : mapping
        Table name → typed records, of every table that could be read.
    refused : collection of str
        Tables that are there and could not be read; nobody says that they are missing.

    Attributes
    ----------
    facts : dict
        (bid, requirement) → Fact, filled by `findings`.
    marks : dict
        Row of marks.csv → (figure, rubric level), filled by `findings`.
    """

    def __init__(
        self,
        notice: Notice,
        policy: Policy,
        records: Mapping[str, list[Record]],
        refused: Collection[str] = (),
    ) -> None:
        self.notice, self.policy, self.records, self.refused = notice, policy, records, refused
        self.tree = policy.tree(notice.category)
        self.bids = _named(records["bids"], "bid")
        self.bidders = bidders_of(records["bids"])
        self.members = _named(records.get("evaluators", []), "evaluator")
        self.facts: dict[tuple[str, str], Fact] = {}
        self.marks: dict[int, tuple[float, str]] = {}

    @property
    def needs_prices(self) -> bool:
        """Whether the policy scores a price at all."""
        return any(leaf.source == "price" for leaf in self.tree.leaves)

    def findings(self) -> list[Finding]:
        """Every finding of every table."""
        found = list(notice_findings(self.notice, self.policy))
        found += self._bids()
        found += self._requirements()
        found += self._evaluators()
        found += self._marks()
        found += self._past()
        found += self._rulings()
        return found

    def _bids(self) -> list[Finding]:
        g = Gathered("bids")
        rows = self.records["bids"]
        if not rows:
            return [Finding("bids.empty", "bids")]
        lots = {id_key(lot): lot for lot in self.notice.lot_ids}
        only = id_key(self.notice.lot_ids[0]) if len(lots) == 1 else ""
        twice: dict[tuple[str, str], int] = {}
        for r in rows:
            self._resolve(g, r, "lot", lots, "tender.toml")
            if not r["lot"] and not only and "lot" not in r[UNREAD]:
                g.add("bids.lot.missing", "lot", r["row"])
            if self.notice.deadline is not None and r["received"] is None and "received" not in r[UNREAD]:
                g.add("bids.received.absent", "received", r["row"])
            key = (id_key(r["lot"]) or only, id_key(r["bidder"] or r["bid"]))
            if key in twice and r["bidder"]:
                g.add("bids.bidder.twice_in_lot", "bidder", r["row"], r["bidder"], first=twice[key])
            twice.setdefault(key, r["row"])
        return g.findings() + name_findings(rows)

    def _resolve(self, g: Gathered, r: Record, column: str, known: Mapping[str, str], table: str) -> str:
        """Spell an id as its own table does; a finding where it does not exist."""
        given = str(r[column])
        if not given or (not known and table in TABLES):
            return given
        spelled = known.get(id_key(given))
        if spelled is None:
            r[UNREAD].add(column)
            g.add(f"{g.table}.{column}.unknown", column, r["row"], given, where=table, **near_facts(given, known))
            r[column] = ""
            return ""
        r[column] = spelled
        return spelled

    def _elsewhere(self, g: Gathered, r: Record, column: str, source: str) -> bool:
        """Whether the row names a criterion that exists, but takes its figures from somewhere else."""
        criterion = next((c for c in self.tree.criteria if id_key(c.id) == id_key(r[column])), None)
        if not r[column] or criterion is None or criterion.source == source:
            return False
        problem = "not_from_here" if criterion.source else "not_a_leaf"
        below = ", ".join(leaf.id for leaf in self.tree.leaves_below(criterion.id) if leaf.source == source)
        g.add(f"{g.table}.{column}.{problem}", column, r["row"], r[column], source=criterion.source, below=below or "-")
        return True

    def _requirements(self) -> list[Finding]:
        g = Gathered("requirements")
        wanted: dict[str, Gate | Criterion] = {gate.id: gate for gate in self.policy.gates}
        wanted |= {leaf.id: leaf for leaf in self.tree.leaves if leaf.source == "facts"}
        known = {id_key(name): name for name in wanted}
        for r in self.records.get("requirements", []):
            bid = self._resolve(g, r, "bid", self.bids, "bids")
            if id_key(r["requirement"]) not in known and self._elsewhere(g, r, "requirement", "facts"):
                continue
            name = self._resolve(g, r, "requirement", known, "policy")
            if not bid or not name:
                continue
            value = self._fact(g, r, wanted[name])
            self.facts[(bid, name)] = Fact(value, r["value"], r["document"], r["checked_by"], r["row"])
        return self._needed("requirements", "facts", empty="warning") + g.findings() + self._not_supplied()

    def _not_supplied(self) -> list[Finding]:
        """A warning that names every row without a value: a gate fails by it, and nobody would see why so early."""
        rows = tuple(r["row"] for r in self.records.get("requirements", []) if not r["value"])
        return [Finding("requirements.value.blank", "requirements", "value", rows, severity="warning")] if rows else []

    def _fact(self, g: Gathered, r: Record, wanted: Gate | Criterion) -> bool | Decimal | date | str | None:
        text, kind = r["value"], fact_kind(wanted)
        if not text:
            return None
        parsed: Any = parse_yes_no(text) if kind == "yes_no" else None
        none_said = isinstance(wanted, Criterion) or wanted.kind == "none_since"
        known_level = isinstance(wanted, Criterion) and id_key(text) in _levels(wanted)
        if none_said and id_key(text) in NONE_WORDS and not known_level and not isinstance(parsed, bool):
            return "none"
        if kind == "level":
            return _level(g, r, wanted, text)
        if kind == "date" and isinstance(wanted, Gate) and wanted.kind == "valid_until" and id_key(text) in FOR_EVER:
            return date.max
        if kind == "date":
            parsed = parse_date(text)
        elif kind == "number":
            bare = text.rstrip("%％ ") if isinstance(wanted, Criterion | Gate) and wanted.unit == "%" else text
            parsed = parse_number(bare, self.notice.decimal or None, self.notice.thousands)
        if isinstance(parsed, Problem):
            code = f"requirements.value.{parsed.code.rsplit('.', 1)[-1]}"
            g.add(code, "value", r["row"], text, criterion=wanted.id)
            return None
        if kind == "number" and isinstance(wanted, Criterion):
            self._in_range(g, r, "value", wanted, parsed, text)
        fact: bool | Decimal | date = parsed
        return fact

    @staticmethod
    def _in_range(g: Gathered, r: Record, column: str, leaf: Criterion, figure: Decimal, text: str) -> None:
        if not leaf.minimum <= figure <= leaf.maximum:
            g.add(
                f"{g.table}.{column}.out_of_range",
                column,
                r["row"],
                text,
                criterion=leaf.id,
                minimum=f"{leaf.minimum:f}",
                maximum=f"{leaf.maximum:f}",
            )

    def _needed(self, table: str, source: str, empty: Literal["error", "warning", ""] = "error") -> list[Finding]:
        """That a table which the policy asks for is not there (an error), or has no rows (`empty`, by the table)."""
        needed = any(leaf.source == source for leaf in self.tree.leaves)
        gates = [gate for gate in self.policy.gates if not gate.categories or self.notice.category in gate.categories]
        if not (needed or (source == "facts" and gates)) or self.records.get(table) or table in self.refused:
            return []
        if table not in self.records:
            return [Finding(f"{table}.missing_table", table)]
        return [Finding(f"{table}.no_rows", table, severity=empty)] if empty else []

    def _evaluators(self) -> list[Finding]:
        g = Gathered("evaluators")
        for r in self.records.get("evaluators", []):
            for bidder in conflicts_of(r):
                if self.bidders and id_key(bidder) not in self.bidders:
                    facts = near_facts(bidder, self.bidders)
                    g.add("evaluators.conflict_with.unknown", "conflict_with", r["row"], bidder, where="bids", **facts)
        judged = any(leaf.source == "marks" for leaf in self.tree.leaves)
        panel = panels_listed(self.notice, self.policy, self.records) if judged else []
        return self._needed("evaluators", "marks") + g.findings() + panel

    def _marks(self) -> list[Finding]:
        g = Gathered("marks")
        leaves = {leaf.id: leaf for leaf in self.tree.leaves if leaf.source == "marks"}
        known = {id_key(name): name for name in leaves}
        for r in self.records.get("marks", []):
            bid = self._resolve(g, r, "bid", self.bids, "bids")
            self._resolve(g, r, "evaluator", self.members, "evaluators")
            if r["round"] == "moderated" and self.policy.panel.aggregation != "moderated":
                g.add("marks.round.not_moderated", "round", r["row"], self.policy.panel.aggregation)
            if id_key(r["criterion"]) not in known and self._elsewhere(g, r, "criterion", "marks"):
                continue
            name = self._resolve(g, r, "criterion", known, "policy")
            if bid and name in leaves and r["mark"]:
                read = self._mark(g, r, leaves[name])
                if read is not None:
                    self.marks[r["row"]] = read
        return self._needed("marks", "marks") + g.findings()

    def _mark(self, g: Gathered, r: Record, leaf: Criterion) -> tuple[float, str] | None:
        if isinstance(leaf.value, Rubric):
            level = _level(g, r, leaf, r["mark"], column="mark")
            return None if level is None else (float(leaf.value.levels[level]), level)
        if isinstance(leaf.value, YesNo):
            said = parse_yes_no(r["mark"])
            if isinstance(said, bool):
                return float(said), ""
            g.add("marks.mark.not_yes_no", "mark", r["row"], r["mark"])
            return None
        figure = parse_number(r["mark"], self.notice.decimal or None, self.notice.thousands)
        if isinstance(figure, Problem):
            code = f"marks.mark.{figure.code.rsplit('.', 1)[-1]}"
            g.add(code, "mark", r["row"], r["mark"], criterion=leaf.id)
            return None
        self._in_range(g, r, "mark", leaf, figure, r["mark"])
        return float(figure), ""

    def _past(self) -> list[Finding]:
        g = Gathered("past")
        for r in self.records.get("past", []):
            self._resolve(g, r, "bidder", self.bidders, "bids")
            for column in ("score", "lower", "upper"):
                if r[column] is not None and not 0 <= r[column] <= 100:
                    facts = {"criterion": column, "minimum": "0", "maximum": "100"}
                    g.add(f"past.{column}.out_of_range", column, r["row"], r[column], **facts)
        return self._needed("past", "past", empty="") + g.findings()

    def _rulings(self) -> list[Finding]:
        g = Gathered("rulings")
        for r in self.records.get("rulings", []):
            self._resolve(g, r, "bid", self.bids, "bids")
            self._resolve(g, r, "lot", {id_key(lot): lot for lot in self.notice.lot_ids}, "tender")
            self._resolve(g, r, "criterion", {id_key(c.id): c.id for c in self.tree.criteria}, "policy")
            self._resolve(g, r, "evaluator", self.members, "evaluators")
            if r["case"].startswith("panel.") and not r["bid"] and not r["lot"] and len(self.notice.lot_ids) > 1:
                g.add("rulings.lot.missing", "lot", r["row"], r["case"], known=Names(self.notice.lot_ids))
        check_rulings(g, self.records.get("rulings", []))
        return g.findings()


def _named(records: list[Record], column: str) -> dict[str, str]:
    return {id_key(r[column]): r[column] for r in records if r[column]}


def _levels(leaf: Criterion) -> dict[str, str]:
    levels = leaf.value.levels if isinstance(leaf.value, Rubric) else {}
    return {id_key(level): level for level in levels}


def _level(g: Gathered, r: Record, leaf: Gate | Criterion, text: str, column: str = "value") -> str | None:
    known = _levels(leaf) if isinstance(leaf, Criterion) else {}
    if id_key(text) in known:
        return known[id_key(text)]
    facts = {"criterion": leaf.id, "known": Names(known.values())}
    g.add(f"{g.table}.{column}.not_a_level", column, r["row"], text, **facts)
    return None
