"""How tests move the weights of the panel page, and what Python makes of the same moves."""

from __future__ import annotations

import numpy as np

from report.browser import Opened
from supplier_eval.evaluation import Evaluation
from supplier_eval.robustness.changed_policy import with_weights
from supplier_eval.robustness.stability_front import weight_stability

SHARES = (0.0, 0.137, 0.5, 1.0)


RESULT = """([lot, moves]) => moves.map(([node, share]) => {
  const model = panel.models[lot];
  model.reset();
  if (node >= 0) model.move(node, share);
  const found = model.result();
  const plain = (name) => [...found[name]];
  return { weights: plain("weights"), unrounded: plain("unrounded"), total: plain("total"), ranks: plain("ranks") };
})"""


def set_weight(shown: Opened, node: int, points: float) -> None:
    shown.page.eval_on_selector(
        f"#n{node}", "(field, x) => { field.value = x; field.dispatchEvent(new Event('change')); }", points
    )
    rested(shown)


def rested(shown: Opened) -> None:
    """A moved weight is drawn in the next frame; rows, pictures and tables follow when it has come to rest."""
    shown.page.evaluate(
        """async () => {
          const moves = () => panel.frame !== undefined || document.querySelector("table.ranking[aria-busy]");
          while (moves()) await new Promise((go) => { setTimeout(go, 20); });
        }"""
    )


def moves_of(evaluation: Evaluation, lot: str):
    """Every node that can move and every share, with the weights of the leaves that Python gives them."""
    policy, tree = evaluation.tender.policy, evaluation.tender.tree
    floors = [floor.model_dump(exclude_defaults=True) | {"minimum": 0} for floor in policy.floors]
    policy = policy.replace(floors=floors, adoption=None)  # no weight makes a floor that nobody can reach
    for i, line in enumerate(weight_stability(evaluation.lots[lot].sheet).nodes):
        if line.movable:
            total = tree[line.node.parent].total if line.node.parent else policy.total
            for share in SHARES:
                changed = with_weights(policy, tree, {line.node.id: share * float(total)})
                weights = changed.tree(evaluation.tender.notice.category).weights(changed.total)
                yield (i, share), np.array(list(weights.values()))
