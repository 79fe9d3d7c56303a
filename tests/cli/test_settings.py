"""Settings as they are typed."""

from __future__ import annotations

import pytest
import typer

from supplier_eval.cli.settings import by_indicator, of_bids_and_market, settings_named
from supplier_eval.errors import InvalidInput


def test_values_are_read_as_what_they_are():
    read = settings_named(["cv=0.02", "steps = 4", "adjustment=by", "coalition_sizes=3,4", "cv=0.03"])
    assert read == {"cv": 0.03, "steps": 4, "adjustment": "by", "coalition_sizes": (3, 4)}
    assert settings_named(["coalition_sizes="]) == {"coalition_sizes": ()}


@pytest.mark.parametrize("wrong", ["cv", "=1", "cv="])
def test_what_is_no_setting_is_a_mistake_of_typing(wrong):
    with pytest.raises(typer.BadParameter):
        settings_named([wrong])


def test_each_screen_gets_the_settings_that_it_knows():
    inside, across = of_bids_and_market({"cv": 0.03, "adjustment": "by", "seed": 1})
    assert inside == {"cv": 0.03, "adjustment": "by"}
    assert across == {"adjustment": "by", "seed": 1}


def test_all_unknown_names_are_refused_at_once():
    with pytest.raises(InvalidInput) as refused:
        of_bids_and_market({"tie_chanc": 1, "xyzzy": 2})
    assert [finding.value for finding in refused.value.findings] == ["tie_chanc", "xyzzy"]
    assert "tie_chance" in str(refused.value)


def test_settings_of_an_indicator_are_put_together():
    read = by_indicator({"R003.threshold": 10, "R003.other": 1, "currency": "CNY"})
    assert read == {"R003": {"threshold": 10, "other": 1}, "currency": "CNY"}
