"""The command ``risk``: what may go wrong, what it may cost, what to do, and who is risky (§1.3.3, §6.1.1-§6.3.2)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from supplier_eval.cli.options import Format, FormatOption, LangOption, Language, PageOption
from supplier_eval.cli.reading import as_json, print_json, severity_line

if TYPE_CHECKING:
    from supplier_eval.messages import Lang
    from supplier_eval.risk.answers import RiskAnswers

ATTRIBUTE = "risk_attribute.csv"  # not suppliers.csv: in the folder of an award that would replace its capacities
PathOfRisks = Annotated[
    Path,
    typer.Argument(help="Folder or .xlsx with risks, suppliers, indicators: what there is.", show_default=False),
]


def risk(  # noqa: PLR0913, PLR0917 - every option of a command is a parameter
    path: PathOfRisks,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Day, as 2026-11-30; else that of risks.toml.", show_default=False)
    ] = None,
    budget: Annotated[
        float | None, typer.Option("--budget", help="For measures, a year; else that of risks.toml.")
    ] = None,
    years: Annotated[int, typer.Option("--years", min=2000, help="Years of losses to simulate.")] = 100_000,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Of everything that is drawn.")] = 0,
    agreed: Annotated[
        str, typer.Option("--agreed", help="Fingerprint of the rating plan as it was agreed.", show_default=False)
    ] = "",
    out: PageOption = None,
    fmt: FormatOption = Format.table,
    lang: LangOption = Language.en,
) -> None:
    """Ask a folder what may go wrong and who is risky; with --out also the page, the JSON and risk_attribute.csv."""
    from supplier_eval.errors import InvalidInput
    from supplier_eval.risk.folder_answers import answer_folder

    try:
        answers = answer_folder(path, as_of=as_of, budget=budget, years=years, seed=seed, agreed=agreed)
    except InvalidInput as refused:
        for one in refused.findings:
            if one.severity == "warning":
                print(severity_line(one, lang.value), file=sys.stderr)
        raise
    for warning in answers.warnings:
        print(severity_line(warning, lang.value), file=sys.stderr)
    document = as_json(answers.document(lang.value))
    if out is not None:
        _write(answers, out, document, lang.value)
    if fmt is Format.json:
        print_json(document)
    else:
        from supplier_eval.report.console_risk import print_risks

        print_risks(answers, lang.value)


def _write(answers: RiskAnswers, out: Path, document: str, lang: Lang) -> None:
    """The page, the JSON, and the ratings as a column to be joined to the suppliers of an award."""
    from supplier_eval.cli.csv_out import refuse_live_ids, write_csv
    from supplier_eval.report.risks_page import write_risks

    table = answers.rating.award_suppliers() if answers.rating is not None else None
    if table is not None:
        refuse_live_ids(table, "id", "suppliers")
    out.mkdir(parents=True, exist_ok=True)
    print(write_risks(answers, out, lang), file=sys.stderr)
    (out / "risk.json").write_text(document + "\n", encoding="utf-8")
    print(out / "risk.json", file=sys.stderr)
    if table is not None:
        write_csv(table, out / ATTRIBUTE)
        print(out / ATTRIBUTE, file=sys.stderr)
