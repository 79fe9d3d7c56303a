"""Shrunken rates against raw ones: error, who is found, and whether the intervals hold.

    python benchmarks/monitor_estimates.py [--quick]

The generator, fixed before anything was tuned (docs/estimates.md): N suppliers (200 unless said otherwise), true rates
from Beta(18, 2) (mean 0.9, so that a bad tenth is below 0.81), cases a supplier log-uniform from 3 to 3,000, good cases
binomial. Seeds are 0, 1, 2, ... Measured over the repetitions, with the standard error between them:

- mean squared error of the raw rate over that of the estimate (aim: at least 2);
- share of the true top 20 of 200 that stands among the 20 highest figures (raw ties broken by the order of the ids,
  aim: raw about 20 %, estimates at least 50 %);
- share of the 95 % intervals that hold the true rate, also with 5, 8 and 30 peers, beside the plain posterior (which
  takes the estimated prior for known) and Wilson's interval of the raw rate;
- the same error when the true rates are not Beta (two kinds of suppliers, 0.97 and 0.80, in equal parts).
"""

from __future__ import annotations

import argparse
import sys
import time

import numpy as np
from measure import machine

from supplier_eval.monitor.beta_binomial import posterior
from supplier_eval.monitor.beta_binomial_fit import FITS
from supplier_eval.monitor.rate_intervals import rate_interval

TOP = 20


def made(rng: np.random.Generator, peers: int, kind: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """True rates, good cases and cases."""
    n = np.round(np.exp(rng.uniform(np.log(3), np.log(3000), peers)))
    true = rng.beta(18, 2, peers) if kind == "beta" else rng.choice([0.97, 0.80], peers)
    return true, rng.binomial(n.astype(int), true).astype(float), n


def found(figures: np.ndarray, best: set[int]) -> float:
    """Share of the best that stands among the highest figures."""
    return len(best & set(np.argsort(-figures, kind="stable")[:TOP].tolist())) / TOP


def one(seed: int, peers: int, kind: str, fit: str) -> dict[str, float]:
    rng = np.random.default_rng(seed)
    true, events, n = made(rng, peers, kind)
    raw = events / n
    prior = FITS[fit](events, n)
    figures = {"mse_raw": np.mean((raw - true) ** 2)}
    for name, widened in (("wide", True), ("plain", False)):
        estimate = posterior(events, n, prior, widened=widened)
        lower, upper = estimate.interval(0.95)
        figures[f"held_{name}"] = np.mean((lower <= true) & (true <= upper))
        figures["mse"] = np.mean((estimate.estimate - true) ** 2)
    lower, upper = rate_interval(events, n)
    figures["held_wilson"] = np.mean((lower <= true) & (true <= upper))
    best = set(np.argsort(-true)[:TOP].tolist())
    figures["found_raw"] = found(raw, best)
    figures["found"] = found(posterior(events, n, prior).estimate, best)
    return {key: float(figure) for key, figure in figures.items()}


def table(repetitions: int) -> None:
    """One line a setting: ratio of errors, what is found, what the intervals hold."""
    head = ("fit", "rates", "peers", "raw MSE : MSE", "found raw", "found", "held", "held, plain", "held, Wilson")
    print("".join(f"{name:>15}" for name in head))
    for fit, kind, peers in (
        *(("likelihood", "beta", peers) for peers in (200, 30, 8, 5)),
        ("moments", "beta", 200),
        ("moments", "beta", 8),
        ("likelihood", "two kinds", 200),
    ):
        times = max(repetitions * 200 // peers // (1 if peers == 200 else 4), repetitions)
        rows = [one(seed, peers, kind.split()[0], fit) for seed in range(times)]
        mean = {key: np.mean([row[key] for row in rows]) for key in rows[0]}
        error = {key: np.std([row[key] for row in rows], ddof=1) / np.sqrt(times) for key in rows[0]}
        said = [fit, kind, str(peers), f"{mean['mse_raw'] / mean['mse']:.2f}"]
        top = peers > TOP * 2 and kind == "beta"
        said += [f"{mean[key]:.1%}" if top else "-" for key in ("found_raw", "found")]
        said += [f"{mean[key]:.1%} ±{error[key]:.1%}" for key in ("held_wide", "held_plain", "held_wilson")]
        print("".join(f"{cell:>15}" for cell in said))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="few repetitions")
    quick = parser.parse_args().quick
    print(machine())
    start = time.process_time()
    table(10 if quick else 400)
    print(f"{time.process_time() - start:.1f} s CPU")
    sys.exit(0)
