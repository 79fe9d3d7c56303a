"""Answers about risks that the tests of charts, tables and pages look at: the sample of the house."""

from __future__ import annotations

import functools
from pathlib import Path

from supplier_eval.risk import RiskAnswers, answer_folder

SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "risks"


@functools.cache
def made() -> RiskAnswers:
    return answer_folder(SAMPLE, years=4000)
