"""The same sheet on its top criteria: leaves move together, in the proportions inside their node."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from supplier_eval.policy.tree import CriteriaTree
from supplier_eval.score.order import FloatArray, sum_in_order
from supplier_eval.score.sheet import ScoreSheet


def top_level(sheet: ScoreSheet) -> ScoreSheet:
    """Give a sheet whose criteria are the top criteria of the policy.

    The panel argues about five weights, not about fifty: regions, volumes and changes of weight then move the top
    criteria, and the leaves follow in their published proportions.

    Parameters
    ----------
    sheet : ScoreSheet
        With a tree; a sheet made from a table has no levels and is given back.

    Returns
    -------
    ScoreSheet
        Values are the weighted means of the leaves; totals stay as they were, up to the last bits. Exploratory.

    Examples
    --------
    >>> sheet = se.evaluate(se.read_tender("data/samples/service-desk")).lots["L1"].sheet
    >>> len(sheet.criteria), len(se.robustness.top_level(sheet).criteria)
    (16, 5)
    """
    if sheet.tree is None or sheet.policy is None:
        return sheet
    roots = sheet.tree.roots
    inside = inside_top(sheet)
    total = sheet.policy.total
    leaves = [
        root.model_copy(update={"source": "marks", "parent": ""}) if sheet.tree.children(root.id) else root
        for root in roots
    ]
    return replace(
        sheet,
        criteria=tuple(root.id for root in roots),
        values=np.where(sheet.eligible, sum_in_order(inside[:, :, None] * np.nan_to_num(sheet.values), axis=1), np.nan),
        weights=np.array([float(root.weight / total) for root in roots]),
        tree=CriteriaTree(tuple(leaves)),
        technical=None,
        standing="exploratory",
    )


def inside_top(sheet: ScoreSheet) -> FloatArray:
    """How the weight of each top criterion is spread over the leaves: (n_top, n_leaves), rows sum to 1."""
    if sheet.tree is None:
        return np.eye(len(sheet.criteria))
    at = {name: i for i, name in enumerate(sheet.criteria)}
    inside = np.zeros((len(sheet.tree.roots), len(at)))
    for row, root in enumerate(sheet.tree.roots):
        for leaf in sheet.tree.leaves_below(root.id):
            inside[row, at[leaf.id]] = float(sheet.tree.share_within(root.id, leaf.id))
    return inside
