from __future__ import annotations

import pytest
from pydantic import ValidationError

from supplier_eval.errors import UnknownName
from supplier_eval.policy.regimes import Regime, articles_of, profile_data, profile_names


def test_the_companys_own_profile_comes_first_and_the_rest_by_name():
    names = profile_names()
    assert names[0] == "service-outsourcing"
    assert list(names[1:]) == sorted(names[1:])


def test_a_regime_that_does_not_exist_is_answered_with_the_nearest():
    with pytest.raises(UnknownName, match="Did you mean 'za-80-20'"):
        Regime.named("za-80-2")


def test_a_regime_without_sources_or_verification_is_refused():
    table = dict(profile_data("lpta")["profile"])
    Regime.model_validate(table)
    for key in ("sources", "verified", "scope", "title"):
        with pytest.raises(ValidationError, match=key):
            Regime.model_validate({k: v for k, v in table.items() if k != key})


def test_a_check_with_an_unknown_key_is_refused():
    table = profile_data("lpta")["profile"]
    check = {**table["checks"][0], "colour": "red"}
    with pytest.raises(ValidationError, match="Extra inputs"):
        Regime.model_validate({**table, "checks": [check]})


def test_a_regime_names_the_article_of_each_of_its_tests():
    assert articles_of("cn-order-87")["panel_odd"] == "第四十七条 (Article 47)"
    assert articles_of("cn-order-78") == {}


def test_a_regime_with_a_check_from_memory_is_read_in_part():
    readings = {name: Regime.named(name).reading for name in profile_names()}
    assert readings["cn-order-87"] == "in_part"
    assert set(readings.values()) == {"at_source", "in_part", "recalled"}
