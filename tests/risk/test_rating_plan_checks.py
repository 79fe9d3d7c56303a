"""Plans that do not hold together, each rule by itself."""

from __future__ import annotations

import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.risk import RatingPlan

LEGAL = {"id": "legal", "weight": 100, "knots": [[0, 0], [1, 100]]}


def measure(**changes):
    return {"measures": [LEGAL | changes], "knock_outs": []}


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (measure(weight=99), "rating.weights"),
        ({"measures": [LEGAL | {"weight": 50}] * 2, "knock_outs": []}, "rating.twice"),
        (measure(knots=[[1, 0], [1, 100]]), "rating.knots_order"),
        (measure(knots=[[0, -1], [1, 100]]), "rating.knots_range"),
        (measure(knots=[[0, 100], [1, 0]]), "rating.knots_rising"),
        (measure(knots=[[0, 50], [1, 50]]), "rating.knots_rising"),
        (measure(id="delivery"), "rating.knots_falling"),
        ({"levels": [{"id": "A", "lower": 5}], "knock_outs": []}, "rating.levels"),
        ({"levels": [{"id": "A", "lower": 0}, {"id": "B", "lower": 0}], "knock_outs": []}, "rating.levels"),
        ({"levels": [{"id": "A", "lower": 0}, {"id": "a", "lower": 9}], "knock_outs": []}, "rating.twice"),
        ({"knock_outs": [{"id": "k", "measure": "legal", "points": 50, "level": "Z"}]}, "rating.knock_out_level"),
        (
            {"measures": [LEGAL], "knock_outs": [{"id": "k", "measure": "security", "points": 50, "level": "E"}]},
            "rating.knock_out_measure",
        ),
        ({"altman_variant": "zz"}, "altman.variant"),
        ({"legal_severities": {"minor": 0}}, "rating.severity_points"),
        ({"legal_severities": {"minor": 1, "MINOR": 2}}, "rating.twice"),
    ],
)
def test_a_plan_that_does_not_hold_together_is_refused(plan, code):
    with pytest.raises(InvalidInput) as refused:
        RatingPlan.of(plan)
    found = refused.value.findings
    assert code in {f.code for f in found}
    assert all(f.say("en") != f.say("zh") and f.advise("zh") for f in found)
