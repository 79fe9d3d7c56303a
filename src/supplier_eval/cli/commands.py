"""The commands but for ``award``, and the entry point that sets the exit code (§1.1, §1.3.1, §3.2.4)."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from supplier_eval.cli.award import award
from supplier_eval.cli.batch import batch
from supplier_eval.cli.options import (
    Format,
    FormatOption,
    LangOption,
    Language,
    LotOption,
    OutOption,
    PageOption,
    PathArgument,
    PolicyOption,
)
from supplier_eval.cli.plan import plan
from supplier_eval.cli.profiles import profiles
from supplier_eval.cli.reading import as_json, named_policy, print_json, read_checked, severity_line
from supplier_eval.cli.registry import registry
from supplier_eval.cli.review import review
from supplier_eval.cli.risk import risk
from supplier_eval.cli.screen import screen
from supplier_eval.cli.template import template
from supplier_eval.errors import (
    Conflict,
    InvalidInput,
    MissingExtra,
    SeveralLots,
    StoreError,
    SupplierEvalError,
    UnknownName,
    findings_frame,
)
from supplier_eval.messages import message

if TYPE_CHECKING:
    from supplier_eval.evaluation import Evaluation
    from supplier_eval.messages import Lang

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Tender evaluation and supplier scoring that a panel can defend.",
)


def _version(asked: bool) -> None:
    if asked:
        import supplier_eval

        print(f"supplier-eval {supplier_eval.__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Tender evaluation and supplier scoring that a panel can defend."""


@app.command()
def evaluate(
    path: PathArgument,
    out: OutOption = None,
    fmt: FormatOption = Format.table,
    lang: LangOption = Language.en,
    policy: PolicyOption = None,
) -> None:
    """Evaluate a tender: qualify, score, rank; with --out also write the report."""
    from supplier_eval.procedure import evaluate as evaluate_tender

    tender = read_checked(path, policy, lang.value)
    evaluation = evaluate_tender(tender)
    if out is not None:
        from supplier_eval.cli.written import one_run

        with one_run(out, lang.value) as files:
            _write(evaluation, out, lang.value, files)
    if fmt is Format.json:
        print_json(_json(evaluation))
    else:
        from supplier_eval.report.console import print_evaluation

        print_evaluation(evaluation, lang.value)


