"""A name that does not exist is met with the one that looks like it, and with all that there are, uncut."""

from __future__ import annotations

import pytest

from supplier_eval.errors import Finding, InvalidPolicy
from supplier_eval.flags import Reason
from supplier_eval.intake.assemble import load_tender
from supplier_eval.messages import MOST_NAMES, Both, Names, message, sentences
from supplier_eval.messages.near import near_names
from supplier_eval.policy import Policy
from supplier_eval.policy.regimes import profile_names
from tender_folder import mini


@pytest.mark.parametrize(
    ("given", "near"), [("cn-order87", "cn-order-87"), ("LPTA", "lpta"), ("Lowest", "–"), (3, "–"), ("", "–")]
)
def test_the_nearest_is_found_whatever_its_case_and_a_dash_where_there_is_none(given, near):
    assert near_names(given, profile_names())["near"] == near


def test_a_part_of_one_name_alone_means_that_name():
    gates = ["licence_of_the_business", "insured_staff", "licence_number_of_all_staff"]
    assert [near_names(part, gates)["near"] for part in ("insured", "licence", "lic", "STAFF")] == [
        "insured_staff",
        "–",
        "–",
        "–",
    ]


def test_a_profile_that_does_not_exist_is_met_with_the_nearest_and_the_whole_list(tmp_path):
    _, findings = load_tender(mini(tmp_path, tender=('policy = "policy.toml"', 'policy = "profile:cn-order87"')))
    (finding,) = [f for f in findings if f.code == "tender.policy.unknown"]
    with pytest.raises(InvalidPolicy) as refused:
        Policy.from_mapping({"base": "cn-order87", "name": "x"})
    for found in (finding, *refused.value.findings):
        assert "nearest: cn-order-87" in found.remedy and "最接近：cn-order-87" in found.advise("zh")
        assert all(name in found.message and name in found.say("zh") for name in profile_names())
        assert "…" not in found.message


def test_lists_and_pieces_are_said_in_the_language_of_the_sentence():
    facts = {"value": "x", "where": "y", "known": Names(["a", "b"])}
    assert "a, b" in message("*.unknown", "en", **facts) and "a、b" in message("*.unknown", "zh", **facts)
    assert str(Names(str(n) for n in range(MOST_NAMES + 2))).endswith(" … (+2)")
    assert (Both(("one", "一")).say("zh"), str(Both(("one", "一")))) == ("一", "one")
    assert (sentences(["A.", "B."], "en"), sentences(["甲。", "乙。"], "zh")) == ("A. B.", "甲。乙。")


def test_chinese_sentences_are_joined_without_a_space_and_a_clause_stands_in_their_brackets():
    reason = Reason("qualify.late", "§3.2.2", {"received": "10:00", "deadline": "9:00", "minutes": "60"})
    assert reason.say("zh").endswith("。（§3.2.2）") and reason.say("en").endswith(" (§3.2.2)")
    finding = Finding("bids.lot.missing", "bids", "lot", (4,))
    assert "。 " not in finding.line("zh") and finding.line("zh").endswith("。[bids.lot.missing]")
    assert finding.line("en").endswith(". [bids.lot.missing]")
