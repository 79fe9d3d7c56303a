"""The command line ``supplier-eval``: reads arguments, calls one function, prints; no arithmetic.

Exit 0 done, 1 refused input (findings on stderr), 2 usage. With ``--format json`` stdout holds one JSON document
and nothing else.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from supplier_eval.errors import InvalidInput, SupplierEvalError, findings_frame

if TYPE_CHECKING:
    from supplier_eval.evaluation import Evaluation
    from supplier_eval.intake.tender import Tender
    from supplier_eval.messages import Lang
    from supplier_eval.policy import Policy

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Tender evaluation and supplier scoring that a panel can defend.",
)


class Format(StrEnum):
    """How results are printed."""

    table = "table"
    json = "json"


class Language(StrEnum):
    """Language of everything that is printed or written."""

    en = "en"
    zh = "zh"


PathArgument = Annotated[
    Path, typer.Argument(help="Folder with tender.toml, .xlsx workbook, or OCDS .json file.", show_default=False)
]
LangOption = Annotated[Language, typer.Option("--lang", help="Language of tables, messages and reports.")]
FormatOption = Annotated[Format, typer.Option("--format", help="A table to read, or one JSON document.")]
PolicyOption = Annotated[
    str | None,
    typer.Option(
        "--policy",
        help="Policy file or profile:NAME in place of the tender's; exploratory unless it is the published one.",
    ),
]
OutOption = Annotated[
    Path | None, typer.Option("--out", file_okay=False, help="Folder for report.html, workbook.xlsx, evaluation.json.")
]


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

    tender = _read(path, policy, lang.value)
    evaluation = evaluate_tender(tender)
    if out is not None:
        _write(evaluation, out, lang.value)
    if fmt is Format.json:
        _print_json(_json(evaluation))
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
    """Check a tender (or a policy .toml) without evaluating it: all findings at once."""
    from supplier_eval.intake import load_tender
    from supplier_eval.procedure import check_loaded, check_policy

    tender = None
    if _is_policy(path):
        findings = check_policy(path)
    else:
        tender, read = load_tender(path.parent if path.name == "tender.toml" else path, _policy(policy))
        findings = check_loaded(tender, read)
    if not any(finding.severity == "error" for finding in findings):
        from supplier_eval.robustness.answers import check_before_publication

        findings += check_before_publication(tender or path, is_policy=_is_policy(path))
    errors = sum(finding.severity == "error" for finding in findings)
    if fmt is Format.json:
        records = findings_frame(findings, lang.value).to_dict("records")
        _print_json(json.dumps(records, ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            print(f"{finding.severity}: {finding.line(lang.value)}")
        print(f"{errors} errors, {len(findings) - errors} warnings")
    if errors:
        raise typer.Exit(1)


@app.command()
def robustness(  # noqa: PLR0913, PLR0917 - every option of a command is a parameter
    path: PathArgument,
    lot: Annotated[str | None, typer.Option("--lot", help="This lot only.")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", file_okay=False, help="Folder for the page and the JSON.")
    ] = None,
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

    tender = _read(path, policy, lang.value)
    answers = answer_lots(tender, lot, draws=draws, seed=seed, methods=methods, break_even=break_even)
    document = _as_json(answers_document(answers))
    if out is not None:
        from supplier_eval.report.robustness_page import write_robustness

        print(write_robustness(answers, out, lang.value, tender=tender), file=sys.stderr)
        (out / "robustness.json").write_text(document + "\n", encoding="utf-8")
    if fmt is Format.json:
        _print_json(document)
    else:
        from supplier_eval.report.console_robustness import print_study

        print_study(answers, lang.value)


@app.command()
def profiles(
    name: Annotated[str | None, typer.Argument(help="Show this profile as TOML.")] = None,
    fmt: FormatOption = Format.table,
    lang: LangOption = Language.en,
) -> None:
    """List the published regimes and the company's default, or show one."""
    from supplier_eval.policy import Policy, Regime, profile_names

    if name is not None:
        policy = Policy.profile(name)
        regime = Regime.named(name)
        document = {"fingerprint": policy.fingerprint, "regime": regime.model_dump(mode="json")}
        document["policy"] = policy.model_dump(mode="json", exclude_defaults=True)
        if fmt is Format.json:
            _print_json(_as_json(document))
        else:
            print(policy.to_toml())
        return
    regimes = {profile: Regime.named(profile) for profile in profile_names()}
    if fmt is Format.json:
        _print_json(_as_json({p: r.model_dump(mode="json") for p, r in regimes.items()}))
        return
    from supplier_eval.report.console import print_profiles

    print_profiles(regimes, lang.value)


