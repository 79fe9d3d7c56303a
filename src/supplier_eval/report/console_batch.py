"""What the command line shows of a batch: counts by file, what was refused, where the results stand."""

from __future__ import annotations

from typing import Literal

from supplier_eval.batch.summary import COLUMNS, BatchSummary
from supplier_eval.messages import Lang, message
from supplier_eval.report.console import print_line, print_rows
from supplier_eval.report.tables import Table
from supplier_eval.report.words import words

MOST_FILES = 40
STATES = {"scored": "batch_state.scored", "kept": "batch_state.kept", "refused": "batch_state.refused"}
HEADS: dict[str, str] = {
    "file": "batch.file",
    "state": "batch.state",
    "rows": "batch.rows",
    "rows_scored": "batch.rows_scored",
    "rows_rejected": "batch.rows_rejected",
    "tenders": "batch.tenders",
    "tenders_scored": "batch.tenders_scored",
    "tenders_rejected": "batch.tenders_rejected",
    "output": "batch.output",
}


def print_batch(summary: BatchSummary, lang: Lang) -> None:
    """Print the inputs with their counts, then all together, the folder, the standing and the policy."""
    say = words(lang)
    print_rows(files_table(summary, lang))
    if len(summary.files) > MOST_FILES:
        print_line(say["batch.more_files"].format(n=len(summary.files) - MOST_FILES))
    print_line(f"\n{summary.explain(lang=lang)}")
    print_line(message("batch.summary.where", lang))
    print_line(f"{say['batch.target']}{say['text.colon']}{summary.target}")
    print_line(f"{say['console.standing']}{say['text.colon']}{say[f'standing.{summary.standing}']}")
    for reason in summary.standing_reasons:
        print_line(f"  {reason}")
    print_line(f"{say['console.policy']}{say['text.colon']}{summary.policy_fingerprint}")


def files_table(summary: BatchSummary, lang: Lang, most: int = MOST_FILES) -> Table:
    """The first inputs, those that were refused before all others."""
    say = words(lang)
    files = sorted(summary.files, key=lambda file: (file.state != "refused", file.file))[:most]
    rows = tuple(
        (
            file.file,
            say[STATES[file.state]],
            *(f"{getattr(file.counts, name):,}" for name in COLUMNS),
            file.output,
        )
        for file in files
    )
    return Table("batch", tuple((say[label], _kind(name)) for name, label in HEADS.items()), rows, {})


def _kind(name: str) -> Literal["text", "figure"]:
    return "figure" if name in COLUMNS else "text"
