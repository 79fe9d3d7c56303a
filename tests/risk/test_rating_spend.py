"""What a rating takes from the table of spend."""

from __future__ import annotations

import pandas as pd
import pytest

from rating_tables_given import SPEND
from supplier_eval.errors import InvalidInput
from supplier_eval.risk import concentration
from supplier_eval.risk.rating_spend import read_spend


def test_amounts_add_up_over_categories():
    more = pd.concat([SPEND, pd.DataFrame({"supplier": ["worry"], "category": ["hr"], "amount": [50.0]})])
    shares, lines = read_spend(more)
    assert (shares.amounts["worry"], shares.total, shares.categories["worry"]) == (350, 1050, ("hr", "it"))
    assert lines.line("it").hhi == 6250


def test_a_category_in_which_nothing_is_paid_is_none_of_it():
    shares, _ = read_spend(SPEND.assign(amount=[0.0, 300.0, 600.0]))
    assert (shares.amounts["steady"], shares.categories["steady"]) == (0, ())


def test_without_categories_the_whole_is_one():
    shares, lines = read_spend(SPEND.drop(columns="category"))
    assert shares.categories["worry"] == ("",)
    assert lines.line("").count == 3


def test_a_concentration_of_other_categories_is_refused():
    with pytest.raises(InvalidInput) as refused:
        read_spend(SPEND, concentration(SPEND.assign(category="x")))
    assert [f.code for f in refused.value.findings] == ["rating.category"] * 2
    with pytest.raises(InvalidInput):
        read_spend(SPEND, "x")
