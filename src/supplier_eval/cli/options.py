"""What several commands take: path, language, format, policy."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


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
LotOption = Annotated[str | None, typer.Option("--lot", help="This lot only.")]
PageOption = Annotated[Path | None, typer.Option("--out", file_okay=False, help="Folder for the page and the JSON.")]
