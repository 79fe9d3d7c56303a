"""Cross-checks of a tender's tables: what each row refers to exists, and its figure is in range (convention §1).

Reads only; every finding is collected before anything is refused.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from supplier_eval.errors import Finding
from supplier_eval.intake.cell_values import Problem, parse_yes_no
from supplier_eval.intake.dates import parse_date
from supplier_eval.intake.identifiers import id_key, look_alikes
from supplier_eval.intake.notice import Notice
from supplier_eval.intake.numbers import parse_number
from supplier_eval.intake.tender import Fact
from supplier_eval.intake.typed import Gathered, Record
from supplier_eval.policy.criteria import Criterion, Rubric, YesNo
from supplier_eval.policy.document import Policy
from supplier_eval.policy.rules import Gate

NONE_WORDS = {"none", "无", "没有", "-", "n/a"}


class Checker:
    """Checks the typed tables of one tender against notice, policy and each other.

    Parameters
    ----------
    notice, policy : Notice, Policy
        What was published and decided.
    records : mapping
        Table name → typed records.

    Attributes
    ----------
    facts : dict
        (bid, requirement) → Fact, filled by `findings`.
    marks : dict
        Row of marks.csv → (figure, rubric level), filled by `findings`.
    """

    def __init__(self, notice: Notice, policy: Policy, records: Mapping[str, list[Record]]) -> None:
        self.notice, self.policy, self.records = notice, policy, records
        self.tree = policy.tree(notice.category)
        self.bids = _named(records["bids"], "bid")
        self.bidders = {id_key(r["bidder"] or r["bid"]): r["bidder"] or r["bid"] for r in records["bids"]}
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
        lots = {id_key(lot) for lot in self.notice.lot_ids}
        twice: dict[tuple[str, str], int] = {}
        for r in rows:
            if r["lot"] and id_key(r["lot"]) not in lots:
                g.add(
                    "bids.lot.unknown",
                    "lot",
                    r["row"],
                    r["lot"],
                    known=", ".join(self.notice.lot_ids),
                    near="",
                )
            if not r["lot"] and len(lots) > 1:
                g.add("bids.lot.missing", "lot", r["row"])
            if self.notice.deadline is not None and r["received"] is None:
                g.add("bids.received.absent", "received", r["row"])
            key = (id_key(r["lot"]), id_key(r["bidder"] or r["bid"]))
            if key in twice and r["bid"]:
                g.add("bids.bidder.twice_in_lot", "bidder", r["row"], r["bidder"], first=twice[key])
            twice.setdefault(key, r["row"])
        return g.findings() + self._look_alikes()

    def _look_alikes(self) -> list[Finding]:
        found = []
        for column in ("bid", "name"):
            texts = {str(r[column]): r["row"] for r in self.records["bids"] if r[column]}
            for one, other in look_alikes(texts):
                rows = (texts[one], texts[other])
                facts = {"one": one, "other": other}
                code = "bids.look_alike"
                found.append(Finding(code, "bids", column, rows, one, facts, severity="warning"))
        return found

    def _resolve(self, g: Gathered, r: Record, column: str, known: Mapping[str, str], table: str) -> str:
        """Spell an id as its own table does; a finding where it does not exist."""
        given = str(r[column])
        if not given:
            return ""
        spelled = known.get(id_key(given))
        if spelled is None:
            near = difflib.get_close_matches(given, list(known.values()), n=1, cutoff=0.6)
            shown = ", ".join(list(known.values())[:20])
            g.add(
                f"{g.table}.{column}.unknown",
                column,
                r["row"],
                given,
                known=shown,
                near=near[0] if near else shown,
                where=table,
            )
            return ""
        r[column] = spelled
        return spelled

    def _requirements(self) -> list[Finding]:
        g = Gathered("requirements")
        wanted: dict[str, Gate | Criterion] = {gate.id: gate for gate in self.policy.gates}
        wanted |= {leaf.id: leaf for leaf in self.tree.leaves if leaf.source == "facts"}
        known = {id_key(name): name for name in wanted}
        for r in self.records.get("requirements", []):
            bid = self._resolve(g, r, "bid", self.bids, "bids")
            name = self._resolve(g, r, "requirement", known, "policy")
            if not bid or not name:
                continue
            value = self._fact(g, r, wanted[name])
            self.facts[(bid, name)] = Fact(value, r["value"], r["document"], r["checked_by"], r["row"])
        return g.findings()

    def _fact(self, g: Gathered, r: Record, wanted: Gate | Criterion) -> bool | Decimal | Any | None:  # noqa: ANN401
        text = r["value"]
        if not text:
            return None
        if id_key(text) in NONE_WORDS and (isinstance(wanted, Criterion) or wanted.kind == "none_since"):
            return "none"
        kind = fact_kind(wanted)
        if kind == "level":
            return _level(g, r, wanted, text)
        parsed: Any
        if kind == "yes_no":
            parsed = parse_yes_no(text)
        elif kind == "date":
            parsed = parse_date(text)
        else:
            parsed = parse_number(text, self.notice.decimal or None, self.notice.thousands)
        if isinstance(parsed, Problem):
            code = f"requirements.value.{parsed.code.rsplit('.', 1)[-1]}"
            g.add(code, "value", r["row"], text, criterion=wanted.id)
            return None
        if kind == "number" and isinstance(wanted, Criterion):
            self._in_range(g, r, "value", wanted, parsed, text)
        return parsed

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

    def _evaluators(self) -> list[Finding]:
        g = Gathered("evaluators")
        judged = [leaf.id for leaf in self.tree.leaves if leaf.source == "marks"]
        if judged and not self.records.get("evaluators"):
            return [Finding("evaluators.missing_table", "evaluators")]
        for r in self.records.get("evaluators", []):
            for bidder in str(r["conflict_with"]).split(";"):
                if bidder.strip() and id_key(bidder) not in self.bidders:
                    known = ", ".join(self.bidders.values())
                    g.add(
                        "evaluators.conflict_with.unknown",
                        "conflict_with",
                        r["row"],
                        bidder.strip(),
                        known=known,
                        near=known,
                        where="bids",
                    )
        return g.findings()

    def _marks(self) -> list[Finding]:
        g = Gathered("marks")
        leaves = {leaf.id: leaf for leaf in self.tree.leaves if leaf.source == "marks"}
        if leaves and "marks" not in self.records:
            return [Finding("marks.missing_table", "marks")]
        known = {id_key(name): name for name in leaves}
        for r in self.records.get("marks", []):
            bid = self._resolve(g, r, "bid", self.bids, "bids")
            name = self._resolve(g, r, "criterion", known, "policy")
            self._resolve(g, r, "evaluator", self.members, "evaluators")
            if r["round"] == "moderated" and self.policy.panel.aggregation != "moderated":
                g.add("marks.round.not_moderated", "round", r["row"], self.policy.panel.aggregation)
            if bid and name and r["mark"]:
                read = self._mark(g, r, leaves[name])
                if read is not None:
                    self.marks[r["row"]] = read
        return g.findings()

    def _mark(self, g: Gathered, r: Record, leaf: Criterion) -> tuple[float, str] | None:
        if isinstance(leaf.value, Rubric):
            level = _level(g, r, leaf, r["mark"], column="mark")
            return None if level is None else (float(leaf.value.levels[level]), level)
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
        return g.findings()

    def _rulings(self) -> list[Finding]:
        g = Gathered("rulings")
        for r in self.records.get("rulings", []):
            self._resolve(g, r, "bid", self.bids, "bids")
            if r["ruling"] == "exclude" and not r["bid"]:
                g.add("rulings.bid.missing", "bid", r["row"])
        return g.findings()


def _named(records: list[Record], column: str) -> dict[str, str]:
    return {id_key(r[column]): r[column] for r in records if r[column]}


def fact_kind(wanted: Gate | Criterion) -> str:
    """What a requirement's value must be: ``yes_no``, ``date``, ``number`` or ``level`` of a rubric."""
    if isinstance(wanted, Gate):
        return {"yes": "yes_no", "valid_until": "date", "none_since": "date"}.get(wanted.kind, "number")
    if isinstance(wanted.value, Rubric):
        return "level"
    return "yes_no" if isinstance(wanted.value, YesNo) else "number"


