"""The result of the screens: frozen, by tender, in both languages."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from screened_bids import market, tenders
from supplier_eval.errors import UnknownName
from supplier_eval.integrity.screening import screen_bids
from supplier_eval.messages import UnknownLanguageError

SCREENS = screen_bids(tenders([100, 110, 112, 114, 119], [100, 110]), settings={"cv": 0.05})


def test_a_result_is_frozen_and_short():
    assert repr(SCREENS) == "BidScreens(2 tenders, 7 bids; 1 flags in 1 tenders)"
    assert SCREENS.standing == "exploratory"
    assert SCREENS.policy_fingerprint == ""
    assert SCREENS.warnings == ()
    with pytest.raises(FrozenInstanceError):
        SCREENS.flags = ()


def test_flags_of_one_tender():
    screens = screen_bids(tenders([812_311, 893_817, 893_817, 1_097_754], [812_311, 893_817, 951_003]))
    assert [flag.code for flag in screens.flags_of("t0")] == ["screens.identical_prices"]
    assert screens.flags_of("t1") == ()


def test_a_tender_that_does_not_exist_is_named():
    for ask in (SCREENS.explain, SCREENS.flags_of):
        with pytest.raises(UnknownName, match="t0"):
            ask("t7")


def test_a_flag_cites_the_policy_and_excludes_nobody():
    screens = screen_bids(tenders([812_311, 893_817, 893_817, 1_097_754]))
    (flag,) = screens.flags
    assert (flag.clause, flag.holds, flag.state) == ("§1.3.4", False, "open")
    assert screens.to_frame()["n_bids"].tolist() == [4]


def test_market_digits_are_on_record():
    assert screen_bids(market()).market_digits == 6
    assert SCREENS.market_digits is None


def test_a_language_that_is_not_spoken_is_named():
    for ask in (lambda: SCREENS.explain(lang="fr"), lambda: SCREENS.flags_frame("fr")):
        with pytest.raises(UnknownLanguageError, match="language"):
            ask()
