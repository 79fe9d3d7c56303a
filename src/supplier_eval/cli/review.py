"""The command ``review``: does the supplier deliver, period after period, and what is proposed.

Clauses of the policy (§3.3.2, §5.1.1, §5.2.1-§5.2.3).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from supplier_eval.cli.options import Format, FormatOption, LangOption, Language, PageOption
from supplier_eval.cli.reading import as_json, print_json, severity_line

if TYPE_CHECKING:
    from supplier_eval.errors import Finding
    from supplier_eval.messages import Lang
    from supplier_eval.monitor.review_answers import ReviewAnswers

PathOfRecords = Annotated[
    Path, typer.Argument(help="Folder with service records, plan.toml and calendar.toml.", show_default=False)
]


def review(  # noqa: PLR0913, PLR0917 - every option of a command is a parameter
    path: PathOfRecords,
    period: Annotated[
        str,
        typer.Option("--period", help="Period reviewed, as 2025-06; else the last complete one.", show_default=False),
    ] = "",
    first: Annotated[
        str, typer.Option("--from", help="First period; else that of the first record.", show_default=False)
    ] = "",
    last: Annotated[str, typer.Option("--to", help="Last period, which is reviewed.", show_default=False)] = "",
    by: Annotated[
        str, typer.Option("--by", help="month, quarter or year; else as the plan says.", show_default=False)
    ] = "",
    supplier: Annotated[str, typer.Option("--supplier", help="Show this one alone.", show_default=False)] = "",
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Day or moment up to which is known; else the end of the period.")
    ] = None,
    plan: Annotated[Path | None, typer.Option("--plan", help="Plan file instead of the folder's.")] = None,
    agreed: Annotated[
        str, typer.Option("--agreed", help="Fingerprint of the plan as the contract names it.", show_default=False)
    ] = "",
    bidder: Annotated[
        list[str] | None,
        typer.Option("--bidder", help="For past.csv: a supplier that bids, or 00123=HZ with its id in the tender."),
    ] = None,
    out: PageOption = None,
    fmt: FormatOption = Format.table,
    lang: LangOption = Language.en,
) -> None:
    """Review suppliers from their service records; with --out also the page, past.csv and the JSON."""
    from supplier_eval.monitor.folder_review import review_folder

    bidders = _bidders(bidder or [])
    answers = review_folder(
        path, period=period, span=(first, last), by=by, supplier=supplier, as_of=as_of, plan=plan, agreed=agreed
    )
    for warning in answers.warnings:
        print(severity_line(warning, lang.value), file=sys.stderr)
    document = as_json(answers.document(lang.value))
    if out is not None:
        _write(answers, out, document, bidders, lang.value)
    if fmt is Format.json:
        print_json(document)
    else:
        from supplier_eval.report.console_review import print_review

        print_review(answers, lang.value)


def _bidders(given: list[str]) -> dict[str, str]:
    """Supplier → its id in the tender; the same where none is stated."""
    from supplier_eval.errors import Finding, InvalidInput

    pairs = [(one, *(part.strip() for part in one.split("=", 1))) for one in given]
    wrong = [one for one, *parts in pairs if not all(parts)]
    if wrong:
        raise InvalidInput([Finding("review.bidder_pair", "arguments", "bidder", value=one) for one in wrong])
    return {parts[0]: parts[-1] for _, *parts in pairs}


def _write(answers: ReviewAnswers, out: Path, document: str, bidders: dict[str, str], lang: Lang) -> None:
    """The page, the scores for the next tender, the JSON."""
    from supplier_eval.cli.csv_out import refuse_live_ids, write_csv
    from supplier_eval.report.review_page import write_review

    past = answers.review.past_table(bidders=bidders or answers.shown)
    refuse_live_ids(past, "bidder", "past")
    out.mkdir(parents=True, exist_ok=True)
    print(write_review(answers, out, lang), file=sys.stderr)
    write_csv(past, out / "past.csv")
    (out / "review.json").write_text(document + "\n", encoding="utf-8")
    print(out / "past.csv", file=sys.stderr)
    print(out / "review.json", file=sys.stderr)


def is_review(path: Path) -> bool:
    """Whether a path is a folder of service records with its plan, or such a plan."""
    from supplier_eval.monitor.plan import FORMAT

    if path.is_dir():
        return (path / "plan.toml").is_file() and not (path / "tender.toml").is_file()
    if path.suffix.lower() != ".toml" or not path.is_file():
        return False
    return f'"{FORMAT}"' in path.read_text(encoding="utf-8", errors="replace")


def review_findings(path: Path) -> list[Finding]:
    """Everything that is wrong or noticed in a review's folder or plan, without reviewing."""
    from supplier_eval.errors import InvalidInput
    from supplier_eval.monitor.folder_contents import read_review_folder
    from supplier_eval.monitor.plan import ReviewPlan

    try:
        if not path.is_dir():
            return ReviewPlan.load(path).check()
        folder = read_review_folder(path)
    except InvalidInput as refused:
        return list(refused.findings)
    return [*folder.records.warnings, *folder.plan.check()]
