"""The command ``batch``: score files of bids, many tenders at once, into a folder (§3.2.4)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from supplier_eval.cli.options import Format, FormatOption, LangOption, Language
from supplier_eval.cli.reading import as_json, named_policy, print_json, severity_line
from supplier_eval.messages import Lang, message


class Engine(StrEnum):
    """Who does the work."""

    local = "local"
    dask = "dask"


class FileFormat(StrEnum):
    """What is written."""

    csv = "csv"
    parquet = "parquet"


SourceArgument = Annotated[
    str, typer.Argument(help="CSV or Parquet: a file, a folder, or a quoted pattern.", show_default=False)
]
TargetArgument = Annotated[Path, typer.Argument(help="Folder of the results, outside the source.", show_default=False)]


@contextmanager
def _stopped(target: Path, lang: Lang) -> Iterator[None]:
    """Say what stays when somebody stops it."""
    try:
        yield
    except KeyboardInterrupt:
        print(message("batch.option.stopped", lang, value=str(target)), file=sys.stderr)
        raise typer.Exit(130) from None


def batch(  # noqa: PLR0913, PLR0917 - every option of a command is a parameter
    source: SourceArgument,
    target: TargetArgument,
    policy: Annotated[str, typer.Option("--policy", help="Policy file, or profile:NAME.", show_default=False)],
    resume: Annotated[
        bool, typer.Option("--resume/--no-resume", help="Go on after what is finished, or begin anew.")
    ] = True,
    keep_going: Annotated[bool, typer.Option("--keep-going", help="Put bad rows aside and score the rest.")] = False,
    workers: Annotated[int, typer.Option("--workers", min=1, help="Processes; each file is scored by one.")] = 1,
    batch_rows: Annotated[int, typer.Option("--batch-rows", min=1, help="Bids held at once, about.")] = 65_536,
    column: Annotated[
        list[str] | None, typer.Option("--column", help="ROLE=COLUMN, also CRITERION=COLUMN; repeatable.")
    ] = None,
    category: Annotated[str, typer.Option("--category", help="Service category, where criteria differ.")] = "",
    robustness: Annotated[
        list[str] | None, typer.Option("--robustness", help="acceptability, expected_rank, radius; repeatable.")
    ] = None,
    draws: Annotated[int, typer.Option("--draws", min=1, help="Draws of weights, for --robustness.")] = 4096,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Of the draws.")] = 0,
    published: Annotated[str, typer.Option("--published", help="Fingerprint that the tenders published.")] = "",
    to: Annotated[FileFormat | None, typer.Option("--to", help="Format of the results, if not the file's own.")] = None,
    engine: Annotated[Engine, typer.Option("--engine", help="dask: on a cluster.")] = Engine.local,
    address: Annotated[str | None, typer.Option("--address", help="Dask scheduler, tcp://host:8786.")] = None,
    progress: Annotated[
        bool | None, typer.Option("--progress/--no-progress", help="Bar on stderr; else only in a terminal.")
    ] = None,
    fmt: FormatOption = Format.table,
    lang: LangOption = Language.en,
) -> None:
    """Score files of bids into a folder: resumable, in bounded memory; the sums of the counts are checked."""
    from supplier_eval.batch.column_options import asked_category, columns_named
    from supplier_eval.batch.dataset import score_dataset
    from supplier_eval.report.console_batch import print_batch
    from supplier_eval.report.progress import batch_bar

    chosen = named_policy(policy)
    assert chosen is not None
    asked_category(category, chosen)
    with _stopped(target, lang.value), batch_bar(lang.value, progress) as told:
        summary = score_dataset(
            source,
            target,
            chosen,
            engine=engine.value,
            resume=resume,
            keep_going=keep_going,
            workers=workers,
            batch_rows=batch_rows,
            columns=columns_named(column or (), chosen),
            category=category,
            robustness=tuple(robustness or ()),
            draws=draws,
            seed=seed,
            published=published,
            to=None if to is None else to.value,
            progress=told,
            address=address,
            lang=lang.value,
        )
    for warning in summary.warnings:
        print(severity_line(warning, lang.value), file=sys.stderr)
    if fmt is Format.json:
        print_json(as_json(summary.to_dict()))
    else:
        print_batch(summary, lang.value)
    if not summary.complete:
        raise typer.Exit(1)
