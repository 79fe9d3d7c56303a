"""Settings of the red flags, with Cardinal's names."""

from __future__ import annotations

import pytest

from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.integrity.ocds_settings import (
    INDICATORS,
    RedFlagSettings,
    read_indicators,
    read_red_flag_settings,
)


def test_names_stand_in_a_list_or_in_one_text():
    for names in ("open|limited", "open | limited|", ["open", "limited"]):
        own = read_red_flag_settings({"R018": {"procurement_methods": names}})
        assert own.of("R018", "procurement_methods") == {"open", "limited"}


def test_what_is_not_set_is_the_default():
    assert read_red_flag_settings(None) == RedFlagSettings()
    assert read_red_flag_settings({"R003": {}}).of("R003", "threshold", 15) == 15


def test_a_list_of_methods_to_compare_goes_before_one_of_those_not_to():
    both = {"no_price_comparison_procurement_methods": "a", "price_comparison_procurement_methods": "a|b"}
    own = read_red_flag_settings(both)
    assert [own.compares_prices(details) for details in ("a", "b", "c", None)] == [True, True, False, False]
    deny = read_red_flag_settings({"no_price_comparison_procurement_methods": "a"})
    assert [deny.compares_prices(details) for details in ("a", "b", None)] == [False, True, True]


def test_everything_wrong_is_said_at_once_in_both_languages():
    wrong = {
        "R003": {"threshold": -1, "procurement_method_details": {"x": 1.5}},
        "R024": {"treshold": 1},
        "R025": {"percentile": 101},
        "R038": 3,
        "R055": {},
        "currency": "",
        "price_comparison_procurement_methods": [1],
    }
    with pytest.raises(InvalidInput) as refused:
        read_red_flag_settings(wrong)
    assert {finding.column for finding in refused.value.findings} == {
        *("R003.threshold", "R003.procurement_method_details", "R024.treshold", "R025.percentile", "R038", "R055"),
        *("currency", "price_comparison_procurement_methods"),
    }
    assert all(finding.line("en") and finding.line("zh") for finding in refused.value.findings)


@pytest.mark.parametrize("given", ["R003", 3, [("R003", {})]])
def test_what_is_no_mapping_is_refused(given):
    with pytest.raises(InvalidInput):
        read_red_flag_settings(given)


def test_indicators_stand_in_their_own_order():
    assert read_indicators(["R058", "R003"]) == ("R003", "R058")
    assert read_indicators(None) == INDICATORS
    assert read_indicators("R018") == ("R018",)
    with pytest.raises(UnknownName):
        read_indicators(["R001"])
    with pytest.raises(InvalidInput):
        read_indicators(3)
