"""One input scored from beginning to end: blocks of whole tenders in, results and rejected rows out, both aside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from supplier_eval.batch.aside import AsideFile
from supplier_eval.batch.cases import Cases
from supplier_eval.batch.counts import Counts
from supplier_eval.batch.dataset_kernel import Scorer
from supplier_eval.batch.dataset_sources import InputFile
from supplier_eval.batch.dataset_stream import Numbers, Stream, is_unchanged, open_stream
from supplier_eval.batch.files import Records, RecordsWriter, in_order, joined, with_results, without_cells
from supplier_eval.batch.manifest import Entry, Written
from supplier_eval.batch.rejected_rows import (
    broken_findings,
    broken_rows,
    odd_findings,
    odd_records,
    rejected_records,
)
from supplier_eval.batch.returning import TenderReturns, returns_in
from supplier_eval.batch.seen_tenders import BLANK, SeenTenders
from supplier_eval.batch.whole_tenders import Block, whole_tenders
from supplier_eval.errors import Finding, InvalidInput, SupplierEvalError
from supplier_eval.intake.raw_table import FileRefusedError
from supplier_eval.messages import Lang
from supplier_eval.policy.document import Policy

BoolArray = npt.NDArray[np.bool_]
Tell = Callable[[str, int, float], None]


@dataclass(frozen=True)
class Job:
    """What is done with every input of a batch; it travels to other processes.

    Parameters
    ----------
    policy : Policy
        Criteria, formulas, rounding, ties.
    category : str
        Service category.
    columns : mapping or None
        Columns laid over those that the policy names.
    robustness : tuple of str
        Robustness columns.
    draws, seed : int
        Of the robustness columns that are sampled.
    target : Path
        Folder of the results.
    keep_going : bool
        Whether bad rows are put aside and the rest goes on.
    batch_rows : int
        Records of a block.
    lang : {"en", "zh"}
        Language of the sentences in the results and the rejects.
    """

    policy: Policy
    category: str
    columns: Mapping[str, Any] | None
    robustness: tuple[str, ...]
    draws: int
    seed: int
    target: Path
    keep_going: bool
    batch_rows: int
    lang: Lang


@dataclass(frozen=True)
class Sealed:
    """An input that is scored and written aside: its entry, and the temporary file of each part."""

    entry: Entry
    temporary: Mapping[str, Path]


def score_file(file: InputFile, job: Job, tell: Tell) -> Sealed:
    """Score one input and write its results aside; nothing has its final name yet.

    Parameters
    ----------
    file : InputFile
        What is read.
    job : Job
        What is done with it.
    tell : callable
        Told the file, bids so far and the share of the file that is done, after every block.

    Raises
    ------
    InvalidInput
        With what refuses the file; with bad rows unless the job keeps going; `TenderReturns` where a tender comes back.
    """
    try:
        stream = open_stream(file)
        sealed = score_stream(stream, job, tell)
        if not is_unchanged(file.path, stream.identity):
            raise FileRefusedError(Finding("batch.file.changed", file.name, value=file.path.name))
    except FileRefusedError as refusal:
        raise InvalidInput([refusal.finding], str(file.path)) from None
    return sealed


def score_stream(stream: Stream, job: Job, tell: Tell, kind: str = "") -> Sealed:
    """Score an input that was opened, or a part of it; parameters and errors as `score_file`.

    Parameters
    ----------
    stream : Stream
        What is read.
    job, tell
        As `score_file`.
    kind : {"", "parquet"}
        Format that is written; empty for that of the results.

    Raises
    ------
    FileRefusedError
        If it cannot be read to its end.
    """
    with ExitStack() as stack:
        work = _Work(stream.file, job, stream, stack, kind or stream.file.to)
        for block in whole_tenders(stream, work.scorer.tender, job.batch_rows):
            work.take(block)
            tell(stream.file.name, work.rows, _share(stream, work.rows))
        work.left_over()
        return work.sealed()


@dataclass
class Part:
    """A file that is written aside, opened when the first rows come.

    Parameters
    ----------
    final : Path
        The name that it will have.
    kind : {"csv", "parquet"}
        Format.
    marked : bool
        Whether a CSV text begins with a byte-order mark.
    stack : ExitStack
        Removes it where the work ends badly.
    """

    final: Path
    kind: str
    marked: bool
    stack: ExitStack
    aside: AsideFile | None = None
    writer: RecordsWriter | None = None

    def write(self, rows: Records) -> None:
        """Take rows."""
        if self.writer is None:
            self.aside = self.stack.enter_context(AsideFile(self.final))
            self.writer = RecordsWriter(self.aside, self.kind, self.marked)
        self.writer.write(rows)

    def seal(self) -> None:
        """Put it on the disk, still under its temporary name."""
        if self.writer is not None and self.aside is not None:
            self.writer.close()
            self.aside.seal()


@dataclass
class _Work:
    """What has been done of a file."""

    file: InputFile
    job: Job
    stream: Stream
    stack: ExitStack
    kind: str
    rows: int = 0
    counts: Counts = field(default_factory=Counts)
    cases: Cases = field(default_factory=Cases)
    seen: SeenTenders = field(default_factory=SeenTenders)

    def __post_init__(self) -> None:
        self.scorer = Scorer.of(self.job, self.stream.columns, str(self.file.path))
        names = self.file.written
        self.parts = {
            part: Part(self.job.target / names[part], self.kind, self.stream.marked, self.stack)
            for part in ("output", "rejects")
        }

    def take(self, block: Block) -> None:
        """Score the tenders of a block and write them, what is wrong with them aside."""
        self._check_returns(block)
        numbers = block.piece.numbers
        broken = broken_rows(block)
        whole = np.flatnonzero(broken == 0)
        rows = block.piece.rows if len(whole) == len(numbers) else block.piece.rows.take(whole)
        scored = self.scorer.score(rows, numbers[whole], self.file.name)
        findings = [*odd_findings(block.odd, self.file.name), *scored.findings]
        if findings and not self.job.keep_going:
            raise InvalidInput([*findings, *broken_findings(block, self.file.name)], str(self.file.path))
        good = np.flatnonzero(~scored.bad)
        results = with_results(rows.take(good) if scored.bad.any() else rows, scored.frame, self.scorer.kinds)
        self.parts["output"].write(results)
        codes = np.full(len(numbers), "", object)
        said = codes.copy()
        codes[whole], said[whole] = scored.codes, scored.said
        if (broken > 0).any():
            self._say_broken(broken, codes, said)
        bad = np.ones(len(numbers), dtype=bool)
        bad[whole[good]] = False
        if bad.any() or block.odd:
            self._reject(block, np.flatnonzero(bad), codes, said)
        self._count(block, bad)
        self.cases += scored.cases

    def left_over(self) -> None:
        """Records that could not be read in a file that has no other."""
        odd = tuple(self.stream.odd)
        self.stream.odd = []
        if not odd and not self.rows:  # nothing but blank lines
            raise FileRefusedError(Finding("batch.file.no_rows", self.file.name, value=self.file.path.name))
        if odd and not self.job.keep_going:
            raise InvalidInput(odd_findings(odd, self.file.name), str(self.file.path))
        if odd:
            nothing = without_cells(self.stream.columns, 0)
            self.parts["output"].write(with_results(nothing, self.scorer.nothing(), self.scorer.kinds))
            self.parts["rejects"].write(odd_records(odd, self.stream.columns, self.job.lang, self.file.name))
            self.rows += len(odd)
            self.counts += Counts(rows=len(odd), rows_rejected=len(odd))

    def sealed(self) -> Sealed:
        """Everything on the disk under temporary names."""
        tenders = self.stack.enter_context(AsideFile(self.job.target / self.file.written["tenders"]))
        self.seen.write(tenders)
        tenders.seal()
        for part in self.parts.values():
            part.seal()
        asides = {part: one.aside for part, one in self.parts.items() if one.aside is not None} | {"tenders": tenders}
        written = {part: Written(self.file.written[part], one.bytes, one.sha256) for part, one in asides.items()}
        if self.stream.stated not in {None, self.counts.rows}:
            raise SupplierEvalError(f"{self.file.name}: {self.stream.stated} rows stated, {self.counts.rows} read")
        entry = Entry(self.file.name, self.stream.identity, written, self.counts, self.cases)
        return Sealed(entry, {part: one.temporary for part, one in asides.items()})

    def _check_returns(self, block: Block) -> None:
        """Refuse a tender whose rows do not stand together."""
        tenders, times = np.unique(block.tenders[block.tenders != BLANK], return_counts=True)
        again = np.union1d(tenders[times > 1], self.seen.add(tenders))
        found = [one for digest in again for one in returns_in([self.file], lambda _: self.scorer.tender, digest)]
        if found:
            raise TenderReturns(found, str(self.file.path))

    def _say_broken(self, broken: Numbers, codes: npt.NDArray[np.object_], said: npt.NDArray[np.object_]) -> None:
        for row in np.unique(broken[broken > 0]).tolist():
            finding = Finding("batch.row.of_broken_tender", self.file.name, value=str(row))
            codes[broken == row], said[broken == row] = finding.code, finding.say(self.job.lang)

    def _reject(
        self, block: Block, at: npt.NDArray[np.intp], codes: npt.NDArray[np.object_], said: npt.NDArray[np.object_]
    ) -> None:
        rows = block.piece.rows.take(at)
        parts = [rejected_records(rows, block.piece.numbers[at], codes[at], said[at])]
        if block.odd:
            parts.append(odd_records(block.odd, rows.column_names, self.job.lang, self.file.name))
        self.parts["rejects"].write(in_order(joined(parts), "reject_row"))

    def _count(self, block: Block, bad: BoolArray) -> None:
        named = block.tenders != BLANK
        good = np.add.reduceat(~bad, block.starts, dtype=np.int64) > 0
        n = len(block.piece) + len(block.odd)
        kept = int((~bad).sum())
        tenders, scored = int(named.sum()), int((good & named).sum())
        self.rows += n
        self.counts += Counts(n, kept, n - kept, tenders, scored, tenders - scored)


def _share(stream: Stream, rows: int) -> float:
    """How much of a file is done."""
    if stream.stated is not None:
        return rows / max(1, stream.stated)
    return min(1.0, stream.read_bytes / max(1, stream.identity.bytes))
