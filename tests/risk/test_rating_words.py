"""A rating in sentences, in both languages."""

from __future__ import annotations

from rating_tables_given import AS_OF, DELIVERY, LEGAL, SUPPLIERS, TABLES
from supplier_eval.risk import rate_risks

RATING = rate_risks(SUPPLIERS, as_of=AS_OF, **TABLES)


def test_reasons_come_in_order_of_weight():
    lines = RATING.explain("WORRY").split("\n")
    assert lines[:4] == [
        "WORRY: level D (high), 69.8 of 100 points of risk; 100 % of the weights were assessed.",
        "1. financial standing: −0.3595 (z_double_prime 0.56; distress zone), 80.8 points, adds 16.16.",
        "2. delivery: 65, 60.0 points, adds 12.00.",
        "3. information security: 21 (f1 (high), overdue; f2 (low)), 61.0 points, adds 9.15.",
    ]
    assert "6. share of its revenue from us: 50.0 %, 70.0 points, adds 7.00." in lines


def test_chinese():
    lines = RATING.explain("WORRY", "zh").split("\n")
    assert lines[0] == "WORRY：D 级（高），风险分 69.8（满分 100）；已评估权重 100 %。"
    assert "f1 (high)，已逾期" in lines[3]


def test_who_is_not_rated_is_told_why_for_every_measure():
    said = RATING.explain("无")
    assert said.startswith("无 is not rated: 0 % of the weights were assessed, 60 % are needed.")
    assert "Not assessed, weight 15: information security; nobody has looked." in said
    assert said.endswith("the score could lie anywhere from 0.0 to 100.0.")


def test_between_levels_and_knock_outs_are_said():
    wide = rate_risks(
        SUPPLIERS, as_of=AS_OF, **TABLES | {"delivery": DELIVERY.assign(lower=0.0, upper=100.0, score=50.0)}
    )
    assert "it lies between the levels A, B" in wide.explain("STEADY")
    grave = rate_risks(SUPPLIERS, as_of=AS_OF, **TABLES | {"legal_record": LEGAL.assign(severity="grave")})
    assert "Knock-out grave_violations: legal record reached 90 points, so the level is at least E." in (
        grave.explain("WORRY")
    )
    assert "一票否决 grave_violations" in grave.explain("WORRY", "zh")
