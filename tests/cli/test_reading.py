"""How commands read what they are given, and print JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from supplier_eval.cli.reading import as_json, named_policy, print_json, read_checked, severity_line
from supplier_eval.errors import Finding, InvalidTender, UnknownName
from supplier_eval.policy import Policy

MUSEUMS = Path(__file__).parents[2] / "data" / "samples" / "museum-services"


def test_a_policy_is_a_file_a_profile_or_none():
    assert named_policy(None) is None
    assert named_policy("profile:lpta").fingerprint == Policy.profile("lpta").fingerprint
    assert named_policy(str(MUSEUMS / "policy.toml")).fingerprint == Policy.load(MUSEUMS / "policy.toml").fingerprint
    with pytest.raises(UnknownName, match="lpt"):
        named_policy("profile:lpt")


def test_a_tender_is_read_or_refused_with_everything_that_is_wrong(tmp_path):
    assert len(read_checked(MUSEUMS, None, "en").bids) == 3
    with pytest.raises(InvalidTender, match="missing"):
        read_checked(tmp_path / "nowhere", None, "en")


def test_json_keeps_chinese_and_refuses_what_json_does_not_have(capsys):
    print_json(as_json({"名": "授标", "n": 1.5}))
    assert json.loads(capsys.readouterr().out) == {"名": "授标", "n": 1.5}
    with pytest.raises(ValueError, match="not JSON compliant"):
        as_json({"n": float("nan")})


def test_json_on_a_terminal_holds_nothing_that_it_would_obey_and_means_the_same():
    document = {"name": "\x1b[2J \x9b31m \u202eevil\u2066 \u2028 信息"}
    text = as_json(document)
    assert not set(text) & set("\x1b\x9b\u202e\u2066\u2028")
    assert "信息" in text
    assert json.loads(text) == document


def test_the_weight_of_a_finding_is_said_in_the_language_asked_for():
    finding = Finding("tender.path.missing", "tender", value="x", severity="warning")
    assert severity_line(finding, "en").startswith("warning: tender: x does not exist.")
    assert severity_line(finding, "zh").startswith("提醒：tender：x 不存在。")
