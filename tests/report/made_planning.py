"""Answers about planning that the tests of charts, tables and pages look at: the sample of the house."""

from __future__ import annotations

import functools
from pathlib import Path

from supplier_eval.planning import PlanningAnswers, answer_plan

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "samples" / "needs"


@functools.cache
def made() -> PlanningAnswers:
    return answer_plan(SAMPLE, draws=1000)
