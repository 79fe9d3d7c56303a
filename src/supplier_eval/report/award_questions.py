"""What was asked beside an award, as console and page show it: heading, note, sentences, table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from supplier_eval.award.allocation_words import status_lines
from supplier_eval.award.objective import measure_of
from supplier_eval.messages import Lang, clean
from supplier_eval.report import tables_award_analysis as rows
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.award.questions import AwardAnswers
    from supplier_eval.report.tables import Table


@dataclass(frozen=True)
class Part:
    """One question and its answer.

    Parameters
    ----------
    heading : str
        What was asked.
    said : tuple of str
        The answer in sentences.
    table : Table or None
        The answer as rows.
    note : str
        How the answer is to be read.
    chart : str
        Name of its chart: ``rule_prices``, ``frontier``, ``scenarios``; empty where it has none.
    """

    heading: str
    said: tuple[str, ...] = ()
    table: Table | None = None
    note: str = ""
    chart: str = ""


def parts_of(answers: AwardAnswers, lang: Lang) -> tuple[Part, ...]:
    """Every answer that there is beside the award, in the order in which it is read.

    Parameters
    ----------
    answers : AwardAnswers
        What was asked.
    lang : {"en", "zh"}
        Language.
    """
    say = words(lang)
    found = []
    if answers.conflicts is not None:
        found.append(Part(say["award.conflicts"], _lines(answers.conflicts.explain(lang))))
    if answers.relaxation is not None:
        found.append(Part(say["award.relaxation"], _lines(answers.relaxation.explain(lang))))
    found += _why(answers, lang)
    if answers.rule_costs is not None:
        costs = answers.rule_costs
        table = rows.rule_costs_table(costs, lang)
        note = say["award.rule_prices_note"]
        found.append(Part(say["award.rule_prices"], _lines(costs.explain(lang)), table, note, "rule_prices"))
    if answers.frontier is not None:
        front = answers.frontier
        table = rows.frontier_table(front, lang, chosen=chosen_point(answers))
        note = say["award.frontier_note"]
        found.append(Part(say["award.frontier"], _lines(front.explain(lang)), table, note, "frontier"))
    if answers.scenarios is not None:
        table = rows.scenarios_table(answers.scenarios, lang)
        said = _lines(answers.scenarios.explain(lang))
        found.append(Part(say["award.scenarios"], said, table, "", "scenarios"))
    return tuple(found)


def opening(answers: AwardAnswers, lang: Lang) -> list[str]:
    """How the search ended; rules in conflict are left to their own part, but not what the bids make impossible."""
    structural = answers.allocation.conflicts == (("_structural",),)
    return status_lines(answers.allocation, lang, conflicts=structural or answers.conflicts is None)


def _why(answers: AwardAnswers, lang: Lang) -> list[Part]:
    """Why a lot, a supplier, or a supplier on a lot."""
    say, allocation = words(lang), answers.allocation
    if allocation.award is None or not (answers.lot or answers.supplier):
        return []
    if answers.next_best is None or answers.lot is None:
        heading = say["award.why"].format(lot=clean(answers.lot)) if answers.lot else clean(answers.supplier)
        return [Part(heading, _lines(allocation.explain(answers.lot, answers.supplier, lang)))]
    one = answers.next_best
    heading = say["award.why_supplier"].format(supplier=clean(one.supplier), lot=clean(one.lot))
    return [Part(heading, _lines(allocation.explain(answers.lot, lang=lang)) + _lines(one.explain(lang)))]


def chosen_point(answers: AwardAnswers) -> int | None:
    """Position of the point of the front that is nearest to the award; None where it cannot be told."""
    front, audit = answers.frontier, answers.allocation.audit
    if front is None or audit is None or not front.points:
        return None
    measures = {name: measure_of(name)[0] for name in front.objectives}
    known = {name: audit.measures[found] for name, found in measures.items() if found in audit.measures}
    if not known:
        return None
    nearest = front.nearest(known)
    return next(at for at, point in enumerate(front.points) if point is nearest)


def _lines(said: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in said.split("\n") if line.strip())
