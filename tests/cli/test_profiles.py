"""``profiles``: the list, and the gates and criteria of one as a table, JSON or TOML."""

from __future__ import annotations

import json

import pytest

from supplier_eval.cli import main
from supplier_eval.policy import Policy, profile_names


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", profile_names())
def test_every_id_of_a_profile_is_in_its_table(name, lang, capsys):
    assert main(["profiles", name, "--lang", lang]) == 0
    words = capsys.readouterr().out.split()
    policy = Policy.profile(name)
    assert {one.id for one in (*policy.gates, *policy.criteria)} <= set(words)
    assert len(policy.to_toml().splitlines()) > len(policy.criteria) + len(policy.gates)


def test_the_table_says_how_to_begin_and_how_to_see_the_whole(capsys):
    assert main(["profiles", "cn-order-87"]) == 0
    said = capsys.readouterr().out
    assert "supplier-eval template profile:cn-order-87 --out FOLDER --category ITO" in said
    assert len(said.splitlines()) < 60
    assert main(["profiles", "lpta"]) == 0
    said = capsys.readouterr().out
    assert "--category" not in said and "This policy has no gates." in said


def test_the_toml_of_a_profile_is_the_profile(tmp_path, capsys):
    assert main(["profiles", "cn-order-87", "--format", "toml"]) == 0
    (tmp_path / "policy.toml").write_text(capsys.readouterr().out, encoding="utf-8")
    assert Policy.load(tmp_path / "policy.toml").fingerprint == Policy.profile("cn-order-87").fingerprint
    assert main(["profiles", "cn-order-87", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["fingerprint"] == Policy.profile("cn-order-87").fingerprint
    assert main(["profiles", "--format", "toml"]) == 2
