"""Reasons are bits of rows, told as categories in one order."""

from __future__ import annotations

import numpy as np
import pandas as pd

from supplier_eval.batch.reasons import WORD, Reasons, floor_words, gate_words, plain_words
from supplier_eval.policy import Policy
from supplier_eval.policy.rules import Floor, Gate

LATE = plain_words("batch.reason.late")


def test_a_row_has_all_its_reasons_in_the_order_in_which_they_were_met():
    reasons = Reasons(3)
    reasons.add("qualify.late", LATE, np.array([True, False, True]))
    reasons.add("qualify.ceiling", plain_words("batch.reason.ceiling"), np.array([False, False, True]))
    reasons.add("nobody", LATE, np.zeros(3, bool))
    codes, said = reasons.categories("en")
    assert pd.Series(codes).astype(object).fillna("").tolist() == ["qualify.late", "", "qualify.late; qualify.ceiling"]
    assert said[2] == "Late: it came after the deadline. The price is above the published ceiling."
    assert reasons.out.tolist() == [True, False, True]
    assert list(codes.categories) == sorted(codes.categories)


def test_there_is_no_limit_to_the_number_of_reasons():
    reasons = Reasons(2)
    for i in range(WORD + 10):
        reasons.add(f"r{i}", LATE, np.array([i % 2 == 0, i > WORD]))
    codes, _ = reasons.categories("zh")
    assert codes[1].split("; ") == [f"r{i}" for i in range(WORD + 1, WORD + 10)]
    assert len(codes[0].split("; ")) == (WORD + 10) // 2


def test_nobody_out_is_no_category():
    codes, said = Reasons(2).categories("en")
    assert pd.isna(codes).all()
    assert pd.isna(said).all()


def test_gates_and_floors_say_what_was_needed_in_both_languages():
    gate = Gate(id="staff", name={"en": "staff", "zh": "人员"}, kind="at_least", limit="40", unit="人")
    assert gate_words(gate, False)("en") == "“staff” is not met (needed: ≥ 40 人)."
    assert "人员" in gate_words(gate, True)("zh")
    for kind, extra in (("yes", {}), ("valid_until", {"margin_days": 30}), ("none_since", {"look_back_years": 3})):
        assert gate_words(Gate(id="g", name="g", kind=kind, **extra), False)("zh")
    policy = Policy.default()
    top = policy.tree("ITO").roots[0].id
    assert "60" in floor_words(Floor(criterion=top, minimum="60"), policy.tree("ITO"))("en")
