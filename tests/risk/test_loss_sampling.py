"""Sampled years against closed forms, against the exact distribution, and their order."""

from __future__ import annotations

import math

import numpy as np
import pytest

from supplier_eval.risk import loss_sampling
from supplier_eval.risk.aggregate import compound, transform
from supplier_eval.risk.frequency import Frequency
from supplier_eval.risk.loss_model import LossModel, LossRisk, Shock
from supplier_eval.risk.loss_sampling import sample_years, stream
from supplier_eval.risk.severity import discretise, lognormal_from_interval

YEARS = 4000


def random_model(number):
    rng = np.random.default_rng(number)
    count = int(rng.integers(1, 7))
    risks = []
    for at in range(count):
        low = float(np.exp(rng.uniform(0, 5)))
        interval = lognormal_from_interval(low, low * float(np.exp(rng.uniform(0, 2.5))))
        frequency = Frequency(float(np.exp(rng.uniform(-3, 1.5))), float(rng.choice([1.0, 1.0, 1.3, 4.0])))
        risks.append(LossRisk(f"r{at}", *interval, frequency))
    hits = tuple((at, float(rng.uniform(0.2, 1))) for at in range(count) if rng.random() < 0.7)
    return LossModel(tuple(risks), (Shock("s", float(rng.uniform(0, 0.8)), hits),) if hits else ())


def keys(model):
    return [risk.risk for risk in model.risks], [shock.shock for shock in model.shocks]


@pytest.mark.parametrize("number", range(100))
def test_a_random_register_lies_within_four_standard_errors_of_its_closed_forms(number):
    model = random_model(number)
    losses = sample_years(model, *keys(model), YEARS, seed=number)
    mean, sd = model.moments()
    assert abs(losses.mean() - mean) < 4 * sd / math.sqrt(YEARS)
    none = model.no_loss()
    assert abs(np.mean(losses == 0) - none) < 4 * math.sqrt(none * (1 - none) / YEARS) + 1e-12


def test_compound_poisson_of_the_text_book():
    """lambda 3, mean 10, sd 5 give mean 30, sd 19.3649, no loss in 4.98 % of the years (Wald)."""
    sigma = math.sqrt(math.log(1.25))
    model = LossModel((LossRisk("a", math.log(10) - sigma**2 / 2, sigma, Frequency(3.0)),))
    losses = sample_years(model, ["a"], [], 400_000, seed=1)
    assert model.moments() == pytest.approx((30, 19.364916731037084))
    assert losses.mean() == pytest.approx(30, abs=0.12)
    assert losses.std() == pytest.approx(19.3649, abs=0.12)
    assert np.mean(losses == 0) == pytest.approx(0.049787, abs=0.0014)


@pytest.mark.parametrize("frequency", [Frequency(1.5), Frequency(1.5, 2.5), Frequency(0.4, 20.0)])
def test_the_whole_distribution_is_that_of_the_transform(frequency):
    """Kolmogorov-Smirnov: beyond 1.95 / sqrt(n) once in a thousand samples; a step of the grid is allowed for."""
    mu, sigma = lognormal_from_interval(5, 40)
    step, points, n = 0.25, 4096, 60_000
    below = {
        way: np.cumsum(compound([(frequency, transform(discretise(mu, sigma, step, points, way)))]))
        for way in ("lower", "upper")
    }
    losses = sample_years(LossModel((LossRisk("a", mu, sigma, frequency),)), ["a"], [], n, seed=5)
    at = np.arange(points) * step
    seen = np.searchsorted(np.sort(losses), at, side="right") / n
    assert np.max(seen - below["lower"]) < 1.95 / math.sqrt(n)
    assert np.max(below["upper"] - seen) < 1.95 / math.sqrt(n)


def test_a_shock_strikes_its_risks_in_the_same_year():
    pair = tuple(LossRisk(name, math.log(cost), 0.0, Frequency(0.0)) for name, cost in (("a", 1), ("b", 100)))
    losses = sample_years(LossModel(pair, (Shock("s", 0.3, ((0, 1.0), (1, 1.0))),)), ["a", "b"], ["s"], 3000, seed=0)
    assert np.allclose(np.round(losses / 101) * 101, losses)
    assert losses.max() > 0


def test_a_risk_more_leaves_the_years_of_the_others_as_they_were():
    model = random_model(4)
    names, causes = keys(model)
    more = LossModel((*model.risks, LossRisk("z", 0.0, 0.0, Frequency(1.0))), model.shocks)
    added = sample_years(more, [*names, "z"], causes, YEARS, 9) - sample_years(model, names, causes, YEARS, 9)
    assert np.allclose(added, np.round(added), atol=1e-6)
    assert added.mean() == pytest.approx(1, abs=0.07)


def test_pieces_of_events_do_not_lose_any(monkeypatch):
    monkeypatch.setattr(loss_sampling, "PIECE", 1000)
    for frequency in (Frequency(40.0), Frequency(40.0, 3.0)):
        model = LossModel((LossRisk("a", 0.0, 0.0, frequency),))
        losses = sample_years(model, ["a"], [], 5000, seed=2)
        assert losses.mean() == pytest.approx(40, abs=4 * math.sqrt(40 * frequency.dispersion / 5000))
        assert losses.var() == pytest.approx(40 * frequency.dispersion, rel=0.15)


def test_streams_of_other_names_and_seeds_differ():
    draws = {stream(seed, *names).random() for seed in (0, 1) for names in (("a",), ("b",), ("a", "b"), ("ab",))}
    assert len(draws) == 8
    assert stream(3, "风险").random() == stream(3, "风险").random()
