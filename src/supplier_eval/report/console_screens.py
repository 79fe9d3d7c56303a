"""What the command line shows of screens: what was tested, then the flags by weight (§1.3.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supplier_eval.messages import Lang
from supplier_eval.report import tables_screens as rows
from supplier_eval.report.console import print_line, print_rows
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.integrity.screen_answers import ScreenAnswers

MOST_ROWS = 80
MOST_ALIKE = 8


def print_screens(answers: ScreenAnswers, lang: Lang) -> None:
    """Print what was tested, the flags by weight, and what a flag is."""
    say, market = words(lang), answers.market
    if market is not None:
        print_line(market.explain(lang=lang).split("\n")[0])
        print_line(f"\n{say['screens.tests']}")
        print_rows(rows.screens_table(market, lang))
    if answers.bids is not None:
        print_line(answers.bids.explain(lang=lang).split("\n")[0])
    if answers.releases is not None:
        print_line(answers.releases.explain(lang=lang).split("\n")[0])
    for remark in answers.remarks(lang):
        print_line(f"! {remark}")
    print_line(f"\n{say['screens.flags']}")
    table, more = rows.flags_table(answers, lang, MOST_ROWS, MOST_ALIKE)
    if table.rows:
        print_rows(table)
    else:
        print_line(say["screens.none"])
    for line in more:
        print_line(f"  {line}")
    print_line(f"\n{say['screens.people']}")
    print_line(f"{say['console.standing']}{say['text.colon']}{say[f'standing.{answers.standing}']}")
    if answers.policy_fingerprint:
        print_line(f"{say['console.policy']}{say['text.colon']}{answers.policy_fingerprint}")
