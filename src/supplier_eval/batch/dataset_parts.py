"""A long Parquet file in parts that hold whole tenders, scored apart and put together in the order of the file."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from supplier_eval.batch.aside import AsideFile
from supplier_eval.batch.cases import Cases
from supplier_eval.batch.counts import total
from supplier_eval.batch.dataset_file import Job, Part, Sealed, score_stream
from supplier_eval.batch.dataset_kernel import tender_column
from supplier_eval.batch.dataset_stream import Stream, Window, is_unchanged
from supplier_eval.batch.files import GROUP_ROWS, column_bounds, parquet_rows
from supplier_eval.batch.manifest import Entry, Written
from supplier_eval.batch.returning import TenderReturns, returns_in
from supplier_eval.batch.seen_tenders import BLANK, SeenTenders, read_digests
from supplier_eval.batch.worker_pool import Refused, attempt
from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.raw_table import FileRefusedError


@dataclass(frozen=True)
class Border:
    """Where a part begins and ends.

    Parameters
    ----------
    first, last : uint64
        Digests of its first and last tender; `BLANK` where no row names one.
    leading : int
        Rows up to the end of the first tender's rows.
    """

    first: np.uint64
    last: np.uint64
    leading: int


@dataclass(frozen=True)
class Partings:
    """Parts of a file by its row groups.

    Parameters
    ----------
    windows : tuple of Window
        The parts, in the order of the file; together they are the file.
    proven : bool
        Whether the statistics of the tender column say that no two parts share a tender.
    """

    windows: tuple[Window, ...]
    proven: bool

    def moved(self, borders: Sequence[Border]) -> tuple[Window, ...]:
        """The parts with every border moved to where a tender ends, so that none is cut."""
        starts: list[int] = []
        whole: list[bool] = []  # the part belongs to the one before from end to end
        last = BLANK
        for window, border in zip(self.windows, borders, strict=True):
            goes_on = bool(starts) and border.first in {last, BLANK}
            starts.append(window.start + border.leading if goes_on else window.start)
            whole.append(goes_on and starts[-1] == window.stop)
            last = last if border.last == BLANK else border.last
        stops = [*starts[1:], self.windows[-1].stop]
        for i in range(len(starts) - 1, 0, -1):
            if whole[i]:
                starts[i] = stops[i]
                stops[i - 1] = stops[i]
        return tuple(self._over(start, stop) for start, stop in zip(starts, stops, strict=True) if start < stop)

    def _over(self, start: int, stop: int) -> Window:
        """The row groups that hold these rows."""
        held = [w for w in self.windows if w.start < stop and w.stop > start]
        groups = tuple(group for window in held for group in window.groups)
        return Window(groups, held[0].before, start, stop)


def partings(stream: Stream, tender: str, least: int) -> Partings:
    """Part a Parquet file into runs of row groups.

    Parameters
    ----------
    stream : Stream
        The file.
    tender : str
        Column that names the tender.
    least : int
        Rows of a part at least; the last may be shorter.
    """
    assert stream.footer is not None
    windows: list[Window] = []
    groups: list[int] = []
    before = done = 0
    for group, rows in enumerate(stream.footer.groups):
        groups.append(group)
        done += rows
        if done - before >= least or group == len(stream.footer.groups) - 1:
            windows.append(Window(tuple(groups), before, before, done))
            groups, before = [], done
    bounds = column_bounds(stream.file.path, tender)
    return Partings(tuple(windows), _apart([[bounds[g] for g in window.groups] for window in windows]))


def _apart(bounds: list[list[tuple[Any, Any] | None]]) -> bool:
    """Whether the ranges of the parts do not touch."""
    ranges = []
    for part in bounds:
        known = [bound for bound in part if bound is not None]
        if len(known) < len(part):
            return False
        ranges.append((min(low for low, _ in known), max(high for _, high in known)))
    ranges.sort(key=lambda pair: pair[0])
    return all(left[1] < right[0] for left, right in pairwise(ranges))


def border_of(stream: Stream, tender: str, window: Window) -> Border:
    """Read the tenders of a part, and say how it begins and ends."""
    first = last = BLANK
    leading, inside = 0, True
    for piece in replace(stream, window=window, odd=[]).pieces(tender, GROUP_ROWS, [tender]):
        named = np.flatnonzero(piece.digests != BLANK)
        if len(named):
            last = piece.digests[named[-1]]
            first = piece.digests[named[0]] if first == BLANK else first
        if inside:
            other = named[piece.digests[named] != first]
            leading += int(other[0]) if len(other) else len(piece)
            inside = not len(other)
    return Border(first, last, leading)


def score_part(stream: Stream, job: Job) -> Sealed | Refused:
    """Score a part of a file and write it aside; answers and errors as `attempt`."""
    try:
        return score_stream(stream, job, quiet, "parquet")
    except FileRefusedError as refusal:
        refused = InvalidInput([refusal.finding], str(stream.file.path))
    except TenderReturns:
        raise
    except InvalidInput as said:
        refused = said
    if not job.keep_going:
        raise refused
    return Refused(stream.file.name, refused.findings)


def put_together(stream: Stream, job: Job, parts: Sequence[Sealed | Refused]) -> Sealed | Refused:
    """Write the parts of a file below each other, as if it had been scored in one go.

    Parameters
    ----------
    stream : Stream
        The whole file.
    job : Job
        What was done with it.
    parts : sequence of Sealed or Refused
        In the order of the file.

    Raises
    ------
    TenderReturns
        If a tender stands in two parts: it comes back.
    """
    refused = next((part for part in parts if isinstance(part, Refused)), None)
    if refused is not None:
        return refused
    sealed = [part for part in parts if isinstance(part, Sealed)]
    file = stream.file
    seen = SeenTenders()
    apart = [_stand_apart(stream, job, seen, part.temporary["tenders"]) for part in sealed]
    if not all(apart):
        return attempt(file, job, quiet)
    if not is_unchanged(file.path, stream.identity):
        finding = Finding("batch.file.changed", file.name, value=file.path.name)
        if not job.keep_going:
            raise InvalidInput([finding], str(file.path))
        return Refused(file.name, (finding,))
    with ExitStack() as stack:
        asides: dict[str, AsideFile] = {}
        for name in ("output", "rejects"):
            whole = Part(job.target / file.written[name], file.to, stream.marked, stack)
            for part in sealed:
                if name in part.temporary:
                    for rows in parquet_rows(part.temporary[name], file.name, GROUP_ROWS):
                        whole.write(rows)
            whole.seal()
            if whole.aside is not None:
                asides[name] = whole.aside
        asides["tenders"] = stack.enter_context(AsideFile(job.target / file.written["tenders"]))
        seen.write(asides["tenders"])
        asides["tenders"].seal()
        written = {name: Written(file.written[name], one.bytes, one.sha256) for name, one in asides.items()}
        cases = sum((part.entry.cases for part in sealed), Cases())
        entry = Entry(file.name, stream.identity, written, total(part.entry.counts for part in sealed), cases)
        return Sealed(entry, {name: one.temporary for name, one in asides.items()})


def _stand_apart(stream: Stream, job: Job, seen: SeenTenders, tenders: Path) -> bool:
    """Count the tenders of a part to those before it; one that was there already comes back.

    Where none comes back and some digest was there all the same, the file has to be scored in one go: the statistics
    took T1 and t1 for two tenders, or two tenders have one digest.
    """
    met = seen.add(read_digests(tenders))
    found = [
        one for digest in met for one in returns_in([stream.file], lambda columns: tender_column(job, columns), digest)
    ]
    if found:
        raise TenderReturns(found, str(stream.file.path))
    return not len(met)


def quiet(name: str, rows: int, share: float) -> None:
    """Say nothing of how far a part is."""
