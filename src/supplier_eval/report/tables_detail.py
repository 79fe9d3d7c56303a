"""Results as rows of text: the panel and how far it agrees, flags with rulings, weights, every single value.

Clauses of the policy (§3.2.4).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeAlias

from supplier_eval.messages import Lang, message
from supplier_eval.policy.criteria import Rubric, YesNo
from supplier_eval.report.formats import NOTHING, day, number, p_value, percent, plain, short, signed
from supplier_eval.report.tables import Kind, Table
from supplier_eval.report.titles import case_title, formula_title
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from supplier_eval.evaluation import Evaluation, LotResult
    from supplier_eval.flags import Flag
    from supplier_eval.intake.tender import Evaluator, Fact
    from supplier_eval.policy.tree import CriteriaTree
    from supplier_eval.score.panel_front import PanelAgreement

Facts: TypeAlias = "Mapping[tuple[str, str], Fact]"
BIDS_A_TABLE = 6
COEFFICIENT = 3


def weights_table(evaluation: Evaluation, lang: Lang) -> Table:
    """The criteria as a tree: points within the node above, share of the whole, source, clause."""
    say, tree, policy = words(lang), evaluation.tender.tree, evaluation.tender.policy
    heads = (("criterion", "text"), ("weight", "figure"), ("share", "figure"), ("source", "text"), ("clause", "text"))
    columns: tuple[tuple[str, Kind], ...] = tuple((say[f"column.{name}"], kind) for name, kind in heads)  # type: ignore[misc]
    rows: list[tuple[str, ...]] = []
    marked: dict[int, str] = {}
    for criterion_id, depth in _walk(tree):
        node = tree[criterion_id]
        above = tree[node.parent].total if node.parent else policy.total
        if not depth:
            marked[len(rows)] = "sum"
        name = "\u2003" * depth + plain(node.name.say(lang) or node.id)
        source = say[f"source.{node.source}"] if node.source else ""
        if node.price is not None:
            source = f"{source}{say['text.colon']}{formula_title(node.price.formula, lang)}"
        share = percent(float(tree.exact_weight(node.id, policy.total)))
        rows.append((name, f"{short(node.weight)} / {short(above)}", share, source, node.clause))
    return Table("weights", columns, tuple(rows), marked)


def _walk(tree: CriteriaTree, above: str = "", depth: int = 0) -> list[tuple[str, int]]:
    """Every criterion under its node, with its depth."""
    found = []
    for child in tree.children(above):
        found += [(child.id, depth), *_walk(tree, child.id, depth + 1)]
    return found


def member_label(member: str, evaluators: Mapping[str, Evaluator]) -> str:
    """An evaluator's id with the name; for those inside the evaluation."""
    known = evaluators.get(member)
    name = plain(known.name) if known is not None else ""
    return plain(member) if not name or name == plain(member) else f"{plain(member)} · {name}"


def agreement_table(agreement: PanelAgreement, lang: Lang) -> Table:
    """All measures of agreement: value, interval, p-value; or why there is none."""
    say, frame = words(lang), agreement.to_frame()
    heads = (("measure", "text"), ("figure", "figure"), ("interval", "text"), ("p_value", "figure"), ("remark", "text"))
    columns: tuple[tuple[str, Kind], ...] = tuple((say[f"column.{name}"], kind) for name, kind in heads)  # type: ignore[misc]
    rows = []
    for row in frame[frame["criterion"] == ""].to_dict("records"):
        bounds = (float(row["ci_low"]), float(row["ci_high"]))
        interval = f"{number(bounds[0], COEFFICIENT)} … {number(bounds[1], COEFFICIENT)}"
        why = message(f"panel.reason.{row['reason']}", lang) if row["reason"] else ""
        rows.append(
            (
                say[f"measure.{row['measure']}"],
                number(float(row["value"]), COEFFICIENT),
                NOTHING if any(math.isnan(x) for x in bounds) else interval,
                p_value(float(row["p_value"])),
                why,
            )
        )
    return Table("agreement", columns, tuple(rows), {})


def severity_table(agreement: PanelAgreement, evaluators: Mapping[str, Evaluator], lang: Lang) -> Table:
    """How hard and how steadily each evaluator marks, in mark points on 0-100."""
    say = words(lang)
    heads = ("evaluator", "n_marks", "severity", "standard_error", "spread")
    columns: tuple[tuple[str, Kind], ...] = tuple(
        (say[f"column.{name}"], "text" if name == "evaluator" else "figure") for name in heads
    )
    rows = [
        (
            member_label(str(row["evaluator"]), evaluators),
            str(int(row["n_marks"])),
            signed(float(row["severity"]), 2),
            number(float(row["standard_error"]), 2),
            number(float(row["spread"]), 2),
        )
        for row in agreement.evaluators_frame().to_dict("records")
    ]
    return Table("severity", columns, tuple(rows), {})


