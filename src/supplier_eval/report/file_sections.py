"""The sections of an evaluation report for the file: what each regime puts together in its own order (§3.2.4).

Order 87 and the company's own report share these sections; the World Bank's form takes most of them too.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from supplier_eval.messages import Lang, with_clause
from supplier_eval.rank.comparison import compare_bids
from supplier_eval.report import tables, tables_detail
from supplier_eval.report.file_tables import (
    candidates_table,
    invalid_table,
    marks_tables,
    panel_table,
    parted,
    ranking_tables,
)
from supplier_eval.report.formats import day, moment, names, plain
from supplier_eval.report.head import policy_facts, tender_facts
from supplier_eval.report.outcome import bidder, outcome
from supplier_eval.report.paper import Block, Facts, Heading, Items, Pair, Signatures, Text
from supplier_eval.report.tables import Table
from supplier_eval.report.tables_registry import records_table
from supplier_eval.report.tender_record import TenderRecord
from supplier_eval.report.titles import warning_line
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.evaluation import Evaluation, LotResult
    from supplier_eval.registry.record import Stored

Blocks = tuple[Block, ...]
PLAIN_STEPS = {"as_read", "rounded", "sum_of_items", "volume", "term", "tax", "evaluated"}
"""Steps of a price that only compute; the report for those inside lists them all."""
TAKEN_BACK = {"withdrawn", "annulled", "void", "cancelled"}


def notice_blocks(evaluation: Evaluation, lang: Lang, record: TenderRecord | None) -> Blocks:
    """Where and when the tender was announced, its deadline and opening, the approvals it needed."""
    say, notice = words(lang), evaluation.tender.notice
    channels = ""
    if record is not None:
        told = record.of("channel", ("published",))
        channels = "\n".join(f"{plain(one.name)}, {moment(one.published_at, lang, record.zone)}" for one in told)
    channels = channels or names(notice.channels, lang)
    place = next((plain(one.place) for one in record.of("opening", ("signed",)) if one.place), "") if record else ""
    pairs: list[Pair] = [*tender_facts(evaluation, lang), (say["filed.channels"], channels)]
    pairs += [] if notice.published else [(say["head.published"], "")]
    pairs += [] if notice.opened else [(say["head.opened"], "")]
    pairs.append((say["opening.place"], place))
    for step in notice.approvals:
        label = say["filed.expert_review" if step.step == "expert_review" else "filed.board_approval"]
        pairs.append((label, f"{plain(step.by)}, {day(step.on, lang)}"))
    blocks: list[Block] = [Facts(tuple(pairs))]
    blocks += _records("addendum", ("id", "issued_at", "reasons"), lang, record, say["filed.addenda"])
    return tuple(blocks)


def panel_blocks(evaluation: Evaluation, lang: Lang, record: TenderRecord | None) -> Blocks:
    """The members of the panel, or lines to write them on."""
    say, panel = words(lang), panel_table(evaluation, record, lang)
    named: Block = panel if panel is not None else Facts(((say["filed.members"], ""),))
    return (Heading(say["filed.panel"], 2), named, Facts(((say["filed.panel_formed"], ""),)))


def method_blocks(evaluation: Evaluation, lang: Lang) -> Blocks:
    """The policy with its rules, the criteria and weights, the gates."""
    say, policy = words(lang), evaluation.tender.policy
    blocks: list[Block] = [Facts(tuple(policy_facts(evaluation, lang)))]
    blocks += [Heading(say["page.weights"], 2), tables_detail.weights_table(evaluation, lang)]
    if policy.gates:
        gates = [plain(gate.name.say(lang) or gate.id) for gate in policy.gates]
        clauses = [with_clause(name, gate.clause, lang) for name, gate in zip(gates, policy.gates, strict=True)]
        blocks += [Heading(say["filed.gates"], 2), Items(tuple(clauses))]
    return tuple(blocks)


def course_blocks(evaluation: Evaluation, result: LotResult, lang: Lang) -> Blocks:
    """How one lot was evaluated: invalid bids and reasons, prices step by step, the cases with their rulings."""
    say, prices = words(lang), result.sheet.prices
    invalid = invalid_table(result, lang)
    blocks: list[Block] = [Heading(say["filed.invalid"], 3)]
    blocks += [invalid] if invalid is not None else [Text(say["filed.all_valid"])]
    ladder = tables.price_table(result, lang)
    items = tables.items_table(result, evaluation.tender.notice.items_of(result.lot), lang)
    if ladder is not None or items is not None:
        blocks += [Heading(say["page.prices"], 3), *([ladder] if ladder is not None else [])]
        blocks += parted(items, 2) if items is not None else ()
    steps = [step for step in prices.steps if step.rule not in PLAIN_STEPS] if prices is not None else []
    if steps:
        said = tuple(f"{plain(step.bid)}{say['text.colon']}{step.say(lang)}" for step in steps)
        blocks += [Heading(say["filed.corrections"], 3), Items(said)]
    flags = tables_detail.flags_table(result.flags, lang)
    if flags is not None:
        kept = tuple(row[:3] for row in flags.rows)  # the code of a case is for machines
        blocks += [Heading(say["filed.cases"], 3), Table("flags", flags.columns[:3], kept, flags.marked)]
        waiting = tables_detail.open_flags(result, lang)
        blocks += [Text(waiting, "pale")] if waiting else []
    return tuple(blocks)


def marks_blocks(evaluation: Evaluation, result: LotResult, lang: Lang) -> Blocks:
    """The marks that each member gave in one lot, then those that count."""
    made: list[Block] = []
    for member, table in marks_tables(evaluation, result, lang):
        made += [Heading(member, 3), table]
    return tuple(made)


def result_blocks(evaluation: Evaluation, result: LotResult, lang: Lang, record: TenderRecord | None) -> Blocks:
    """The outcome of one lot, all bids in order, the candidates, why the first is first."""
    say, ranking = words(lang), result.ranking
    blocks: list[Block] = [
        Text(sentence, "strong" if i == 0 else "plain") for i, sentence in enumerate(outcome(result, lang))
    ]
    candidates = candidates_table(result, lang)
    if candidates is not None:
        blocks += [Heading(say["filed.candidates"], 3), candidates]
    if ranking.order:
        blocks += [
            Heading(say["page.ranking"], 3),
            *ranking_tables(result, lang),
            Text(say["page.ranking_note"], "pale"),
        ]
    standing = [bid for bid in ranking.order if bid not in ranking.withdrawn][:2]
    if len(standing) == 2:
        first, second = standing
        heading = say["page.why_ahead"].format(first=bidder(ranking, first), second=bidder(ranking, second))
        compared = tables.comparison_table(ranking, first, second, lang)
        said = compare_bids(ranking, first, second).explain(lang).split("\n")[0]
        blocks += [Heading(heading, 3), Text(said), compared]
    blocks += _kept_result(evaluation, result, lang, record)
    return tuple(blocks)


def _kept_result(evaluation: Evaluation, result: LotResult, lang: Lang, record: TenderRecord | None) -> Blocks:
    """Whether the registry's result of the lot is this one."""
    kept = record.result_of(result.lot) if record is not None else None
    return kept_result(evaluation, result, kept, lang) if kept is not None else ()


