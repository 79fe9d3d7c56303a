"""How firm the order of each tender of a batch is: columns that the analysis of one tender gives as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.batch.plan import Plan
    from supplier_eval.batch.scoring import Blocks


def with_robustness(
    frame: pd.DataFrame, plan: Plan, result: Blocks, asked: tuple[str, ...], *, draws: int, seed: int
) -> pd.DataFrame:
    """The scored table with the robustness columns asked for."""
    raise NotImplementedError