def flags_table(flags: tuple[Flag, ...], lang: Lang) -> Table | None:
    """Every flag with its clause, its state and the ruling of named people; None where there are none."""
    if not flags:
        return None
    say = words(lang)
    columns: tuple[tuple[str, Kind], ...] = tuple(
        (say[f"column.{name}"], "id" if name == "state" else "text") for name in ("flag", "state", "ruling", "case")
    )
    rows = [(flag.say(lang), say[f"state.{flag.state}"], _ruling(flag, lang), _case(flag, lang)) for flag in flags]
    waiting = {i: "open" for i, flag in enumerate(flags) if flag.state == "open"}
    return Table("flags", columns, tuple(rows), waiting)


def _case(flag: Flag, lang: Lang) -> str:
    """What the case is about; while it is open also its code, which the ruling has to name."""
    named = case_title(flag.code, lang)
    return words(lang)["ruling.open_case"].format(name=named, code=flag.code) if flag.state == "open" else named


def open_flags(result: LotResult, lang: Lang) -> str:
    """Why a binding lot may have open cases: none of them holds it; empty where it is otherwise."""
    still = sum(flag.state == "open" for flag in result.flags)
    if result.ranking.standing != "binding" or not still:
        return ""
    return words(lang)["page.open_flags"].format(n=still)


def _ruling(flag: Flag, lang: Lang) -> str:
    """Who ruled what, when and why, with the question and the answer before it."""
    say, ruling = words(lang), flag.ruling
    if ruling is None:
        return say["ruling.none"] if flag.holds else ""
    lines = []
    if ruling.asked:
        lines.append(say["ruling.asked"].format(on=day(ruling.asked_on, lang), text=plain(ruling.asked)))
    if ruling.answer:
        lines.append(say["ruling.answered"].format(on=day(ruling.answered_on, lang), text=plain(ruling.answer)))
    ruled = {"state": say[f"state.{flag.state}"], "by": plain(ruling.by), "on": day(ruling.on, lang)}
    return "\n".join([*lines, say["ruling.ruled"].format(**ruled, reason=plain(ruling.reason))])


def value_tables(result: LotResult, lang: Lang, facts: Facts | None = None) -> tuple[Table, ...]:
    """Raw figure, value and points of every leaf, some bids a table; only bids that are scored.

    With the tender's `facts` a level and a yes or no stand as the bid says them.
    """
    scored = [bid for bid, ok in zip(result.sheet.bids, result.sheet.eligible, strict=True) if ok]
    parts = [scored[i : i + BIDS_A_TABLE] for i in range(0, len(scored), BIDS_A_TABLE)]
    return tuple(_values(result, part, lang, facts or {}) for part in parts)


def _values(result: LotResult, bids: list[str], lang: Lang, facts: Facts) -> Table:
    say, sheet = words(lang), result.sheet
    columns: list[tuple[str, Kind]] = [(say["column.criterion"], "text"), (say["column.share"], "figure")]
    columns += [(plain(bid), "figure") for bid in bids]
    rows = []
    for i, name in enumerate(sheet.criteria):
        leaf = sheet.tree[name] if sheet.tree is not None else None
        label = plain((leaf.name.say(lang) if leaf is not None else "") or name)
        worded = leaf is not None and leaf.source == "facts" and isinstance(leaf.value_rule(), Rubric | YesNo)
        said = {bid: plain(facts[bid, name].text) for bid in bids if worded and (bid, name) in facts}
        cells = [_cell(result, i, bid, said.get(bid, ""), lang) for bid in bids]
        rows.append((label, percent(float(sheet.weights[i])), *cells))
    return Table("values", tuple(columns), tuple(rows), {})


def _cell(result: LotResult, i: int, bid: str, said: str, lang: Lang) -> str:
    """Raw figure with unit, or what the bid said, value, points; one a line, what there is none of left out."""
    points = float(result.ranking.points[i, result.sheet.position(bid)])
    say, sheet, technical = words(lang), result.sheet, result.sheet.technical
    name, lines = sheet.criteria[i], []
    if technical is not None and bid in technical.bids:
        raw = float(technical.raw[i, technical.bids.index(bid)])
        unit = plain(sheet.tree[name].unit) if sheet.tree is not None else ""
        if math.isfinite(raw):
            lines.append(said or f"{short(raw)} {unit}".strip())
        elif (name, bid) in technical.declared:
            lines.append(say["value.declared"])
    value = float(sheet.values[i, sheet.position(bid)])
    lines.append(say["value.value"].format(value=number(value)) if math.isfinite(value) else say["value.closed"])
    if math.isfinite(points):
        lines.append(say["value.points"].format(points=number(points)))
    return "\n".join(lines)
