"""A bar on stderr while a batch runs: share of the bytes, bids, bids a second, time left."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.text import Text

from supplier_eval.messages import Lang
from supplier_eval.report.formats import plain
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.batch.dataset import BatchProgress

PARTS = 1_000


@contextmanager
def batch_bar(lang: Lang, asked: bool | None = None) -> Iterator[Callable[[BatchProgress], None] | None]:
    """Show how a batch goes.

    Parameters
    ----------
    lang : {"en", "zh"}
        Language.
    asked : bool, optional
        True also where stderr is no terminal, False never; None where it is one.

    Yields
    ------
    callable or None
        Takes each `BatchProgress`; None where nothing is shown.
    """
    console = Console(stderr=True, highlight=False, force_terminal=True if asked else None)
    if asked is False or not (asked or console.is_terminal):
        yield None
        return
    columns = (BarColumn(), TaskProgressColumn(), TextColumn("{task.description}", markup=False), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=PARTS)
        begun = time.monotonic()

        def show(said: BatchProgress) -> None:
            bar.update(task, completed=said.share * PARTS, description=told(said, time.monotonic() - begun, lang))

        yield show


def told(said: BatchProgress, seconds: float, lang: Lang) -> str:
    """One step in words: files, bids, bids a second, the file at hand."""
    rate = said.rows / seconds if seconds > 0 else 0.0
    line = words(lang)["batch.step"].format(
        done=said.files_done, files=said.files, rows=f"{said.rows:,}", rate=f"{rate:,.0f}", file=said.file
    )
    return Text(plain(line)).plain
