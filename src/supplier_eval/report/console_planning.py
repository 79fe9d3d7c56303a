"""What the command line shows of planning: needs, costs, comparison, each as sentences and tables (§2.1.2, §2.2.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supplier_eval.messages import Lang
from supplier_eval.planning.switching import switching_values
from supplier_eval.report import tables_planning as rows
from supplier_eval.report.console import print_line, print_rows
from supplier_eval.report.formats import plain
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.planning.folder import PlanningAnswers
    from supplier_eval.report.tables import Table


def tables_of(answers: PlanningAnswers, lang: Lang) -> dict[str, tuple[Table, ...]]:
    """The tables under each answer."""
    made: dict[str, tuple[Table, ...]] = {}
    if answers.needs is not None:
        made["needs"] = (rows.assessed_table(answers.needs, lang),)
    if answers.costs is not None:
        made["costs"] = (rows.option_costs_table(answers.costs, lang), rows.break_even_table(answers.costs, lang))
    if answers.comparison is not None:
        found = answers.comparison
        made["comparison"] = (rows.comparison_table(found, lang), rows.option_people_table(found, lang))
    return made


def print_planning(answers: PlanningAnswers, lang: Lang) -> None:
    """Print every answer under its heading, then standing and fingerprint."""
    say, tables = words(lang), tables_of(answers, lang)
    print_line(say["plan.opening"].format(folder=plain(answers.source)))
    for name, result in answers.parts:
        print_line(f"\n{say[f'plan.{name}']}")
        for line in result.explain(lang=lang).split("\n"):
            print_line(f"  {line}")
        for table in tables[name]:
            if table.rows:
                print_rows(table)
        if name == "costs" and answers.costs is not None and len(answers.costs.options) > 1:
            for line in switching_values(answers.costs).explain(lang).split("\n"):
                print_line(f"  {line}")
    print_line(f"\n{say['console.standing']}{say['text.colon']}{say[f'standing.{answers.standing}']}")
    print_line(f"{say['console.policy']}{say['text.colon']}{answers.policy_fingerprint}")
