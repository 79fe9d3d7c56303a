"""Grades under noise: how often a supplier on a cut changes grade, and how soon a true fall is seen.

    python benchmarks/monitor_grades.py [--quick]

The generator, fixed before anything was tuned (docs/grades.md): bands A 90, B 80, C 60, D 0; scores normal with
standard deviation 3 around the true score, cut to 0-100, rounded to one decimal; the standard error 3 is known to the
rule, as it is in a review. Seeds are 0, 1, 2, ...

- On a cut: the true score is 80 exactly, 24 periods, first grade by the band. Counted: changes of grade (aim: at most
  1.5; plain bands about 11).
- A true fall: a supplier that stood on the cut of its grade (B) falls by one grade band's usual width of 10 points and
  stays there. Counted: rated periods until the grade falls, the first period after the fall being 1 (aim: at most
  1.5). Beside it falls of 6 and 7.5 points from the cut, and of 10 points from the middle of a band of 10 (85 to 75).
"""

from __future__ import annotations

import argparse
import sys
import time
from itertools import pairwise

import numpy as np
from measure import machine

from supplier_eval.monitor.grade_bands import exact_score
from supplier_eval.monitor.hysteresis import START, GradeRule, GradeState
from supplier_eval.monitor.plan_rules import HysteresisRule
from supplier_eval.policy.rules import GradeBands

BANDS = GradeBands.model_validate(
    {"bands": [{"grade": g, "lower": at} for g, at in (("A", 90), ("B", 80), ("C", 60), ("D", 0))]}
)
SD = 3.0
RULES = {
    "plain bands": HysteresisRule(margin=0, margin_errors=0, periods=1, at_once=None),
    "2 periods, no margin": HysteresisRule(margin=0, margin_errors=0, periods=2, at_once=None),
    "2 periods, margin 2": HysteresisRule(margin=2, margin_errors=0, periods=2, at_once=None),
    "3 periods, margin 2": HysteresisRule(margin=2, margin_errors=0, periods=3, at_once=None),
    "default": HysteresisRule(),
    "default, at once from 2 errors": HysteresisRule(at_once_errors=2),
}
FALLS = {"10 from the cut": (80, 70), "7.5 from the cut": (80, 72.5), "6 from the cut": (80, 74), "85 to 75": (85, 75)}


def walk(rule: GradeRule, scores: np.ndarray, first: str = "") -> list[GradeState]:
    states = [GradeState(None, "", first, "", "first")] if first else [START]
    for score in scores:
        states.append(rule.next(states[-1], exact_score(float(score), 1), SD))
    return states[1:]


def scores(seed: int, centre: float, periods: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.clip(centre + SD * rng.standard_normal(periods), 0, 100)


def delay(rule: GradeRule, seed: int, to: float) -> float:
    """Periods until the grade is below B, the first one after the fall being 1; 40 if never within 40."""
    states = walk(rule, scores(seed, to, 40), first="B")
    return next((i for i, state in enumerate(states, start=1) if state.grade in {"C", "D"}), 40)


def table(repetitions: int) -> None:
    print(f"{'rule':<34}{'changes in 24':>16}" + "".join(f"{name:>20}" for name in FALLS))
    for name, change in RULES.items():
        rule = GradeRule(BANDS, change, 1)
        walks = [walk(rule, scores(seed, 80, 24)) for seed in range(repetitions)]
        moves = [sum(a.grade != b.grade for a, b in pairwise(states)) for states in walks]
        said = f"{np.mean(moves):.2f} ±{np.std(moves) / np.sqrt(repetitions):.2f}"
        seen = []
        for _, to in FALLS.values():
            delays = [delay(rule, 10**6 + seed, to) for seed in range(repetitions)]
            seen.append(f"{np.mean(delays):.2f} ±{np.std(delays) / np.sqrt(repetitions):.2f}")
        print(f"{name:<34}{said:>16}" + "".join(f"{cell:>20}" for cell in seen))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="few repetitions")
    quick = parser.parse_args().quick
    print(machine())
    start = time.process_time()
    table(60 if quick else 2000)
    print(f"{time.process_time() - start:.1f} s CPU")
    sys.exit(0)
