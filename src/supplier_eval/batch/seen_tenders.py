"""Which tenders have come already, in eight bytes each, and how a tender is told from another.

Tenders are compared as ids are (convention §12): after NFKC, without invisible characters, case folded. What is kept
is a 64-bit digest; two digests that meet are looked up in the files before anybody is accused.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from supplier_eval.batch.faults import Faults
from supplier_eval.batch.ids import folded, read_ids

if TYPE_CHECKING:
    from supplier_eval.batch.aside import AsideFile

Digests = npt.NDArray[np.uint64]
HASH_KEY = "supplier-eval-64"  # 16 characters, as the hash asks; part of the format of the target
BLANK = np.uint64(0)


def tender_digests(cells: pd.Series) -> Digests:
    """Digest of the tender of every row.

    Parameters
    ----------
    cells : Series
        Ids as written, text or whole numbers; missing ones are NaN or None.

    Returns
    -------
    ndarray of uint64
        `BLANK` where there is no id.
    """
    ids = read_ids(cells, Faults(len(cells)), "tender")
    keys = folded([str(label) for label in ids.labels])
    digests = pd.util.hash_array(np.array(keys, dtype=object), hash_key=HASH_KEY, categorize=False)
    digests = np.where(digests == BLANK, np.uint64(1), digests)
    out: Digests = np.append(digests, BLANK)[ids.codes]
    return out


class SeenTenders:
    """A set of digests in sorted runs; a run is merged with the one before it when it has grown as long.

    Notes
    -----
    Eight bytes a tender, twice that while the longest runs are merged; a look-up is a binary search in each run.
    """

    def __init__(self) -> None:
        self._runs: list[Digests] = []

    def __len__(self) -> int:
        return sum(map(len, self._runs))

    def add(self, digests: Digests) -> Digests:
        """Add digests, sorted and each once; give back those that were there already."""
        hits = [run[_places(run, digests)[1]] for run in self._runs if len(run)]
        met: Digests = np.unique(np.concatenate(hits)) if hits else np.empty(0, np.uint64)
        if len(met):
            digests = np.setdiff1d(digests, met, assume_unique=True)
        self._runs.append(digests)
        while len(self._runs) > 1 and len(self._runs[-2]) <= 2 * len(self._runs[-1]):
            last = self._runs.pop()
            merged = np.concatenate([self._runs.pop(), last])
            merged.sort(kind="stable")
            self._runs.append(merged)
        return met

    def all(self) -> Digests:
        """All of them, sorted."""
        if len(self._runs) != 1:
            merged = np.concatenate([*self._runs, np.empty(0, np.uint64)])
            merged.sort(kind="stable")
            self._runs = [merged]
        return self._runs[0]

    def write(self, path: AsideFile) -> None:
        """Write all of them, sorted, eight bytes each."""
        digests = self.all().astype("<u8", copy=False)
        if len(digests):
            path.write(digests.data.cast("B"))


def read_digests(path: Path) -> Digests:
    """What `SeenTenders.write` wrote."""
    return np.fromfile(path, dtype="<u8").astype(np.uint64, copy=False)


def _places(run: Digests, digests: Digests) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Indices into `digests` and into `run` of what both hold."""
    at = np.searchsorted(run, digests)
    inside = at < len(run)
    found = np.flatnonzero(inside)[run[at[inside]] == digests[inside]]
    return found, at[found]
