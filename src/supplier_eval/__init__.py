"""Tender evaluation and supplier scoring that a panel can defend in front of a losing bidder.

The procedure, in the order in which it is used::

    import supplier_eval as se

    policy = se.Policy.load("policy.toml")        # what was decided before
    tender = se.read_tender("tender-folder")      # what came in, checked
    evaluation = se.evaluate(tender)              # qualify, score, rank
    evaluation.ranking.to_frame()                 # the order, with points and margins
    print(evaluation.explain("B3"))               # how a bid came to its total
    print(evaluation.compare("B3", "B1").explain())

or step by step: ``qualify_bids``, ``score_bids``, ``rank_bids``. Each stage is a namespace: ``se.policy``,
``se.intake``, ``se.qualify``, ``se.score``, ``se.rank``, ``se.robustness``, ``se.award`` (who gets how much),
``se.batch`` (a market of tenders), ``se.integrity`` (flags for people), ``se.monitor`` and ``se.clock`` (does the
supplier deliver), ``se.report``. Nothing heavy loads before it is used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from supplier_eval.errors import Finding, InvalidInput, InvalidPolicy, InvalidTender
    from supplier_eval.evaluation import Evaluation
    from supplier_eval.flags import Flag
    from supplier_eval.intake.assemble import read_tender
    from supplier_eval.intake.tender import Tender
    from supplier_eval.policy.document import Policy
    from supplier_eval.procedure import check_tender, evaluate
    from supplier_eval.qualify.gates import Qualification, qualify_bids
    from supplier_eval.rank.front import rank_bids
    from supplier_eval.rank.ranking import Ranking
    from supplier_eval.score.build import score_bids
    from supplier_eval.score.sheet import ScoreSheet
    from supplier_eval.shown import show_in

__version__ = "0.1.0"

_HOMES = {
    "Evaluation": "evaluation",
    "Finding": "errors",
    "Flag": "flags",
    "InvalidInput": "errors",
    "InvalidPolicy": "errors",
    "InvalidTender": "errors",
    "Policy": "policy.document",
    "Qualification": "qualify.gates",
    "Ranking": "rank.ranking",
    "Registry": "registry.store",
    "ScoreSheet": "score.sheet",
    "Tender": "intake.tender",
    "check_tender": "procedure",
    "evaluate": "procedure",
    "qualify_bids": "qualify.gates",
    "rank_bids": "rank.front",
    "read_tender": "intake.assemble",
    "score_bids": "score.build",
    "show_in": "shown",
}
_ROOMS = (
    *(
        "award",
        "batch",
        "clock",
        "errors",
        "integrity",
        "intake",
        "keeping",
        "monitor",
        "planning",
        "policy",
        "qualify",
    ),
    *("rank", "registry", "report", "risk", "robustness", "score"),
)

__all__ = [
    "Evaluation",
    "Finding",
    "Flag",
    "InvalidInput",
    "InvalidPolicy",
    "InvalidTender",
    "Policy",
    "Qualification",
    "Ranking",
    "Registry",
    "ScoreSheet",
    "Tender",
    "check_tender",
    "evaluate",
    "qualify_bids",
    "rank_bids",
    "read_tender",
    "score_bids",
    "show_in",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name
    if name in _HOMES:
        value = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    elif name in _ROOMS:
        value = importlib.import_module(f"{__name__}.{name}")
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, *_ROOMS})
