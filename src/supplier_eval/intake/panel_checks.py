"""Who sits in a lot, and which rules of the panel that breaks: size, an odd number, the share of experts (§3.2.4).

A regime names its own article; without one the company's clause stands. Told as warnings when the tables are
checked, so that members can be appointed in time, and as cases of the evaluation, which hold its result.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from supplier_eval.errors import Finding
from supplier_eval.intake.identifiers import id_key
from supplier_eval.intake.notice import Notice
from supplier_eval.intake.notice_checks import is_major
from supplier_eval.intake.typed import Record
from supplier_eval.messages import LANGS, Names, message
from supplier_eval.policy.document import Policy
from supplier_eval.policy.regimes import articles_of

CLAUSE = "§3.2.4"
NONE_WORDS = frozenset({"none", "无", "没有", "-", "n/a"})


@dataclass(frozen=True)
class Shortfall:
    """A rule of the panel that is broken: the code of its case, what was found, what is needed, where that stands."""

    code: str
    figure: float
    threshold: float | None
    clause: str


def shortfalls(kinds: Sequence[str], notice: Notice, policy: Policy) -> list[Shortfall]:
    """Which rules a panel breaks.

    Parameters
    ----------
    kinds : sequence of str
        ``expert``, ``buyer`` or ``other`` of each member who sits.
    notice, policy : Notice, Policy
        Whether the project is major, and the rules.
    """
    rule, n = policy.panel, len(kinds)
    needed, asked = rule.minimum_members, "panel_at_least"
    if rule.minimum_members_major is not None and is_major(notice, policy) and rule.minimum_members_major > needed:
        needed, asked = rule.minimum_members_major, "panel_major_at_least"
    share = float(rule.expert_share)
    experts = sum(kind == "expert" for kind in kinds)
    found = []
    if n < needed:
        found.append(Shortfall("panel.too_few", n, needed, _clause(policy, asked)))
    if rule.odd and n % 2 == 0:
        found.append(Shortfall("panel.even", n, None, _clause(policy, "panel_odd")))
    if n and experts < share * n:
        found.append(Shortfall("panel.experts", experts / n, share, _clause(policy, "expert_share_at_least")))
    return found


def _clause(policy: Policy, kind: str) -> str:
    """``cn-order-87, 第四十七条 / Article 47``; the company's clause where the regime asks for nothing of the kind."""
    article = articles_of(policy.regime).get(kind, "")
    if not article or article.startswith("§3."):
        return article or CLAUSE
    return f"{policy.regime}, {article.replace(' (', ' / ').replace(')', '')}"


def panel_words(lots: Sequence[str], recused: bool) -> dict[str, object]:
    """Facts for the sentences about a panel: which lots, and whether somebody left it."""
    state = "evaluators.after_recusal" if recused else "evaluators.as_appointed"
    return {"lots": Names(lots), **{f"state_{lang}": message(state, lang) for lang in LANGS}}


def conflicts_of(record: Record) -> tuple[str, ...]:
    """Bidders with whom a member has declared a conflict, separated by semicolons; none where it says so."""
    parts = str(record["conflict_with"]).replace("；", ";").split(";")
    return tuple(part.strip() for part in parts if part.strip() and id_key(part) not in NONE_WORDS)


def panels_listed(notice: Notice, policy: Policy, records: Mapping[str, list[Record]]) -> list[Finding]:
    """Warnings about the panels that the tables list, see `panel_findings`; none where nobody is listed."""
    listed = [r for r in records.get("evaluators", []) if r["evaluator"]]
    bidders: dict[str, set[str]] = {lot: set() for lot in notice.lot_ids}
    spelled = {id_key(lot): lot for lot in notice.lot_ids}
    for r in records["bids"]:
        lot = spelled.get(id_key(r["lot"]), notice.lot_ids[0])
        bidders[lot].add(id_key(r["bidder"] or r["bid"]))
    members = [(r["kind"] or "other", {id_key(name) for name in conflicts_of(r)}) for r in listed]
    return list(panel_findings(notice, policy, members, bidders, records.get("rulings", []))) if listed else []


def panel_findings(
    notice: Notice,
    policy: Policy,
    members: Sequence[tuple[str, Collection[str]]],
    bidders: Mapping[str, Collection[str]],
    rulings: Sequence[Record],
) -> Iterator[Finding]:
    """Warnings about panels that break a rule and on which nobody has ruled.

    Parameters
    ----------
    members : sequence of (str, collection of str)
        Kind of each evaluator, and keys of the bidders with whom there is a conflict.
    bidders : mapping
        Lot → keys of its bidders.
    rulings : sequence of dict
        Records of rulings.csv.
    """
    same: dict[Shortfall, list[tuple[str, bool]]] = {}
    for lot, here in bidders.items():
        sitting = [kind for kind, conflicts in members if not set(conflicts) & set(here)]
        for short in shortfalls(sitting, notice, policy):
            if not _ruled(short.code, lot, rulings):
                same.setdefault(short, []).append((lot, len(sitting) < len(members)))
    for short, where in same.items():
        for recused in (False, True):
            if lots := [lot for lot, left in where if left is recused]:
                figures = {"figure": f"{short.figure:.4g}", "threshold": f"{short.threshold or 0:.4g}"}
                facts = {**figures, **panel_words(lots, recused), "clause": short.clause}
                code = f"evaluators.{short.code.replace('.', '_')}"
                yield Finding(code, "evaluators", facts=facts, severity="warning")


def _ruled(code: str, lot: str, rulings: Sequence[Record]) -> bool:
    return any(r["case"] == code and r["ruling"] and id_key(r["lot"]) in {"", id_key(lot)} for r in rulings)
