"""Annual losses of 200 risks in a million years, beside plain numpy draws of the same counts and severities.

    python benchmarks/risk.py [--quick] [--risks 200] [--years 1000000] [--rounds 3]

Plain numpy draws a count for every year and risk, and a severity for every event; it adds nothing up. Ours gives the
annual losses. CPU time, interleaved; the peak of memory is that of this process, before and after ours alone.
"""

from __future__ import annotations

import argparse
import resource

import numpy as np
from measure import interleaved, line, machine

from supplier_eval.risk.frequency import Frequency
from supplier_eval.risk.loss_model import LossModel, LossRisk
from supplier_eval.risk.loss_sampling import sample_years
from supplier_eval.risk.severity import lognormal_from_interval


def model(risks: int, dispersed: bool, most: float) -> LossModel:
    """Frequencies from 0.02 to `most` events a year, intervals of factors 2 to 50."""
    rng = np.random.default_rng(1)
    parts = []
    for at in range(risks):
        low = float(np.exp(rng.uniform(6, 12)))
        interval = lognormal_from_interval(low, low * float(np.exp(rng.uniform(0.7, 3.9))))
        mean = float(np.exp(rng.uniform(np.log(0.02), np.log(most))))
        parts.append(LossRisk(f"r{at}", *interval, Frequency(mean, 2.0 if dispersed else 1.0)))
    return LossModel(tuple(parts))


def plain(of: LossModel, years: int) -> int:
    """What numpy needs for the draws alone."""
    rng = np.random.default_rng(0)
    events = 0
    for risk in of.risks:
        if risk.frequency.poisson:
            counts = rng.poisson(risk.frequency.mean, years)
        else:
            counts = rng.negative_binomial(risk.frequency.size, 1 / risk.frequency.dispersion, years)
        n = int(counts.sum())
        rng.lognormal(risk.mu, risk.sigma, n)
        events += n
    return events


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--quick", action="store_true")
    asked.add_argument("--risks", type=int, default=200)
    asked.add_argument("--years", type=int, default=1_000_000)
    asked.add_argument("--rounds", type=int, default=3)
    given = asked.parse_args()
    years, rounds = (100_000, 2) if given.quick else (given.years, given.rounds)
    print(machine())
    before = peak()
    first = model(given.risks, False, 2.0)
    names = [risk.risk for risk in first.risks]
    sample_years(first, names, [], years, 0)
    print(f"memory: {before:.0f} MB before, {peak():.0f} MB after {given.risks} risks x {years:,} years")
    for label, dispersed, most in (
        ("Poisson", False, 2.0),
        ("Poisson, frequent", False, 20.0),
        ("neg. binomial", True, 2.0),
    ):
        if given.quick and label != "Poisson":
            continue
        of = model(given.risks, dispersed, most)
        rate = sum(risk.frequency.mean for risk in of.risks)
        times = interleaved(
            {"plain": lambda of=of: plain(of, years), "ours": lambda of=of: sample_years(of, names, [], years, 0)},
            rounds,
        )
        print(f"{label}: {given.risks} risks x {years:,} years, {rate:.0f} events a year")
        for name in ("plain", "ours"):
            print(line(name, times[name], times["plain"]))


if __name__ == "__main__":
    main()
