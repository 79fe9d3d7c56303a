"""The command ``plan``: which needs to outsource, what each option costs, which is best (§2.1.2, §2.2.2)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from supplier_eval.cli.options import Format, FormatOption, LangOption, Language, PageOption
from supplier_eval.cli.reading import as_json, print_json, severity_line

if TYPE_CHECKING:
    from supplier_eval.messages import Lang
    from supplier_eval.planning.folder import PlanningAnswers

PathOfPlan = Annotated[
    Path,
    typer.Argument(help="Folder with plan.toml, or an .xlsx beside it: needs, costs, marks.", show_default=False),
]


def plan(
    path: PathOfPlan,
    out: PageOption = None,
    draws: Annotated[int, typer.Option("--draws", min=200, help="Drawn worlds of rates and volumes.")] = 20_000,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Of the drawn worlds.")] = 0,
    fmt: FormatOption = Format.table,
    lang: LangOption = Language.en,
) -> None:
    """Assess needs, cost the options over the term and compare them; with --out also the needs-analysis report."""
    from supplier_eval.planning.folder import answer_plan

    answers = answer_plan(path, draws=draws, seed=seed)
    for warning in answers.warnings:
        print(severity_line(warning, lang.value), file=sys.stderr)
    document = as_json(answers.document(lang.value))
    if out is not None:
        _write(answers, out, document, lang.value)
    if fmt is Format.json:
        print_json(document)
    else:
        from supplier_eval.report.console_planning import print_planning

        print_planning(answers, lang.value)


def _write(answers: PlanningAnswers, out: Path, document: str, lang: Lang) -> None:
    from supplier_eval.report.needs_page import write_needs

    out.mkdir(parents=True, exist_ok=True)
    print(write_needs(answers, out, lang), file=sys.stderr)
    (out / "plan.json").write_text(document + "\n", encoding="utf-8")
    print(out / "plan.json", file=sys.stderr)