def _level(g: Gathered, r: Record, leaf: Gate | Criterion, text: str, column: str = "value") -> str | None:
    levels = leaf.value.levels if isinstance(leaf, Criterion) and isinstance(leaf.value, Rubric) else {}
    known = {id_key(level): level for level in levels}
    if id_key(text) in known:
        return known[id_key(text)]
    g.add(f"{g.table}.{column}.not_a_level", column, r["row"], text, criterion=leaf.id, known=", ".join(levels))
    return None


def notice_findings(notice: Notice, policy: Policy) -> Iterator[Finding]:
    """What is wrong between the notice and the policy that it names."""
    if notice.category and policy.categories and notice.category not in policy.categories:
        facts = {"known": ", ".join(policy.categories)}
        yield Finding("tender.category.unknown", "tender", "category", value=notice.category, facts=facts)
    if not notice.category and any(c.categories for c in policy.criteria):
        yield Finding("tender.category.missing", "tender", "category", facts={"known": ", ".join(policy.categories)})
    if notice.currency and notice.currency != policy.currency:
        facts = {"expected": policy.currency}
        yield Finding("tender.currency.differs", "tender", "currency", value=notice.currency, facts=facts)
    for name, ids in (("lots", notice.lot_ids), ("items", tuple(item.id for item in notice.items))):
        keys = [id_key(i) for i in ids]
        for twice in sorted({i for i, key in zip(ids, keys, strict=True) if keys.count(key) > 1}):
            yield Finding("tender.entry.duplicate", "tender", name, value=twice)
    for item in notice.items:
        if item.lot and item.lot not in notice.lot_ids:
            facts = {"known": ", ".join(notice.lot_ids)}
            yield Finding("tender.items.lot_unknown", "tender", "items", value=item.lot, facts=facts)
    yield from _approval_findings(notice, policy)
    if notice.policy_fingerprint and notice.policy_fingerprint != policy.fingerprint:
        facts = {"published": notice.policy_fingerprint, "computed": policy.fingerprint}
        code = "tender.policy_fingerprint.differs"
        yield Finding(code, "tender", "policy_fingerprint", facts=facts, severity="warning")


def is_major(notice: Notice, policy: Policy) -> bool:
    """Whether the project is major by the policy's thresholds (§2.2.3)."""
    rule = policy.approval
    return (
        notice.major
        or (rule.value_from is not None and (notice.estimated_value or 0) >= rule.value_from)
        or (rule.term_months_from is not None and (notice.term_months or 0) >= rule.term_months_from)
        or notice.data_class in rule.data_classes
    )


def _approval_findings(notice: Notice, policy: Policy) -> Iterator[Finding]:
    if not is_major(notice, policy):
        return
    done = {approval.step for approval in notice.approvals}
    for step in policy.approval.steps:
        if step not in done:
            yield Finding("tender.approvals.missing", "tender", "approvals", value=step)
