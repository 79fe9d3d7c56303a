"""How many bids and tenders came in, were scored and were rejected; the sums must hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from supplier_eval.errors import SupplierEvalError


@dataclass(frozen=True)
class Counts:
    """Bids and tenders of a file, or of all files.

    Parameters
    ----------
    rows, rows_scored, rows_rejected : int
        Bids that were read, those with a result, those in the rejects file.
    tenders, tenders_scored, tenders_rejected : int
        Tenders, those with at least one bid in the results, those with none.

    Raises
    ------
    SupplierEvalError
        If scored and rejected do not add up to what was read.
    """

    rows: int = 0
    rows_scored: int = 0
    rows_rejected: int = 0
    tenders: int = 0
    tenders_scored: int = 0
    tenders_rejected: int = 0

    def __post_init__(self) -> None:
        if self.rows != self.rows_scored + self.rows_rejected:
            raise SupplierEvalError(f"bids do not add up: {self}")
        if self.tenders != self.tenders_scored + self.tenders_rejected:
            raise SupplierEvalError(f"tenders do not add up: {self}")

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, part.name) + getattr(other, part.name) for part in fields(self)))


def total(counts: Iterable[Counts]) -> Counts:
    """All of them together."""
    return sum(counts, Counts())
