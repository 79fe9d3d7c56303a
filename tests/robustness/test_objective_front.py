"""Data-driven weights with labels: through the public names, in words, and never on the way to a policy."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.robustness.objective_front import DataDrivenWeights, critic_weights, entropy_weights, merec_weights
from supplier_eval.score.sheet import ScoreSheet

TABLE = pd.DataFrame(
    {"yield": [450.0, 10, 100, 220, 5], "load": [8000.0, 9100, 8200, 9300, 8400], "waste": [54.0, 2, 31, 1, 23]},
    index=list("ABCDE"),
).assign(energy=[145.0, 160, 153, 162, 158])
DIRECTIONS = {"yield": "max", "load": "max", "waste": "min", "energy": "min"}
SHEET = ScoreSheet.from_frame(
    pd.DataFrame({"quality": [90.0, 60, 70], "price": [50.0, 100, 80]}, index=list("ABC")),
    {"quality": 60, "price": 40},
)


def test_merec_reproduces_keshavarz_ghorabaee_2021_with_labels():
    """Keshavarz-Ghorabaee et al. (2021), Symmetry 13(4):525, table 5."""
    frame = merec_weights(TABLE, DIRECTIONS).to_frame().set_index("criterion")
    assert frame["weight"].to_dict() == pytest.approx(
        {"yield": 0.5752, "load": 0.0141, "waste": 0.4016, "energy": 0.0091}, abs=6e-5
    )
    assert frame["direction"].tolist() == ["max", "max", "min", "min"]
    assert list(frame.columns) == ["direction", "weight", "removal_effect"]


def test_entropy_reproduces_xu_2004_without_directions():
    """Xu (2004), EJOR 156(2):530-532."""
    table = pd.DataFrame([[30, 30, 38, 29], [19, 54, 86, 29], [19, 15, 85, 28.9], [68, 70, 60, 29]])
    found = entropy_weights(table)
    assert found.weights == pytest.approx([0.4630, 0.3992, 0.1378, 0.0], abs=6e-5)
    assert found.criteria == ("0", "1", "2", "3")


def test_the_order_of_rows_and_columns_changes_no_bit():
    for weigh in (entropy_weights, critic_weights, merec_weights):
        first = weigh(TABLE, DIRECTIONS).to_frame().set_index("criterion")["weight"]
        turned = weigh(TABLE.iloc[::-1, ::-1], DIRECTIONS).to_frame().set_index("criterion")["weight"]
        assert turned.loc[first.index].tolist() == first.tolist()


def test_they_cannot_be_handed_on_as_the_weights_of_a_sheet_or_policy():
    """No hook leads from the result to points, and it is no mapping of weights."""
    found = critic_weights(SHEET)
    hooks = {"as_points", "to_points", "to_policy", "as_policy", "as_weights", "points"}
    assert not hooks & set(dir(found))
    assert found.standing == "exploratory"
    assert "never the weights of a policy" in found.explain()
    assert "不得作为政策权重" in found.explain("zh")
    with pytest.raises(InvalidInput, match="DataDrivenWeights"):
        ScoreSheet.from_frame(TABLE, found)


def test_the_weights_handed_out_are_a_copy():
    found = entropy_weights(SHEET)
    found.weights[:] = 0.0
    frame = found.to_frame()
    frame.loc[:, "weight"] = 0.0
    assert found.weights.sum() == pytest.approx(1.0)


def test_it_explains_what_became_of_costs():
    mirrored = entropy_weights(TABLE, DIRECTIONS)
    assert "turned round inside their own range" in mirrored.explain()
    assert "waste, energy" in mirrored.explain()
    assert "was not heard" in entropy_weights(TABLE, DIRECTIONS, orientation="as_given").explain()
    assert "put on 0-1" in entropy_weights(TABLE, DIRECTIONS, orientation="min_max").explain()
    assert "turned" not in entropy_weights(TABLE).explain()


def test_equal_bids_give_equal_weights_and_the_words_for_it():
    equal = SHEET.from_frame(pd.DataFrame({"q": [50.0, 50], "p": [70.0, 70]}, index=["A", "B"]), {"q": 1, "p": 99})
    for weigh in (entropy_weights, critic_weights, merec_weights):
        found = weigh(equal)
        assert found.weights.tolist() == [0.5, 0.5]
        assert found.equal_by_default
        assert found.silent == ("q", "p")
        assert "equal weights stand in" in found.explain()
        assert "以等权代替" in found.explain("zh")


def test_merec_names_the_criterion_with_a_zero():
    sheet = ScoreSheet.from_frame(
        pd.DataFrame({"quality": [90.0, 60], "price": [0.0, 100]}, index=["A", "B"]), {"quality": 60, "price": 40}
    )
    with pytest.raises(InvalidInput, match="MEREC takes logarithms"):
        merec_weights(sheet)
    assert np.isfinite(critic_weights(sheet).weights).all()


def test_directions_are_asked_for_where_the_formula_turns_on_them():
    for weigh in (critic_weights, merec_weights):
        with pytest.raises(InvalidInput, match="has no direction"):
            weigh(TABLE)


def test_an_unknown_orientation_is_a_finding():
    with pytest.raises(InvalidInput, match="no orientation named inverse"):
        entropy_weights(TABLE, DIRECTIONS, orientation="inverse")


def test_the_repr_is_short():
    shown = repr(merec_weights(TABLE, DIRECTIONS))
    assert shown.startswith("DataDrivenWeights(merec: yield 0.5752")
    assert "\n" not in shown
    assert isinstance(critic_weights(SHEET), DataDrivenWeights)
