"""What the command line shows of an award: how sure it is, who gets what, which rules it keeps, what was asked.

Clauses of the policy (§3.2.5).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from math import isfinite
from typing import TYPE_CHECKING

from supplier_eval.award.allocation_words import figure_of
from supplier_eval.messages import Lang
from supplier_eval.report import tables_award as rows
from supplier_eval.report.award_questions import opening, parts_of
from supplier_eval.report.console import live_line, print_line, print_rows
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.award.outcome import Step
    from supplier_eval.award.problem import AwardProblem
    from supplier_eval.award.questions import AwardAnswers
    from supplier_eval.report.tables import Table

MOST_ROWS = 60  # awards on the console


def print_answers(answers: AwardAnswers, lang: Lang) -> None:
    """Print how sure the award is, its rows, winners, money and rules, then what was asked beside it."""
    say, allocation = words(lang), answers.allocation
    print_line("\n".join(opening(answers, lang)))
    if allocation.audit is not None:
        whole = allocation.to_frame()
        _section(say["award.awards"], rows.awards_table(allocation, lang, most=MOST_ROWS))
        if len(whole) > MOST_ROWS:
            print_line(say["award.more_rows"].format(n=len(whole) - MOST_ROWS))
        _section(say["award.winners_head"], rows.winners_table(allocation.audit, lang))
        _section(say["award.costs"], rows.costs_table(allocation.audit, lang))
        _section(say["award.audit"], rows.rules_table(allocation.audit, lang))
    for part in parts_of(answers, lang):
        print_line(f"\n{part.heading}")
        if part.table is not None and part.table.rows:
            print_rows(part.table)
        print_line("\n".join(part.said))
    if answers.interrupted:
        print_line(f"\n{say['award.cut_short']}")
    print_line(f"\n{say['console.standing']}{say['text.colon']}{say[f'standing.{allocation.standing}']}")
    if allocation.policy_fingerprint:
        print_line(f"{say['console.policy']}{say['text.colon']}{allocation.policy_fingerprint}")


def stopped_early(lang: Lang) -> str:
    """What is said where somebody stopped the search before there was an award."""
    return words(lang)["award.interrupted"]


def _section(heading: str, table: Table) -> None:
    """A heading and its table; nothing where there are no rows."""
    if table.rows:
        print_line(f"\n{heading}")
        print_rows(table)


@contextmanager
def following(problem: AwardProblem, lang: Lang) -> Iterator[Callable[[Step], None]]:
    """Show on stderr how a search goes, one moving line in a terminal.

    Parameters
    ----------
    problem : AwardProblem
        What is asked.
    lang : {"en", "zh"}
        Language.

    Yields
    ------
    callable
        Takes each `Step`.
    """
    said = words(lang)["award.searching"].format(lots=len(problem.lots), bids=len(problem.bids))
    with live_line(said) as show:
        yield lambda step: show(step_line(problem, step, lang))


def step_line(problem: AwardProblem, step: Step, lang: Lang) -> str:
    """One step of a search in words: seconds, best objective, bound."""
    say = words(lang)
    stage = problem.terms.goal.stages[0]

    def told(minimised: float | None) -> str:
        if minimised is None or not isfinite(minimised):
            return say["award.nothing_yet"]
        return figure_of(problem, stage.reported(Fraction(minimised)))

    return say["award.step"].format(seconds=f"{step.seconds:.1f}", best=told(step.objective), bound=told(step.bound))