@app.command()
def report(
    path: PathArgument,
    out: Annotated[Path, typer.Option("--out", file_okay=False, help="Folder to write into.")] = Path("out"),
    lang: LangOption = Language.en,
    policy: PolicyOption = None,
    debriefs: Annotated[bool, typer.Option(help="Also a letter for each unsuccessful bidder.")] = False,
) -> None:
    """Evaluate a tender and write the report, the workbook and, asked for, the debrief letters."""
    from supplier_eval.procedure import evaluate as evaluate_tender

    evaluation = evaluate_tender(_read(path, policy, lang.value))
    _write(evaluation, out, lang.value)
    if debriefs:
        from supplier_eval.report import write_debriefs

        for letter in write_debriefs(evaluation, out / "debriefs", lang=lang.value):
            print(letter, file=sys.stderr)


def _is_policy(path: Path) -> bool:
    return path.suffix == ".toml" and path.name != "tender.toml"


def _rehearse(path: Path, fmt: Format, lang: Lang) -> None:
    """Try a policy on simulated bids and print what came out."""
    from supplier_eval.policy import Policy
    from supplier_eval.report.console_robustness import print_rehearsals
    from supplier_eval.robustness.answers import rehearsals, rehearsals_document

    found = rehearsals(Policy.load(path))
    if fmt is Format.json:
        _print_json(_as_json(rehearsals_document(found)))
    else:
        print_rehearsals(found, lang)


def _policy(named: str | None) -> Policy | None:
    from supplier_eval.policy import Policy

    if named is None:
        return None
    return Policy.profile(named.removeprefix("profile:")) if named.startswith("profile:") else Policy.load(named)


def _read(path: Path, policy: str | None, lang: Lang) -> Tender:
    """Read a tender, or refuse it with everything that is wrong: reading and evaluation together."""
    from supplier_eval.errors import InvalidTender
    from supplier_eval.intake.assemble import read_tender
    from supplier_eval.procedure import check_tender

    chosen = _policy(policy)
    try:
        tender = read_tender(path, chosen)
    except InvalidTender:
        raise InvalidTender(check_tender(path, chosen), str(path)) from None
    for warning in tender.warnings:
        print(f"warning: {warning.line(lang)}", file=sys.stderr)
    return tender


def _json(evaluation: Evaluation) -> str:
    return _as_json(evaluation.to_dict())


def _as_json(document: Mapping[str, object]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)


def _print_json(document: str) -> None:
    """JSON is UTF-8 whatever the terminal's encoding is."""
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        print(document)
        return
    sys.stdout.flush()
    buffer.write(document.encode("utf-8") + b"\n")
    buffer.flush()


def _write(evaluation: Evaluation, out: Path, lang: Lang) -> None:
    from supplier_eval.report import write_report, write_workbook

    out.mkdir(parents=True, exist_ok=True)
    written = [write_report(evaluation, out / "report.html", lang=lang)]
    written += [write_workbook(evaluation, out / "workbook.xlsx", lang=lang), out / "evaluation.json"]
    (out / "evaluation.json").write_text(_json(evaluation) + "\n", encoding="utf-8")
    for file in written:
        print(file, file=sys.stderr)


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
    except (SupplierEvalError, OSError) as refused:
        print(f"supplier-eval: {refused}", file=sys.stderr)
        return 1
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
