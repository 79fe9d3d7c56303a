"""The command ``award``: who gets how much, under which rules, and how sure that is (§3.2.5)."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from supplier_eval.cli.options import Format, FormatOption, LangOption, Language, PageOption, PolicyOption
from supplier_eval.cli.reading import as_json, print_json, read_checked, severity_line

if TYPE_CHECKING:
    from supplier_eval.award.problem import AwardProblem
    from supplier_eval.award.questions import AwardAnswers, AwardQuestions
    from supplier_eval.messages import Lang

PathOfAward = Annotated[
    Path,
    typer.Argument(
        help="Award problem (.json, or folder with lots and bids), or tender with lots.", show_default=False
    ),
]
ObjectiveOption = Annotated[
    str | None,
    typer.Option(
        "--objective",
        help="Another objective than declared (exploratory): cost; cost,score one after the other; "
        "cost=1+score=200 for a mix.",
    ),
]


def award(  # noqa: PLR0913, PLR0917 - every option of a command is a parameter
    path: PathOfAward,
    objective: ObjectiveOption = None,
    gap: Annotated[float, typer.Option("--gap", help="Relative gap at which to stop; 0 for the optimum.")] = 1e-3,
    time_limit: Annotated[float, typer.Option("--time-limit", help="Seconds for each question.")] = 60.0,
    solver: Annotated[str | None, typer.Option("--solver", help="highs, cbc or scipy.")] = None,
    lot: Annotated[str | None, typer.Option("--lot", help="Also why this lot went as it did.")] = None,
    supplier: Annotated[
        str | None, typer.Option("--supplier", help="With --lot: what the next best award costs.")
    ] = None,
    rule_costs: Annotated[bool, typer.Option("--rule-costs", help="Also the price of every rule.")] = False,
    frontier: Annotated[
        str | None, typer.Option("--frontier", help="Also the front, as cost,score or cost,attr:quality.")
    ] = None,
    case: Annotated[str | None, typer.Option("--case", help="This problem of a document of several.")] = None,
    leave_out: Annotated[
        list[str] | None, typer.Option("--leave-out", help="Lot of a tender not awarded now; repeatable.")
    ] = None,
    policy: PolicyOption = None,
    out: PageOption = None,
    fmt: FormatOption = Format.table,
    lang: LangOption = Language.en,
) -> None:
    """Award lots under business rules, with an exact audit; with --out also write the page."""
    from supplier_eval.award.questions import AwardQuestions

    asked = AwardQuestions(
        objective=objective,
        gap=gap,
        time_limit=time_limit,
        solver=solver,
        lot=lot,
        supplier=supplier,
        rule_costs=rule_costs,
        frontier=frontier,
    )
    problem = _problem(path, case, leave_out or [], policy, lang.value)
    answers = _answers(problem, asked, lang.value)
    document = as_json(answers.document())
    if out is not None:
        from supplier_eval.report.award_page import write_award

        print(write_award(answers, out, lang.value, title=path.stem), file=sys.stderr)
        (out / "award.json").write_text(document + "\n", encoding="utf-8")
    if fmt is Format.json:
        print_json(document)
    else:
        from supplier_eval.report.console_award import print_answers

        print_answers(answers, lang.value)
    if answers.allocation.status == "error":
        raise typer.Exit(1)


def _problem(path: Path, case: str | None, leave_out: list[str], policy: str | None, lang: Lang) -> AwardProblem:
    """Read an award problem, or evaluate a tender and take its lots."""
    from supplier_eval.award import AwardProblem, problem_findings, read_problem

    if not _is_tender(path):
        if policy is not None or leave_out:
            raise typer.BadParameter("--policy and --leave-out are for a tender; an award problem states its own rules")
        return read_problem(path.parent if path.name == "award.toml" else path, case)
    if case is not None:
        raise typer.BadParameter("--case is for a .json document of several award problems, and this is a tender")
    from supplier_eval.procedure import evaluate

    tender = read_checked(path.parent if path.name == "tender.toml" else path, policy, lang)
    evaluation = evaluate(tender)
    problem = AwardProblem.from_evaluation(evaluation, leave_out=leave_out)
    for warning in problem_findings(evaluation, leave_out=leave_out):
        print(severity_line(warning, lang), file=sys.stderr)
    return problem


def _is_tender(path: Path) -> bool:
    """A folder with tender.toml, a workbook, or an OCDS document."""
    if path.is_dir():
        return (path / "tender.toml").exists()
    if path.suffix.lower() != ".json":
        return path.name == "tender.toml" or path.suffix.lower() == ".xlsx"
    from supplier_eval.intake.files import read_json

    document, findings = read_json(path)
    ocds = {"releases", "records", "compiledRelease", "ocid"}
    return not findings and isinstance(document, Mapping) and not ocds.isdisjoint(document)


def _answers(problem: AwardProblem, asked: AwardQuestions, lang: Lang) -> AwardAnswers:
    """Answer with progress on stderr; Ctrl-C before there is an award ends the command."""
    from supplier_eval.award.questions import answer_award
    from supplier_eval.report.console_award import following, stopped_early

    try:
        with following(problem, lang) as told:
            return answer_award(problem, asked, progress=told)
    except KeyboardInterrupt:
        print(f"supplier-eval: {stopped_early(lang)}", file=sys.stderr)
        raise typer.Exit(1) from None
