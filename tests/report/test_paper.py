"""What every document carries: both fingerprints, the tender it is about, what its standing means."""

from __future__ import annotations

import dataclasses

import pytest

from report.made_files import desk_record, sample
from supplier_eval.report.paper import Heading, fingerprints, standing_banner, subject_of


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_foot_names_policy_and_data(lang):
    evaluation = sample("service-desk")
    policy, data = fingerprints(evaluation, lang)
    assert policy.endswith(evaluation.policy_fingerprint)
    assert data.endswith(evaluation.tender.fingerprint)


def test_with_a_registry_the_foot_bears_the_head_of_its_audit():
    record = desk_record()
    assert fingerprints(sample("service-desk"), "zh", record)[2] == f"审计链首 {record.anchor}"


def test_the_subject_is_the_title_with_the_id():
    assert subject_of(sample("service-desk"), "en") == "IT service desk and operations 2026-2028 (service-desk-2026)"


def test_the_banner_gives_every_reason_of_an_exploratory_result(proposal, desk):
    assert standing_banner(proposal, "en")[1:] == ("Nobody has adopted the policy.",)
    assert len(standing_banner(desk, "en")) == 1


def test_parts_are_replaced_and_never_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Heading("x").text = "y"  # type: ignore[misc]
