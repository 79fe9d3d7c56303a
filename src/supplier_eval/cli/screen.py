"""The command ``screen``: what bids and markets look like beside what competition looks like (§1.3.4)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from supplier_eval.cli.options import Format, FormatOption, LangOption, Language, PageOption, PolicyOption
from supplier_eval.cli.reading import as_json, print_json, read_checked, severity_line
from supplier_eval.cli.settings import by_indicator, of_bids_and_market, settings_named

if TYPE_CHECKING:
    from supplier_eval.intake.tender import Tender
    from supplier_eval.integrity.screen_answers import ScreenAnswers
    from supplier_eval.messages import Lang

RELEASES = (".json", ".jsonl")
TABLES = (".csv", ".tsv", ".xlsx", ".parquet")
PathOfBids = Annotated[
    Path,
    typer.Argument(
        help="Table of bids (.csv, .xlsx, .parquet), OCDS (.json, .jsonl), a folder with one such file, tender folder.",
        show_default=False,
    ),
]


def screen(  # noqa: PLR0913, PLR0917 - every option of a command is a parameter
    path: PathOfBids,
    column: Annotated[
        list[str] | None,
        typer.Option("--column", help="FIELD=COLUMN, as price=bid; date=year+month+day joins three; repeatable."),
    ] = None,
    thousands: Annotated[
        str,
        typer.Option("--thousands", help='Mark between thousands in prices, as ","; with "." the decimal mark is ",".'),
    ] = "",
    opened: Annotated[
        list[str] | None,
        typer.Option("--opened", help="Bid of a tender; else all whose price is open; repeatable."),
    ] = None,
    setting: Annotated[
        list[str] | None,
        typer.Option("--setting", help="NAME=VALUE, a line of the screens, as cv=0.02 or tie_chance=1; repeatable."),
    ] = None,
    out: PageOption = None,
    fmt: FormatOption = Format.table,
    lang: LangOption = Language.en,
    policy: PolicyOption = None,
) -> None:
    """Screen bids inside and across tenders: flags for people, nothing is excluded."""
    settings = settings_named(setting or [])
    path = _table_in(path) if path.is_dir() and policy is None and not opened else path
    if path.is_dir() or path.name == "tender.toml":
        if column:
            raise typer.BadParameter("--column is for a table of bids; a tender names its columns itself")
        answers = _of_tender(path, policy, opened, settings, lang.value)
    else:
        if policy is not None or opened:
            raise typer.BadParameter("--policy and --opened are for a tender folder")
        if _is_ocds(path):
            answers = _of_releases(path, column, settings)
        else:
            answers = _of_table(path, _named(column or []), thousands, settings)
    for warning in answers.warnings:
        print(severity_line(warning, lang.value), file=sys.stderr)
    document = as_json(answers.document(lang.value))
    if out is not None:
        from supplier_eval.report.screens_page import write_screens

        print(write_screens(answers, out, lang.value, title=path.stem), file=sys.stderr)
        answers.write_flags(out / "flags.csv", lang.value)
        (out / "screens.json").write_text(document + "\n", encoding="utf-8")
    if fmt is Format.json:
        print_json(document)
    else:
        from supplier_eval.report.console_screens import print_screens

        print_screens(answers, lang.value)


def _table_in(folder: Path) -> Path:
    """The folder of a tender as it is; of any other folder its only table or release.

    Raises
    ------
    InvalidInput
        Where a folder without tender.toml holds several tables, or none.
    """
    from supplier_eval.errors import Finding, InvalidInput

    if (folder / "tender.toml").exists():
        return folder
    read = (*TABLES, *RELEASES)
    found = sorted(one for one in folder.iterdir() if one.suffix.lower() in read and one.name[0] not in "._")
    if len(found) == 1:
        return found[0]
    shown = ", ".join(one.name for one in found[:6]) + (", …" if len(found) > 6 else "")
    facts = {
        "count": len(found),
        "shown": shown or "-",
        "first": found[0].name if found else "bids.csv",
    }
    raise InvalidInput([Finding("screens.folder", str(folder), value=str(folder), facts=facts)], str(folder))


def _is_ocds(path: Path) -> bool:
    return path.suffix.lower() in RELEASES


def _of_releases(path: Path, column: list[str] | None, settings: dict[str, object]) -> ScreenAnswers:
    from supplier_eval.integrity import screen_releases
    from supplier_eval.integrity.screen_answers import ScreenAnswers

    if column:
        raise typer.BadParameter("--column is for a table of bids; OCDS names its fields itself")
    return ScreenAnswers(releases=screen_releases(path, settings=by_indicator(settings) or None))


def _named(given: list[str]) -> dict[str, str]:
    """Field → column."""
    for one in given:
        if not all(part.strip() for part in one.partition("=")[::2]):
            raise typer.BadParameter(f"--column is FIELD=COLUMN, not {one!r}")
    return {field.strip(): name.strip() for field, _, name in (one.partition("=") for one in given)}


def _of_table(path: Path, columns: dict[str, str], thousands: str, settings: dict[str, object]) -> ScreenAnswers:
    from supplier_eval.integrity import screen_bids, screen_market
    from supplier_eval.integrity.bid_file import read_bid_table
    from supplier_eval.integrity.screen_answers import ScreenAnswers

    inside, across = of_bids_and_market(settings)
    table = read_bid_table(path, columns, decimal="," if thousands == "." else ".", thousands=thousands)
    return ScreenAnswers(
        screen_bids(table, settings=inside),
        screen_market(table, settings=across) if len(table.tenders) > 1 else None,
    )


def _of_tender(
    path: Path, policy: str | None, opened: list[str] | None, settings: dict[str, object], lang: Lang
) -> ScreenAnswers:
    from supplier_eval.integrity import screen_bids
    from supplier_eval.integrity.screen_answers import ScreenAnswers

    tender = read_checked(path.parent if path.name == "tender.toml" else path, policy, lang)
    return ScreenAnswers(screen_bids(tender, opened=opened or _priced(tender) or None, settings=settings))


def _priced(tender: Tender) -> list[str]:
    """Bids whose prices the procedure opened."""
    from supplier_eval.procedure import evaluate

    sheets = (result.sheet for result in evaluate(tender).lots.values())
    return sorted({bid for sheet in sheets if sheet.prices is not None for bid in sheet.prices.read})
