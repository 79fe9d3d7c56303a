"""What the command line shows of robustness: a verdict and a few tables a lot, in either language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from supplier_eval.messages import Lang, clean
from supplier_eval.report import tables_robustness as rows
from supplier_eval.report.console import print_line, print_rows
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.report.tables import Table
    from supplier_eval.robustness.answers import LotAnswer
    from supplier_eval.robustness.rehearsal import Rehearsal


def print_study(answers: Sequence[LotAnswer], lang: Lang) -> None:
    """Print for every lot the verdict, the weights that matter, the changes, the shares, the panel and the rest."""
    say = words(lang)
    for answer in answers:
        if len(answers) > 1:
            print_line(f"\n{say['console.lot']} {clean(answer.lot)}")
        if answer.study is None:
            why = answer.stopped.say(lang) if answer.stopped is not None else ""
            print_line(say["robust.stopped"].format(why=why))
            continue
        _print_lot(answer, lang)
    print_line(f"\n{say['console.standing']}{say['text.colon']}{say['standing.exploratory']}\n  {say['robust.reason']}")


def _print_lot(answer: LotAnswer, lang: Lang) -> None:
    say, study = words(lang), answer.study
    if study is None:
        return
    print_line(study.verdict.explain(lang))
    ends = rows.intervals_table(study.stability, lang, ends_only=True)
    _section(say["robust.intervals"], ends)
    rest = len(study.stability.nodes) - len(ends.rows)
    if rest:
        print_line(say["robust.rest"].format(n=rest) if ends.rows else say["robust.nowhere"])
    _section(say["robust.change"], rows.change_table(study, lang))
    _section(say["robust.shares"], rows.shares_table(study, lang))
    print_line(f"\n{say['robust.panel']}\n{study.influence.explain(lang)}")
    print_line(f"\n{say['robust.reversal']}\n{study.reversal.explain(lang)}")
    if answer.break_even is not None:
        broken = answer.break_even
        print_line(f"\n{say['robust.break_even']}\n{say['robust.break_even_note']}\n{broken.summary(lang)}")
        _section("", rows.break_even_table(broken, lang))
    if answer.methods is not None:
        _section(say["robust.methods"], rows.methods_table(answer.methods, lang))
        print_line(say["robust.methods_note"])


def _section(heading: str, table: Table) -> None:
    """A heading and its table; the heading alone where there are no rows."""
    if heading:
        print_line(f"\n{heading}")
    if table.rows:
        print_rows(table)


def print_rehearsals(found: Sequence[Rehearsal], lang: Lang) -> None:
    """Print what the rules of a policy do to simulated bids, one block a service category."""
    say = words(lang)
    for one in found:
        if len(found) > 1:
            print_line(f"\n{say['robust.category'].format(category=clean(one.category))}")
        print_line(one.explain(lang))
    print_line(f"\n{say['console.standing']}{say['text.colon']}{say['standing.exploratory']}")