@app.command()
def check(
    path: PathArgument,
    fmt: FormatOption = Format.table,
    lang: LangOption = Language.en,
    policy: PolicyOption = None,
) -> None:
    """Check a tender, a policy .toml, or a review's folder or plan.toml, without evaluating: all findings at once."""
    from supplier_eval.cli.review import is_review, review_findings
    from supplier_eval.intake import load_tender
    from supplier_eval.procedure import check_loaded, check_policy

    tender, of_review = None, is_review(path)
    if of_review:
        findings = review_findings(path)
    elif _is_policy(path):
        findings = check_policy(path)
    else:
        tender, read = load_tender(path.parent if path.name == "tender.toml" else path, named_policy(policy))
        findings = check_loaded(tender, read)
    if not of_review and not any(finding.severity == "error" for finding in findings):
        from supplier_eval.robustness.answers import check_before_publication

        findings += check_before_publication(tender or path, is_policy=_is_policy(path))
    errors = sum(finding.severity == "error" for finding in findings)
    if fmt is Format.json:
        records = findings_frame(findings, lang.value).to_dict("records")
        print_json(json.dumps(records, ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            print(severity_line(finding, lang.value))
        print(message("cli.counts", lang.value, errors=errors, warnings=len(findings) - errors))
    if errors:
        raise typer.Exit(1)


@app.command()
def robustness(  # noqa: PLR0913, PLR0917 - every option of a command is a parameter
    path: PathArgument,
    lot: LotOption = None,
    out: PageOption = None,
    fmt: FormatOption = Format.table,
    lang: LangOption = Language.en,
    policy: PolicyOption = None,
    draws: Annotated[int, typer.Option("--draws", min=16, help="Draws of weights and marks.")] = 4096,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Of everything that is drawn.")] = 0,
    methods: Annotated[bool, typer.Option("--methods", help="Also other ranking methods.")] = False,
    break_even: Annotated[bool, typer.Option("--break-even", help="Also what would have won; never to send.")] = False,
) -> None:
    """Ask how firmly the winner of each lot stands; of a policy file: try it on simulated bids."""
    if _is_policy(path):
        if lot or out or policy or methods or break_even:
            raise typer.BadParameter("a policy file is rehearsed; --lot, --out, --policy and the rest need a tender")
        _rehearse(path, fmt, lang.value)
        return
    from supplier_eval.robustness.answers import answer_lots, answers_document

    tender = read_checked(path, policy, lang.value)
    answers = answer_lots(tender, lot, draws=draws, seed=seed, methods=methods, break_even=break_even)
    document = as_json(answers_document(answers))
    if out is not None:
        from supplier_eval.report.robustness_page import write_robustness

        print(write_robustness(answers, out, lang.value, tender=tender), file=sys.stderr)
        (out / "robustness.json").write_text(document + "\n", encoding="utf-8")
    if fmt is Format.json:
        print_json(document)
    else:
        from supplier_eval.report.console_robustness import print_study

        print_study(answers, lang.value)


app.command()(award)
app.command()(batch)
app.command()(screen)
app.command()(review)
app.command()(risk)
app.command()(plan)
app.add_typer(registry, name="registry")
app.command()(template)
app.command()(profiles)


@app.command()
def report(
    path: PathArgument,
    out: Annotated[Path, typer.Option("--out", file_okay=False, help="Folder to write into.")] = Path("out"),
    lang: LangOption = Language.en,
    policy: PolicyOption = None,
    debriefs: Annotated[bool, typer.Option(help="Also a letter for each unsuccessful bidder.")] = False,
    word: Annotated[bool, typer.Option("--word", help="Documents for the file and letters as Word too.")] = False,
    store: Annotated[
        str | None, typer.Option("--registry", help="Store that knows the tender: opening, dissent, objections, award.")
    ] = None,
    blind: Annotated[bool, typer.Option("--blind", help="Also the panel page without any name in its file.")] = False,
) -> None:
    """Evaluate a tender: report, panel page, documents for the file, workbook and, asked for, the letters."""
    from supplier_eval.cli.filing import ready, write_file, write_letters
    from supplier_eval.cli.written import one_run
    from supplier_eval.procedure import evaluate as evaluate_tender

    evaluation = evaluate_tender(read_checked(path, policy, lang.value))
    record = ready(evaluation, lang.value, word=word, store=store, debriefs=debriefs)
    with one_run(out, lang.value) as files:
        _write(evaluation, out, lang.value, files)
        _write_panel(evaluation, out, lang.value, blind, files)
        _told(write_file(evaluation, out, lang.value, word=word, record=record), files)
        if debriefs:
            _told(write_letters(evaluation, out, lang.value, word=word, record=record), files)


def _is_policy(path: Path) -> bool:
    return path.suffix == ".toml" and path.name != "tender.toml"


def _rehearse(path: Path, fmt: Format, lang: Lang) -> None:
    """Try a policy on simulated bids and print what came out."""
    from supplier_eval.policy import Policy
    from supplier_eval.report.console_robustness import print_rehearsals
    from supplier_eval.robustness.answers import rehearsals, rehearsals_document

    found = rehearsals(Policy.load(path))
    if fmt is Format.json:
        print_json(as_json(rehearsals_document(found)))
    else:
        print_rehearsals(found, lang)


def _json(evaluation: Evaluation) -> str:
    return as_json(evaluation.to_dict())


def _told(written: Sequence[Path], files: list[Path]) -> None:
    """Add what was written to the files of this run, and name it."""
    for file in written:
        files.append(file)
        print(file, file=sys.stderr)


def _write(evaluation: Evaluation, out: Path, lang: Lang, files: list[Path]) -> None:
    from supplier_eval.report import write_report, write_workbook
    from supplier_eval.report.whole_file import put

    _told([write_report(evaluation, out / "report.html", lang=lang)], files)
    _told([write_workbook(evaluation, out / "workbook.xlsx", lang=lang)], files)
    _told([put(out / "evaluation.json", (_json(evaluation) + "\n").encode("utf-8"))], files)


def _write_panel(evaluation: Evaluation, out: Path, lang: Lang, blind: bool, files: list[Path]) -> None:
    from supplier_eval.report import write_panel
    from supplier_eval.robustness.answers import answer_lots

    answers = answer_lots(evaluation.tender)
    _told([write_panel(evaluation, out / "panel.html", lang, answers=answers)], files)
    if blind:
        _told([write_panel(evaluation, out / "panel-blind.html", lang, answers=answers, blind=True)], files)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the one place that prints errors and sets the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    given = list(sys.argv[1:] if arguments is None else arguments)
    lang: Lang = "zh" if "--lang=zh" in given or ("zh" in given and "--lang" in given) else "en"
    try:
        app(args=given, prog_name="supplier-eval", standalone_mode=True)
    except InvalidInput as refused:
        print(refused.report(lang, first=50), file=sys.stderr)
        return 1
    except (Conflict, MissingExtra, StoreError, UnknownName, SeveralLots) as refused:
        print(f"supplier-eval: {refused.report(lang)}", file=sys.stderr)
        return 1
    except (SupplierEvalError, OSError) as refused:
        print(f"supplier-eval: {refused}", file=sys.stderr)
        return 1
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1
    return 0
