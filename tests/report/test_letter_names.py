"""Free text that goes out: names that the rule keeps back are replaced, own and allowed ones stay."""

from __future__ import annotations

import pytest

from report.test_letters import under
from supplier_eval.report.letter_names import hider_of, named_to


def test_members_and_other_bidders_are_replaced_and_words_around_them_stay(desk):
    hide = hider_of(under(desk), {"B2"}, "en")
    said = hide("Dr E1-Surname read B1 (Alpha IT) against B2; B12 and XB1 are nobody.")
    assert said == "a member of the panel read another bidder (another bidder) against B2; B12 and XB1 are nobody."
    assert hider_of(under(desk), {"B2"}, "zh")("E1 评 Alpha IT") == "一位评委 评 另一投标人"


@pytest.mark.parametrize(("switch", "named"), [(True, {"B2", "B4"}), (False, {"B2"})])
def test_the_winner_may_be_named_where_the_rule_says_so(desk, switch, named):
    ruled = under(desk, winner_name=switch)
    result = ruled.only_lot
    assert named_to(ruled, result, "B2") == {"B2", *(result.ranking.winners if switch else ())}
    assert len(named_to(ruled, result, "B2")) == len(named)


def test_members_stay_where_the_rule_names_them(desk):
    assert hider_of(under(desk, evaluator_names=True), {"B2"}, "en")("Dr E1-Surname") == "Dr E1-Surname"
