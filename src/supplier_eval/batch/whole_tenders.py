"""A stream of rows cut where one tender ends and the next begins; a tender is never cut, however long it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from supplier_eval.batch.dataset_stream import Numbers, OddRow, Piece, Stream
from supplier_eval.batch.files import joined
from supplier_eval.batch.seen_tenders import BLANK, Digests

Index = npt.NDArray[np.intp]
END = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Block:
    """Records of whole tenders, in the order of the file.

    Parameters
    ----------
    piece : Piece
        The rows.
    starts : ndarray of int
        Where the rows of each tender begin; a row that names no tender belongs to the one above it.
    tenders : ndarray of uint64
        Digest of the tender that begins there; `BLANK` for rows without a tender at the head of a file.
    odd : tuple of OddRow
        Records that could not be read and lie inside or right after these rows.
    broken : dict of int to int
        Place in `starts` → sheet row of a record that could not be read and is, or may be, one of that tender's.
    """

    piece: Piece
    starts: Index
    tenders: Digests
    odd: tuple[OddRow, ...]
    broken: dict[int, int]


def whole_tenders(stream: Stream, tender: str, batch_rows: int) -> Iterator[Block]:
    """Read an input in blocks of at least `batch_rows` rows (the last may be shorter), each of whole tenders.

    Parameters
    ----------
    stream : Stream
        The input.
    tender : str
        Column that names the tender.
    batch_rows : int
        Records of a block; it grows until the tender that is being read has ended.

    Yields
    ------
    Block
        The same rows in the same order whatever `batch_rows` is.
    """
    cutter = _Cutter(stream)
    for piece in stream.pieces(tender, batch_rows):
        if len(piece):
            yield from cutter.take(piece, batch_rows)
    yield from cutter.rest()


class _Cutter:
    """What was read and not yet handed on."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self.held: list[tuple[Piece, Digests]] = []
        self.n = 0
        self.last = BLANK
        self.before: list[OddRow] = []  # right before the rows that are held

    def take(self, piece: Piece, batch_rows: int) -> Iterator[Block]:
        filled = _filled(piece.digests, self.last)
        begins = np.flatnonzero(np.append(self.last, filled[:-1]) != filled)
        self.last = filled[-1]
        if self.n + len(piece) > batch_rows and len(begins) and self.n + begins[-1] > 0:
            cut = int(begins[-1])
            self.held.append((piece.cut(0, cut), filled[:cut]))
            yield self._block(int(piece.numbers[cut]))
            piece, filled = piece.cut(cut), filled[cut:]
            self.held, self.n = [], 0
        self.held.append((piece, filled))
        self.n += len(piece)

    def rest(self) -> Iterator[Block]:
        if self.n:
            yield self._block(END)

    def _block(self, next_number: int) -> Block:
        parts = [(piece, filled) for piece, filled in self.held if len(piece)]
        filled = np.concatenate([filled for _, filled in parts])
        piece = Piece(
            joined([piece.rows for piece, _ in parts]),
            np.concatenate([piece.numbers for piece, _ in parts]),
            np.concatenate([piece.digests for piece, _ in parts]),
        )
        starts = np.flatnonzero(np.append(True, filled[1:] != filled[:-1]))
        mine = [row for row in self.stream.odd if row.number < next_number]
        self.stream.odd = self.stream.odd[len(mine) :]
        broken = _broken([*self.before, *mine], piece.numbers, starts, filled[starts])
        last = int(piece.numbers[-1])
        self.before = [row for row in mine if row.number > last]
        return Block(piece, starts, filled[starts], tuple(mine), broken)


def _filled(digests: Digests, before: np.uint64) -> Digests:
    """Digests with every blank as the one above it."""
    named = digests != BLANK
    if named.all():
        return digests
    at = np.maximum.accumulate(np.where(named, np.arange(len(digests)), -1))
    return np.where(at >= 0, digests[at], before)


def _broken(odd: list[OddRow], numbers: Numbers, starts: Index, tenders: Digests) -> dict[int, int]:
    """Tenders that a record which could not be read belongs to, or may belong to: it stands inside or beside them."""
    found: dict[int, int] = {}
    firsts = numbers[starts]
    lasts = numbers[np.append(starts[1:], len(numbers)) - 1]
    for row in odd:
        above = int(np.searchsorted(firsts, row.number)) - 1
        if above >= 0 and row.number < lasts[above]:
            found.setdefault(above, row.number)
            continue
        for beside in (above, above + 1):
            if 0 <= beside < len(starts) and (row.digest is None or row.digest == tenders[beside]):
                found.setdefault(beside, row.number)
    return found
