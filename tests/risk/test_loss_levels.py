"""Levels of VaR and TVaR: what is none, and what too few years support."""

from __future__ import annotations

import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.risk.loss_levels import asked_level, read_levels


def test_levels_come_from_low_to_high():
    assert read_levels([0.99, 0.5, 0.99], 0) == ((0.5, 0.99), [])


def test_a_level_is_allowed_as_soon_as_twenty_years_lie_beyond_it():
    assert asked_level(0.99, 2000) == 0.99
    with pytest.raises(InvalidInput, match="2,000,000 years or more"):
        asked_level(0.99999, 20_000)


@pytest.mark.parametrize("wrong", [95, 1, 0, -0.1, "0.95", None, True, float("nan"), [0.95]])
def test_what_is_no_level_is_refused_in_words(wrong):
    with pytest.raises(InvalidInput) as refused:
        asked_level(wrong, 20_000)
    (one,) = refused.value.findings
    assert (one.code, one.column) == ("losses.level", "level")
    assert "0.95" in one.advise("zh")
