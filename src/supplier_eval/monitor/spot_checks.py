"""Which items to spot-check: a random draw that anybody can repeat, key steps checked harder (§5.2.1, §5.2.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from supplier_eval.errors import Finding
from supplier_eval.messages import Lang, clean, known_language, message
from supplier_eval.monitor.sampling_plan import SamplingPlan
from supplier_eval.monitor.series import given_figure, given_frame, given_whole, refuse_all
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class SpotCheckDraw(Shown):
    """The items that were drawn, with how likely each was to be drawn.

    Parameters
    ----------
    frame : DataFrame
        See `to_frame`.
    strata : DataFrame
        One row a stratum: ``stratum key_step items drawn``.
    seed : int
        The draw is repeated with the same seed and the same items, in whatever order these stand.
    """

    frame: pd.DataFrame
    strata: pd.DataFrame
    seed: int
    standing: Literal["exploratory"] = "exploratory"

    def to_frame(self) -> pd.DataFrame:
        """One row an item drawn: ``item stratum key_step`` · ``chance`` (of this item to be drawn, 0-1)."""
        return self.frame.copy()

    def explain(self, lang: Lang = "en") -> str:
        """Say what was drawn from what."""
        known_language(lang)
        items, drawn = int(self.strata["items"].sum()), int(self.strata["drawn"].sum())
        lines = [message("sampling.draw", lang, drawn=drawn, items=items, seed=self.seed)]
        for row in self.strata.to_dict("records"):
            code = "sampling.stratum.key" if row["key_step"] else "sampling.stratum"
            name = clean(row["stratum"]) or "–"
            lines.append(message(code, lang, stratum=name, drawn=row["drawn"], items=row["items"]))
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"SpotCheckDraw({len(self.frame)} of {int(self.strata['items'].sum())} items, seed {self.seed})"


def draw_spot_checks(
    items: pd.DataFrame, size: int | SamplingPlan, *, seed: int, key_factor: float = 2.0
) -> SpotCheckDraw:
    """Draw the items to check at random, key steps at a higher rate.

    Parameters
    ----------
    items : DataFrame
        ``item`` (id, none twice); with ``step`` the draw is stratified by process step, with ``key_step`` (yes or no,
        one answer a step) key steps are drawn at `key_factor` times the rate.
    size : int or SamplingPlan
        How many items; all of them where there are no more.
    seed : int
        Of the draw; write it down before the items are known.
    key_factor : float
        How many times more often an item of a key step is drawn, at least 1.

    Returns
    -------
    SpotCheckDraw
        Every step with an item has at least one drawn, as far as the size allows.

    Raises
    ------
    InvalidInput
        No table, no or repeated ids, a step that is and is not a key step.

    Examples
    --------
    >>> import pandas as pd
    >>> items = pd.DataFrame({"item": [f"T{n:02d}" for n in range(1, 41)]})
    >>> se.monitor.draw_spot_checks(items, 5, seed=7)
    SpotCheckDraw(5 of 40 items, seed 7)
    """
    found: list[Finding] = []
    frame = given_frame(items, "items", ("item",), found)
    wanted = size.n if isinstance(size, SamplingPlan) else given_whole(size, "size", found, 0)
    whole_seed = given_whole(seed, "seed", found, 0)
    factor = given_figure(key_factor, "key_factor", found, 1.0 - 1e-12, 1000.0)
    table = _table(frame, found)
    refuse_all(found)
    return _drawn(table, wanted, whole_seed, factor)


def _table(frame: pd.DataFrame, found: list[Finding]) -> pd.DataFrame:
    """Items in the order of their ids, with stratum and key step."""
    import pandas as pd

    missing = tuple(int(i) + 2 for i in np.flatnonzero(frame["item"].isna().to_numpy()))
    if missing:
        found.append(Finding("sampling.no_id", "items", "item", missing))
    ids = frame["item"].astype(str)
    twice = sorted(set(ids[ids.duplicated()]))
    if twice:
        rows = tuple(int(i) + 2 for i in np.flatnonzero((ids == twice[0]).to_numpy()))
        found.append(Finding("sampling.id_twice", "items", "item", rows, twice[0]))
    step = frame["step"].astype("object").where(frame["step"].notna(), "").astype(str) if "step" in frame else ""
    key = frame.get("key_step", False)
    table = pd.DataFrame({"item": ids.to_numpy(), "stratum": np.asarray(step), "key_step": np.asarray(key)})
    wrong = [i for i, cell in enumerate(table["key_step"]) if not isinstance(cell, bool | np.bool_)]
    if wrong:
        rows = tuple(i + 2 for i in wrong)
        found.append(Finding("sampling.key_step", "items", "key_step", rows, str(table["key_step"].iloc[wrong[0]])))
        return table.assign(key_step=False)
    table["key_step"] = table["key_step"].astype(bool)
    mixed = table.groupby("stratum")["key_step"].nunique()
    both = [str(name) for name in sorted(mixed[mixed > 1].index)]
    found += [Finding("sampling.key_both", "items", "key_step", value=name) for name in both]
    return table.sort_values("item", kind="stable").reset_index(drop=True)


def _drawn(table: pd.DataFrame, wanted: int, seed: int, factor: float) -> SpotCheckDraw:
    import pandas as pd

    rng = np.random.default_rng(seed)
    names = sorted(table["stratum"].unique())
    groups = [table[table["stratum"] == name] for name in names]
    sizes = [len(group) for group in groups]
    keys = [bool(group["key_step"].iloc[0]) for group in groups]
    weights = [n * (factor if key else 1.0) for n, key in zip(sizes, keys, strict=True)]
    quota = shared_out(sizes, weights, min(wanted, len(table)))
    drawn = []
    for group, take in zip(groups, quota, strict=True):
        places = np.sort(rng.permutation(len(group))[:take])
        drawn.append(group.iloc[places].assign(chance=take / len(group)))
    columns = ["item", "stratum", "key_step", "chance"]
    frame = pd.concat(drawn, ignore_index=True) if drawn else pd.DataFrame(columns=columns)
    strata = pd.DataFrame({"stratum": names, "key_step": keys, "items": sizes, "drawn": quota})
    return SpotCheckDraw(frame, strata, seed)


def shared_out(sizes: list[int], weights: list[float], total: int) -> list[int]:
    """Share a number of draws out to strata in proportion to their weights.

    Parameters
    ----------
    sizes, weights : list
        Items and weight of each stratum.
    total : int
        Draws; no more than items.

    Returns
    -------
    list of int
        At most the stratum's size, at least one each as far as the total allows (the heaviest first), the rest by
        largest deficit.
    """
    quota = [0] * len(sizes)
    order = sorted(range(len(sizes)), key=lambda i: (-weights[i], i))
    for i in order[:total]:
        quota[i] = 1 if sizes[i] else 0
    whole = sum(weights)
    while sum(quota) < total:
        open_ = [i for i in order if quota[i] < sizes[i]]
        best = max(open_, key=lambda i: (total * weights[i] / whole - quota[i], -i))
        quota[best] += 1
    return quota