def kept_result(evaluation: Evaluation, result: LotResult, kept: Stored, lang: Lang) -> Blocks:
    """Whether a result of the registry is this one: the sentence that says so, or warns."""
    say, agreed = words(lang), TenderRecord.agreement(evaluation, result, kept)
    said = {
        "same": say["filed.kept_same"],
        "other_policy": say["filed.kept_other_policy"],
        "other_data": say["filed.kept_other_data"],
        "other_order": say["filed.kept_other_order"],
    }[agreed]
    return (Text(said.format(result=plain(kept.id)), "pale" if agreed == "same" else "strong"),)


def matters_blocks(evaluation: Evaluation, lang: Lang, record: TenderRecord | None) -> Blocks:
    """What else is to be explained: warnings, the panel's agreement, draws, publication, objections, award."""
    say = words(lang)
    blocks: list[Block] = []
    if evaluation.tender.warnings:
        lines = tuple(warning_line(finding, lang) for finding in evaluation.tender.warnings)
        blocks += [Heading(say["page.warnings"], 2), Items(lines)]
    for result in evaluation.lots.values():
        if result.agreement is not None:
            blocks += [Heading(_of_lot(say["page.panel"], evaluation, result, lang), 2)]
            blocks += [tables_detail.agreement_table(result.agreement, lang)]
    for kind, fields, heading in (
        ("draw", ("lot", "tied", "drawn", "drawn_at", "drawn_by", "witnesses", "method"), say["filed.draws"]),
        ("publication", ("result", "published_on", "standstill_until", "address"), say["filed.publications"]),
        ("objection", ("id", "supplier", "received_on", "answered_on", "decision"), say["filed.objections"]),
        ("award", ("lot", "bid", "supplier", "amount", "currency", "approved_by", "approved_on"), say["filed.awards"]),
    ):
        blocks += _records(kind, fields, lang, record, heading)
    blocks += [Heading(say["filed.clarifications"], 2), Facts(((say["filed.clarified"], ""),))]
    return tuple(blocks)


