"""The column mapping of batch scoring is a part of the policy that changes no fingerprint while it is empty."""

from __future__ import annotations

import pytest

from strategies import policy_mapping
from supplier_eval.errors import InvalidPolicy
from supplier_eval.policy import Policy


def test_a_policy_without_a_mapping_keeps_its_fingerprint():
    plain = Policy.from_mapping(policy_mapping())
    empty = Policy.from_mapping(policy_mapping(batch={"price": ""}))
    named = Policy.from_mapping(policy_mapping(batch={"price": "bid", "criteria": {"quality": "质量得分"}}))
    assert plain.fingerprint == empty.fingerprint != named.fingerprint


def test_the_mapping_is_written_and_read_back(tmp_path):
    policy = Policy.from_mapping(policy_mapping(batch={"tender": "pid", "criteria": {"quality": "质量得分"}}))
    file = tmp_path / "policy.toml"
    file.write_text(policy.to_toml(), encoding="utf-8")
    assert Policy.load(file) == policy
    assert Policy.load(file).batch.criteria["quality"] == "质量得分"


def test_an_unknown_key_and_a_time_zone_that_does_not_exist_are_refused():
    with pytest.raises(InvalidPolicy, match="batch"):
        Policy.from_mapping(policy_mapping(batch={"prize": "bid"}))
    with pytest.raises(InvalidPolicy, match="no time zone"):
        Policy.from_mapping(policy_mapping(batch={"timezone": "Mars/Base"}))


def test_the_mapping_does_not_change():
    policy = Policy.from_mapping(policy_mapping(batch={"criteria": {"quality": "q"}}))
    with pytest.raises(TypeError, match="does not change"):
        policy.batch.criteria["quality"] = "r"
