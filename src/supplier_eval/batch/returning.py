"""A tender that comes back: found by its digest, proven by its id, told with both places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from supplier_eval.batch.dataset_sources import InputFile
from supplier_eval.batch.dataset_stream import open_stream
from supplier_eval.batch.files import series_of
from supplier_eval.batch.seen_tenders import BLANK
from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.identifiers import id_key, normalise_id

TenderOf = Callable[[tuple[str, ...]], str]
PIECE_ROWS = 65_536


class TenderReturns(InvalidInput):
    """Records of one tender that do not stand together; no batch goes on over it."""


@dataclass
class _Stretch:
    """Records of one tender below each other."""

    file: str
    id: str
    first: int
    last: int


def returns_in(files: Iterable[InputFile], tender_of: TenderOf, digest: np.uint64) -> list[Finding]:
    """Look a digest up in files, and say which tenders of that digest stand in two places.

    Parameters
    ----------
    files : iterable of InputFile
        In the order in which they are read.
    tender_of : callable
        Gives the column that names the tender, from the columns of a file.
    digest : uint64
        Digest that was met twice.

    Returns
    -------
    list of Finding
        One for each tender that comes back; none where two different ids have one digest.
    """
    by_id: dict[str, list[_Stretch]] = {}
    for file in files:
        for stretch in _stretches(file, tender_of, digest):
            by_id.setdefault(id_key(stretch.id), []).append(stretch)
    return [_finding(places) for places in by_id.values() if len(places) > 1]


def _stretches(file: InputFile, tender_of: TenderOf, digest: np.uint64) -> Iterator[_Stretch]:
    """Records with a digest, below each other but for rows that name no tender."""
    stream = open_stream(file)
    tender = tender_of(stream.columns)
    current: _Stretch | None = None
    for piece in stream.pieces(tender, PIECE_ROWS, [tender]):
        stream.odd.clear()
        named = np.flatnonzero(piece.digests != BLANK)
        mine = piece.digests[named] == digest
        for start, stop in _runs(mine):
            if not mine[start]:
                if current is not None:
                    yield current
                current = None
                continue
            last = int(piece.numbers[named[stop - 1]])
            if current is None:
                id_ = normalise_id(str(series_of(piece.rows, tender).iloc[named[start]]))
                current = _Stretch(file.name, id_, int(piece.numbers[named[start]]), last)
            current.last = last
    if current is not None:
        yield current


def _runs(mine: npt.NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Where equal values begin and end."""
    if len(mine):
        edges = np.flatnonzero(np.append(True, mine[1:] != mine[:-1]))
        yield from zip(edges.tolist(), [*edges[1:].tolist(), len(mine)], strict=True)


def _finding(places: list[_Stretch]) -> Finding:
    first, again = places[0], places[1]
    facts = {
        "first_file": first.file,
        "first_rows": _span(first),
        "file": again.file,
        "rows": _span(again),
    }
    return Finding("batch.file.tender_returns", again.file, "tender", (again.first,), first.id, facts)


def _span(stretch: _Stretch) -> str:
    return str(stretch.first) if stretch.first == stretch.last else f"{stretch.first}-{stretch.last}"