def dissent_blocks(evaluation: Evaluation, lang: Lang, record: TenderRecord | None) -> Blocks:
    """Dissenting opinions in their own words, or room for them."""
    say = words(lang)
    told = record.of("dissent") if record is not None else ()
    blocks: list[Block] = [Heading(say["filed.dissent"], 2)]
    seats = {one.id: one.person for one in record.of("evaluator")} if record is not None else {}
    for one in told:
        who = plain(seats.get(one.evaluator, one.evaluator))
        lines = "\n".join(plain(line) for line in one.text.split("\n"))
        blocks.append(Facts(((f"{_member(evaluation, who)}, {day(one.stated_on, lang)}", lines),)))
    if not told:
        blocks.append(Facts(((say["filed.dissent_blank"], ""),)))
    return tuple(blocks)


def signature_blocks(evaluation: Evaluation, lang: Lang, record: TenderRecord | None) -> Blocks:
    """A line for each member to sign."""
    people = tuple(_member(evaluation, member) for member in evaluation.tender.evaluators)
    if not people and record is not None:
        people = tuple(plain(one.person) for one in record.of("evaluator", ("seated",)))
    return (Heading(words(lang)["filed.signatures"], 2), Signatures(people or ("",) * 5))


def by_lot(evaluation: Evaluation, lang: Lang, result: LotResult) -> Blocks:
    """A heading for the lot, where there are several."""
    if len(evaluation.lots) == 1:
        return ()
    name = plain(evaluation.tender.notice.lot(result.lot).name.say(lang))
    title = words(lang)["text.lot"].format(lot=plain(result.lot))
    return (Heading(f"{title}{words(lang)['text.colon']}{name}" if name else title, 2),)


def _of_lot(title: str, evaluation: Evaluation, result: LotResult, lang: Lang) -> str:
    several = len(evaluation.lots) > 1
    return words(lang)["text.of_lot"].format(title=title, lot=plain(result.lot)) if several else title


def _member(evaluation: Evaluation, member: str) -> str:
    return tables_detail.member_label(member, evaluation.tender.evaluators)


def _records(kind: str, fields: tuple[str, ...], lang: Lang, record: TenderRecord | None, heading: str) -> Blocks:
    """The registry's records of a kind; nothing where there are none."""
    found = record.of(kind) if record is not None else ()
    if record is None or not found:
        return ()
    table = records_table(kind, found, fields, lang, record.zone)
    heads = tuple((label[:1].upper() + label[1:], of_kind) for label, of_kind in table.columns)
    taken_back = {place: "out" for place, one in enumerate(found) if one.state in TAKEN_BACK}
    return (Heading(heading, 2), replace(table, columns=heads, marked=taken_back))
