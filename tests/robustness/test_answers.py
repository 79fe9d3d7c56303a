"""All lots of a tender, and rehearsals of a policy, as one document."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from strategies import flat, make_tender, policy_mapping
from supplier_eval.errors import UnknownName
from supplier_eval.intake.assemble import read_tender
from supplier_eval.policy import Policy
from supplier_eval.robustness import answers
from supplier_eval.robustness.answers import (
    answer_lots,
    answers_document,
    check_before_publication,
    rehearsals,
    rehearsals_document,
)

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
OFFERS = [flat("A", 90, "100"), flat("B", 78, "80"), flat("C", 10, "60")]


def policy(**rules: object) -> Policy:
    return Policy.from_mapping(policy_mapping(**rules))


def test_every_lot_has_an_answer_with_what_was_asked_for():
    (answer,) = answer_lots(make_tender(OFFERS, policy()), draws=64, methods=True, break_even=True)
    document = answers_document([answer])["lots"][0]
    assert {row["method"] for row in document["methods"]} >= {"topsis", "vikor"}
    assert {row["bid"] for row in document["break_even"]["prices"]} == {"A", "B", "C"}
    json.dumps(document, allow_nan=False)
    (plain,) = answer_lots(make_tender(OFFERS, policy()), draws=64)
    assert plain.methods is None and plain.break_even is None
    assert "break_even" not in plain.to_dict()


def test_a_lot_that_stopped_is_an_answer_in_both_languages():
    (answer,) = answer_lots(make_tender(OFFERS, policy(procedure={"minimum_valid_bids": 5})), draws=64)
    said = answer.to_dict()
    assert said["stopped"]["en"] != said["stopped"]["zh"]
    assert "3 bids are valid and 5 are needed" in said["stopped"]["en"]


def test_bids_that_are_all_below_a_floor_give_an_answer():
    low = policy(floors=[{"criterion": "quality", "minimum": 99}])
    (answer,) = answer_lots(make_tender(OFFERS, low), draws=64)
    assert answer.study is None
    assert answer.to_dict()["stopped"]["en"]


def test_an_unknown_lot_is_refused_with_the_known_ones():
    with pytest.raises(UnknownName, match="There is: 1"):
        answer_lots(make_tender(OFFERS, policy()), "9")


def test_a_policy_with_one_set_of_criteria_is_rehearsed_once():
    found = rehearsals(policy())
    assert len(found) == 1
    (one,) = rehearsals_document(found)["rehearsals"]
    assert sum(row["effective"] for row in one["weights"]) == pytest.approx(1)
    assert one["en"] != one["zh"]
    json.dumps(one, allow_nan=False)


def test_a_policy_file_and_its_tender_give_the_same_warning():
    museums = SAMPLES / "museum-services"
    (by_policy,) = check_before_publication(museums / "policy.toml", is_policy=True)
    (by_tender,) = check_before_publication(museums / "tender.toml", is_policy=False)
    assert by_policy.code == by_tender.code == "policy.price.reversal"
    assert by_policy.facts["share"] == by_tender.facts["share"]


def test_a_tender_or_policy_that_was_read_is_not_read_again(monkeypatch):
    museums = read_tender(SAMPLES / "museum-services")
    (by_path,) = check_before_publication(SAMPLES / "museum-services")

    def never(*_given: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr(answers, "read_tender", never)
    monkeypatch.setattr(Policy, "load", never)
    assert check_before_publication(museums) == [by_path]
    assert check_before_publication(museums.policy) == [by_path]
    assert check_before_publication(museums, policy()) == check_before_publication(policy())


def test_one_answer_alone_is_a_document_too():
    (answer,) = answer_lots(make_tender(OFFERS, policy()), draws=64)
    assert answers_document(answer) == answers_document([answer])
