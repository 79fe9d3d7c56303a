"""Random-index tables of AHP, by name: what the consistency of judgements is measured against."""

from __future__ import annotations

from dataclasses import dataclass

from supplier_eval.errors import UnknownName
from supplier_eval.policy.asked_weighting import asked_above_zero


@dataclass(frozen=True)
class RandomIndex:
    """Mean consistency index of random matrices by size, as one author printed it.

    Parameters
    ----------
    name : str
        Key in ``RANDOM_INDICES``.
    source : str
        Author, year, and how the figures were made.
    figures : tuple of float
        Random index for 3, 4, 5, ... criteria; 0 for one and two.
    """

    name: str
    source: str
    figures: tuple[float, ...]

    def of(self, n: int) -> float | None:
        """Random index for n criteria; None beyond the end of the table."""
        if n <= 2:
            return 0.0
        return self.figures[n - 3] if n - 3 < len(self.figures) else None


SAATY_1980 = RandomIndex(
    "saaty_1980",
    "Saaty 1980, The Analytic Hierarchy Process (500 random matrices)",
    (0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59),
)
SAATY_2008 = RandomIndex(
    "saaty_2008",
    "Saaty 2008, IJSS 1(1):83-98; Saaty & Tran 2007 (500,000 random matrices)",
    (0.52, 0.89, 1.11, 1.25, 1.35, 1.40, 1.45, 1.49, 1.52, 1.54, 1.56, 1.58, 1.59),
)
ALONSO_LAMATA_2006 = RandomIndex(
    "alonso_lamata_2006",
    "Alonso & Lamata 2006, IJUFKS 14(4):445-459 (100,000 random matrices)",
    (0.5245, 0.8815, 1.1086, 1.2479, 1.3417, 1.4056, 1.4499, 1.4854, 1.5141, 1.5365, 1.5551, 1.5713, 1.5838),
)
RANDOM_INDICES = {table.name: table for table in (SAATY_1980, SAATY_2008, ALONSO_LAMATA_2006)}

CR_THRESHOLD = 0.10
CR_THRESHOLD_SMALL = {3: 0.05, 4: 0.08}  # Saaty 1994, Interfaces 24(6):19-43
GCI_THRESHOLD = 0.370  # Aguarón & Moreno-Jiménez 2003: what a CR of 0.10 amounts to
GCI_THRESHOLD_SMALL = {3: 0.3147, 4: 0.3526}
INCOMPLETE = "times 1 - 2m/((n-1)(n-2)) for m missing pairs (Ágoston & Csató 2022)"


def index_of(chosen: str | float, n: int, missing: int = 0) -> tuple[float | None, str]:
    """Random index for n criteria of which `missing` pairs were not judged, and the name of its table.

    Parameters
    ----------
    chosen : str or float
        Key in ``RANDOM_INDICES``, or a figure of one's own above zero, which is used as it is.
    n : int
        Number of criteria.
    missing : int
        Pairs without a judgement, completed so that lambda_max is least.

    Returns
    -------
    tuple
        The index (None beyond the table), and its source.

    Raises
    ------
    UnknownName
        If there is no such table.
    InvalidInput
        If a figure of one's own is not above zero.
    """
    if not isinstance(chosen, str):
        return asked_above_zero(chosen, "random_index"), "given by the caller"
    if chosen not in RANDOM_INDICES:
        raise UnknownName("random-index table", chosen, RANDOM_INDICES)
    table = RANDOM_INDICES[chosen]
    figure = table.of(n)
    if not missing or figure is None or n <= 2:
        return figure, table.source
    return figure * max(0.0, 1 - 2 * missing / ((n - 1) * (n - 2))), f"{table.source}, {INCOMPLETE}"
