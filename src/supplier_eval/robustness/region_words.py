"""A region of weights in words."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from supplier_eval.messages import Lang, message
from supplier_eval.robustness.region import Region

SPOKEN = ("simplex", "intervals", "order")


def region_words(region: Region, label: Callable[[str, Lang], str], lang: Lang = "en") -> str:
    """Say which weights a region holds, as a part of a sentence.

    Parameters
    ----------
    region : Region
        Named after its criteria.
    label : callable
        Criterion and language → its display name.
    lang : {"en", "zh"}
        Language.

    Returns
    -------
    str
        For instance ``"the weights that each lie between their two limits"``.
    """
    if region.name == "ball":
        radius = f"{100 * float(str(region.parameters['radius'])):g}"
        return message(f"exact.region.ball_{region.parameters['norm']}", lang, radius=radius)
    name = region.name if region.name in SPOKEN else "linear"
    if name == "order":
        ranks = np.asarray(region.parameters["ranks"])
        classes = [
            " / ".join(label(region.criteria[i], lang) for i in np.flatnonzero(ranks == rank))
            for rank in np.unique(ranks)
        ]
        return message("exact.region.order", lang, order=" ≥ ".join(classes))
    if name == "linear" and region.b.size == 1:
        return message("exact.region.linear.one", lang)
    return message(f"exact.region.{name}", lang, n=region.b.size)
