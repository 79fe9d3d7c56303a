"""The lines, and what is no line."""

from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.integrity.market_settings import MarketSettings, read_market_settings
from supplier_eval.messages import LANGS


def test_everything_that_is_wrong_comes_at_once():
    with pytest.raises(InvalidInput) as refused:
        MarketSettings(false_discovery=5, least_meetings=0, coalition_sizes=(2,), period="week", draws=True)  # type: ignore[arg-type]
    assert [finding.column for finding in refused.value.findings] == [
        *("false_discovery", "least_meetings", "draws", "coalition_sizes", "period"),
    ]
    assert all(finding.line(lang) for finding in refused.value.findings for lang in LANGS)


def test_settings_can_be_given_by_name():
    assert read_market_settings(None) == MarketSettings()
    assert read_market_settings({"least_wins": 9, "coalition_sizes": [4, 3, 3]}).coalition_sizes == (3, 4)
    same = MarketSettings(seed=3)
    assert read_market_settings(same) is same


@pytest.mark.parametrize("wrong", [3, "strict", {"least_win": 4}, {1: 2}])
def test_what_is_no_setting_is_refused_in_words(wrong):
    with pytest.raises(InvalidInput) as refused:
        read_market_settings(wrong)
    assert refused.value.findings[0].say("zh")


def test_unknown_names_and_wrong_values_come_at_once_with_the_nearest_name():
    with pytest.raises(InvalidInput) as refused:
        read_market_settings({"false_discovery": 0, "least_win": 4, "draws": 1})
    found = refused.value.findings
    assert [finding.column for finding in found] == ["least_win", "false_discovery", "draws"]
    assert str(found[0].facts["known"]).startswith("least_wins")


def test_numbers_of_numpy_are_numbers():
    given = read_market_settings({"seed": np.int64(3), "near_tie": np.float32(0.25), "coalition_sizes": (np.int64(3),)})
    assert given == MarketSettings(seed=3, near_tie=0.25, coalition_sizes=(3,))
