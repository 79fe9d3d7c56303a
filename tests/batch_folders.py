"""Made-up tables of many tenders for the batch tests, and a folder as name → bytes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from strategies import policy_mapping
from supplier_eval.batch.dataset_file import Job
from supplier_eval.policy import Policy

POLICY = Policy.from_mapping(policy_mapping())
TEXT = {"reason": object, "reason_text": object, "flags": object}


def market(tenders: int, seed: int = 0, ids: str = "T{:05d}", most: int = 9) -> pd.DataFrame:
    """Bids of tenders below each other: three marks and a price, 1 to `most` bids a tender."""
    rng = np.random.default_rng(seed)
    sizes = rng.integers(1, most + 1, tenders)
    n = int(sizes.sum())
    marks = {name: rng.integers(0, 101, n).astype(float) for name in ("quality", "capability", "emergency")}
    return pd.DataFrame(
        {
            "tender": [ids.format(i) for i in np.repeat(np.arange(tenders), sizes)],
            "bidder": [f"B{i}" for size in sizes for i in range(size)],
            **marks,
            "price": np.round(rng.lognormal(12, 0.3, n), 2),
            "note": "余 note",
        }
    )


def job(target: Path, **changes: object) -> Job:
    """A job with the made-up policy."""
    given: dict[str, object] = {
        "policy": POLICY,
        "category": "",
        "columns": None,
        "robustness": (),
        "draws": 64,
        "seed": 0,
        "target": target,
        "keep_going": False,
        "batch_rows": 100,
        "lang": "en",
    }
    return Job(**(given | changes))


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def results(path: Path) -> pd.DataFrame:
    """A file of results as a table."""
    if path.suffix == ".parquet":
        return pd.read_parquet(path)
    return pd.read_csv(path, dtype=TEXT)


def quiet(name: str, rows: int, share: float) -> None:
    """Say nothing."""
