"""What the command line shows of risks: question after question, and what was left out (§6.1.1-§6.3.2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from supplier_eval.messages import Lang
from supplier_eval.report import tables_risk as rows
from supplier_eval.report.console import print_line, print_rows
from supplier_eval.report.formats import day
from supplier_eval.report.tables_bow_tie import bow_tie_table
from supplier_eval.report.words import words
from supplier_eval.risk.answers import QUESTIONS

if TYPE_CHECKING:
    from supplier_eval.report.tables import Table
    from supplier_eval.risk.answers import RiskAnswers


def tables_of(answers: RiskAnswers, lang: Lang, most: int = rows.MOST_RISKS) -> dict[str, Table]:
    """The table under each answer that has one; of risks and failure modes the first `most`."""
    makers: dict[str, Callable[[Any], Table]] = {
        "places": lambda _: rows.risks_table(answers, lang, most),
        "failures": lambda found: rows.failures_table(found, lang, most),
        "losses": lambda found: rows.losses_rows(found, lang),
        "responses": lambda found: bow_tie_table(found, lang),
        "choice": lambda found: rows.measures_table(found, lang),
        "tails": lambda found: rows.tails_table(found, lang),
        "rating": lambda found: rows.suppliers_table(found, lang),
        "concentration": lambda found: rows.concentration_table(found, lang),
        "portfolio": lambda found: rows.portfolio_table(found, lang),
    }
    if answers.places is None:
        makers["register"] = makers["places"]
    return {name: make(answers.answers[name]) for name, make in makers.items() if name in answers.answers}


def print_risks(answers: RiskAnswers, lang: Lang) -> None:
    """Print every answer under its question, the tables, what was left out, and the standing."""
    say, tables = words(lang), tables_of(answers, lang)
    print_line(say["risk.opening"].format(folder=answers.folder, day=day(answers.as_of, lang)))
    for name in QUESTIONS:
        if name not in answers.answers:
            continue
        print_line(f"\n{say[f'risk_question.{name}']}")
        lines = answers.explain(name, lang).split("\n")
        for line in lines[:1] if name == "concentration" else lines:
            print_line(f"  {line}")
        if name in tables and tables[name].rows:
            print_rows(tables[name])
    if answers.left_out:
        print_line("")
    for name in answers.left_out:
        print_line(answers.explain(name, lang))
    standing = answers.standing if answers.rating is None else answers.rating.standing
    print_line(f"\n{say['console.standing']}{say['text.colon']}{say[f'standing.{answers.standing}']}")
    if answers.rating is not None:
        print_line(f"{say['risk.rating_standing']}{say['text.colon']}{say[f'standing.{standing}']}")
        print_line(f"{say['console.policy']}{say['text.colon']}{answers.policy_fingerprint}")
