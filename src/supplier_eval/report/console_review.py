"""What the command line shows of a review: suppliers on both bases, proposals, signals, and what it rests on.

Clauses of the policy (§3.3.2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from supplier_eval.messages import Lang
from supplier_eval.report import tables_review as rows
from supplier_eval.report.console import print_line, print_rows
from supplier_eval.report.review_page import opening
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.monitor.review_answers import ReviewAnswers


def print_review(answers: ReviewAnswers, lang: Lang) -> None:
    """Print the suppliers, what is proposed, what the charts signal and the standing; of one supplier every figure."""
    say, review = words(lang), answers.review
    for line in opening(answers, lang):
        print_line(line)
    print_line("")
    print_rows(rows.summary_table(answers, lang))
    if answers.supplier:
        print_line("")
        print_rows(rows.lines_table(review[answers.supplier], lang))
        print_line("\n" + review.explain(answers.supplier, lang))
    for name in answers.shown:
        if signals := rows.signal_lines(answers, name, lang):
            print_line(f"\n{say['review.signals']} {name}")
            for line in signals:
                print_line(f"  {line}")
    for owed in answers.credits.values():
        for one in owed:
            if one.period == review.period and one.terms.supplier in answers.shown:
                print_line(f"\n{say['review.credits']} {one.terms.supplier} · {one.terms.contract}")
                print_rows(rows.credits_table(one, {kpi.id: kpi for kpi in answers.plan.kpis}, lang))
    print_line(f"\n{say['console.standing']}{say['text.colon']}{say[f'standing.{review.standing}']}")
    for reason in review.reasons:
        print_line(f"  {reason.say(lang)}")
    print_line(f"{say['console.policy']}{say['text.colon']}{answers.policy_fingerprint}")
    print_line(f"{say['review.data_print']}{say['text.colon']}{answers.folder.fingerprint}")
