"""How often charts cry wolf, how soon they see a fall, what the run rules cost, and what a chart costs to draw up.

The generator stands in docs/control-charts.md. Run ``python benchmarks/monitor_charts.py [--quick]``.
"""

from __future__ import annotations

import argparse
import math

import numpy as np
import pymannkendall
import shewhart
from measure import interleaved, line, machine

from supplier_eval.monitor import control_chart, trend_test, watch_portfolio
from supplier_eval.monitor.run_length import BY_SIMULATION, shewhart_length
from supplier_eval.monitor.run_rules import NELSON, RANGES, WESTERN_ELECTRIC, run_hits
from supplier_eval.monitor.xmr_chart import D2, RANGE_LIMIT

SEED, BASE, LATER, N, RATE, CORRELATION = 20261129, 24, 24, 3000, 0.05, 0.002


def over_dispersed(rng, series, rates, correlation):
    """Counts of failures of N items a period; the true rate of a period is Beta with the correlation asked for."""
    rates = np.broadcast_to(rates, (series, BASE + LATER))
    if correlation > 0:
        size = 1 / correlation - 1
        rates = rng.beta(rates * size, (1 - rates) * size)
    return rng.binomial(N, rates)


def false_alarms(series):
    """Share of points beyond the limits while nothing changes, and periods until a fall is seen."""
    print(f"\nFalse alarms a point, {series} series of {BASE} + {LATER} periods, n = {N:,}, rate {RATE}")
    print(f"{'counts':<34}{'chart':<10}{'all points':>12}{'later points':>14}{'fall x1.5 seen after':>22}")
    fallen = np.r_[np.full(BASE, RATE), np.full(LATER, 1.5 * RATE)]
    for name, correlation in (("independent", 0.0), (f"beta-binomial, correlation {CORRELATION}", CORRELATION)):
        rng = np.random.default_rng(SEED)
        quiet = over_dispersed(rng, series, RATE, correlation)
        changed = over_dispersed(rng, series, fallen, correlation)
        wide = {"kind": "laney_p", "widen": True}
        for kind, asked in (("p", {"kind": "p"}), ("laney_p", {"kind": "laney_p"}), ("widened", wide)):
            alarms = np.zeros(quiet.shape, dtype=bool)
            delays = []
            for i, row in enumerate(quiet):
                alarms[i, [s.at for s in control_chart(row, n=N, baseline=BASE, **asked).signals]] = True
            for row in changed:
                at = [s.at for s in control_chart(row, n=N, baseline=BASE, **asked).signals if s.at >= BASE]
                delays.append(min(at) - BASE + 1 if at else LATER + 1)
            later = alarms[:, BASE:].mean()
            seen = f"{np.mean(delays):.2f} periods"
            print(f"{name:<34}{kind:<10}{100 * alarms.mean():>10.2f} %{100 * later:>12.2f} %{seen:>22}")


def first_alarm(z, rule):
    """Points to the first alarm of one test, again and again through a long series."""
    lengths, count, last, run, before = [], 0, 0, 0, None
    for x in z.tolist():
        count += 1
        if before is not None:
            side = 1 if x > before else -1
            if rule == RANGES:
                fired = abs(x - before) > RANGE_LIMIT * D2
            else:
                goes_on = side == last if rule == "six_trend" else side == -last
                run = run + 1 if goes_on else 1
                fired = run >= (5 if rule == "six_trend" else 13)
            last = side
            if fired:
                lengths.append(count)
                count, last, run, before = 0, 0, 0, None
                continue
        before = x
    return np.mean(lengths), np.std(lengths) / math.sqrt(len(lengths))


def run_lengths(points, reps):
    """Mean points to a false alarm: by the chain, and by simulation."""
    print(f"\nMean points to a false alarm, normal points ({points:,} points a test, {reps:,} series for a set)")
    print(f"{'test':<30}{'computed':>10}{'simulated':>12}{'error':>8}")
    rng = np.random.default_rng(SEED)
    for rule in BY_SIMULATION:
        found, error = first_alarm(rng.standard_normal(points), rule)
        print(f"{rule:<30}{BY_SIMULATION[rule]:>10.1f}{found:>12.1f}{error:>8.1f}")
    for name, rules in (("western_electric", WESTERN_ELECTRIC), ("nelson", NELSON)):
        lengths = []
        for z in rng.standard_normal((reps, 700)):
            over = np.flatnonzero(np.abs(z) > 3)
            ends = [*over[:1].tolist(), *(hit.at for hit in run_hits(z, rules)), len(z)]
            lengths.append(min(ends) + 1)
        error = np.std(lengths) / math.sqrt(reps)
        print(f"{name:<30}{shewhart_length(rules):>10.1f}{np.mean(lengths):>12.1f}{error:>8.1f}")
    for rule in (*NELSON, "eight_one_side"):
        if rule not in BY_SIMULATION:
            print(f"{rule:<30}{shewhart_length([rule]):>10.1f}")


def portfolio(months):
    """Chance of any false alarm in a month of 100 charts, with limits from 24 points."""
    print(f"\nAny false alarm a month, 100 charts (XmR, {BASE} baseline points), {months} months")
    rng = np.random.default_rng(SEED)
    methods = ("none", "sidak", "bonferroni", "holm", "fdr_bh", "fdr_by")
    any_alarm = dict.fromkeys(("own limits", *methods[1:]), 0)
    for _ in range(months):
        rows = rng.standard_normal((100, BASE + 1))
        charts = {f"{i:03d}": control_chart(row, baseline=BASE) for i, row in enumerate(rows)}
        any_alarm["own limits"] += any(s.at == BASE for chart in charts.values() for s in chart.signals)
        for method in methods[1:]:
            any_alarm[method] += bool(watch_portfolio(charts, method=method).alarms)
    expected = watch_portfolio(charts).chance_of_any
    for name, count in any_alarm.items():
        print(f"{name:<14}{100 * count / months:>8.1f} %")
    print(f"(with known limits the charts' own would give {100 * expected:.1f} %)")


def speed(rounds):
    """CPU time of one chart and one test of trend, beside libraries that do the same."""
    print("\nCPU time a call")
    rng = np.random.default_rng(SEED)
    n = rng.integers(300, 900, 36)
    counts = rng.binomial(n, 0.05)
    x = rng.standard_normal(36)
    sizes = n.tolist()
    tasks = {
        "p chart, 36 points, Nelson (ours)": lambda: control_chart(counts, kind="p", n=n, rules="nelson"),
        "p chart, 36 points, Nelson (shewhart)": lambda: shewhart.p_chart(counts.tolist(), size=sizes, rules="nelson"),
        "Mann-Kendall, Sen, 36 points (ours)": lambda: trend_test(x),
        "Mann-Kendall, Sen, 36 points (pymannkendall)": lambda: pymannkendall.original_test(x),
    }
    times = interleaved(tasks, rounds, calls=10)
    for name, reference in zip(list(tasks)[::2], list(tasks)[1::2], strict=True):
        print(line(name, times[name], times[reference]))
        print(line(reference, times[reference], times[reference]))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    print(machine())
    false_alarms(150 if quick else 4000)
    run_lengths(200_000 if quick else 4_000_000, 150 if quick else 4000)
    portfolio(10 if quick else 400)
    speed(3 if quick else 15)


if __name__ == "__main__":
    main()
