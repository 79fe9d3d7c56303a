"""P-values of a screen are one family."""

from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.integrity.market_screens import WEIGHTS, Part, families, missing
from supplier_eval.messages import LANGS, message


def test_parts_of_one_screen_are_corrected_together():
    one = Part("rotation", "pairs", np.array([0.01, np.nan, 0.04]))
    two = Part("rotation", "coalitions", np.array([0.03]))
    other = Part("losing", "bidders", np.array([0.04]))
    q = families([one, two, other])
    assert q["rotation"][0] == pytest.approx([0.03, np.nan, 0.04], nan_ok=True)
    assert q["rotation"][1] == pytest.approx([0.04])
    assert q["losing"][0] == pytest.approx([0.04])


def test_every_screen_has_a_name_in_both_languages():
    for screen in WEIGHTS:
        assert all(message(f"market.name.{screen}", lang) for lang in LANGS)


def test_a_missing_column_is_a_reason():
    part = missing("rotation", "pairs", "date")
    assert message(part.why, "en", **part.facts) == "not defined: the table of bids has no column date."
