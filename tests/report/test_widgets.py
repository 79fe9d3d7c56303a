"""The sliders, driven without a browser: what they show is what Python counts."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import supplier_eval as se
from supplier_eval.errors import InvalidInput, MissingExtra, SeveralLots, UnknownName
from supplier_eval.messages import UnknownLanguageError
from supplier_eval.report import weight_explorer
from supplier_eval.robustness import what_if

DESK = Path(__file__).parents[2] / "data" / "samples" / "service-desk"


@pytest.fixture(scope="module")
def evaluation():
    return se.evaluate(se.read_tender(DESK))


def shown(explorer):
    return explorer.box.children[0].value


def table(explorer):
    return explorer.box.children[-1].value


def test_there_is_a_slider_for_every_top_criterion_at_its_published_weight(evaluation):
    explorer = weight_explorer(evaluation, lot="L1")
    roots = {root.id: float(root.weight) for root in evaluation.tender.tree.roots}
    assert {name: field.value for name, field in explorer.fields.items()} == pytest.approx(roots)
    assert {name: slider.value for name, slider in explorer.sliders.items()} == {n: 10 * w for n, w in roots.items()}
    assert explorer.standing == evaluation.lots["L1"].ranking.standing == "binding"
    assert "EXPLORATORY" not in shown(explorer)
    assert list(explorer.to_frame()["bid"]) == list(evaluation.lots["L1"].ranking.order)


def test_moving_one_slider_moves_the_others_and_ranks_again(evaluation):
    explorer = weight_explorer(evaluation, lot="L2")
    before = table(explorer)
    explorer.sliders["price"].value = 400
    expected = what_if(evaluation.tender, lot="L2", weights={"price": 40}).to_frame().query("rank_after > 0")
    frame = explorer.to_frame()
    assert list(frame["bid"]) == list(expected["bid"])
    assert list(frame["total"]) == pytest.approx(list(expected["total_after"].astype(float)), abs=1e-9)
    assert explorer.weights["capability"] == pytest.approx(25 * 60 / 70)
    assert explorer.sliders["capability"].value == 214
    assert explorer.fields["capability"].value == 21.43
    assert table(explorer) != before
    assert table(explorer).index(frame["bid"][0]) < table(explorer).index(frame["bid"][1])


def test_it_is_exploratory_as_soon_as_a_weight_moves_and_no_longer(evaluation):
    explorer = weight_explorer(evaluation, lot="L1", lang="zh")
    explorer.sliders["price"].value += 1
    assert explorer.standing == "exploratory"
    assert "仅供探讨" in shown(explorer)
    explorer.reset.click()
    assert explorer.standing == "binding"
    assert "仅供探讨" not in shown(explorer)
    assert explorer.sliders["price"].value == 300
    explorer.move("price", 31.0)
    assert explorer.sliders["price"].value == 310
    explorer.sliders["price"].value = 300
    assert explorer.standing == "binding", "back by hand is back"


def test_what_a_browser_reports_of_a_slider_that_it_was_told_to_move_changes_nothing(evaluation):
    """A slider of fractions would come back on its next step, as if moved by hand; one of whole numbers does not."""
    explorer = weight_explorer(evaluation, lot="L1", level="leaves")
    explorer.move("price", 41.37)
    before = explorer.weights
    assert before["price"] == pytest.approx(41.37)
    for slider in explorer.sliders.values():
        assert slider.step == 1
        assert isinstance(slider.value, int) and isinstance(slider.max, int)
        slider.set_state({"value": round(slider.value / slider.step) * slider.step})
    assert explorer.weights == before


def test_a_slider_and_its_field_are_told_place_and_end_in_one_message(evaluation, monkeypatch):
    """A browser that saw a new end with an old place would pull the place to it, and report that as a move."""
    explorer = weight_explorer(evaluation, lot="L1", level="leaves")
    told = []
    slider = explorer.sliders[evaluation.tender.tree.leaves[0].id]
    monkeypatch.setattr(type(slider), "send_state", lambda self, key=None: told.append((self, set(key))))
    explorer.sliders["price"].value = 0
    assert [keys for who, keys in told if who is slider] == [{"value", "max"}]


def test_a_weight_can_be_typed(evaluation):
    explorer = weight_explorer(evaluation, lot="L1")
    explorer.fields["price"].value = 44.05
    assert explorer.weights["price"] == pytest.approx(44.05)
    assert explorer.standing == "exploratory"
    explorer.fields["price"].value = 30.0
    assert explorer.standing == "binding"


def test_the_level_can_be_changed_and_keeps_what_was_moved(evaluation):
    explorer = weight_explorer(evaluation, lot="L1")
    explorer.sliders["price"].value = 440
    explorer.level.value = "leaves"
    leaves = [leaf.id for leaf in evaluation.tender.tree.leaves]
    assert list(explorer.sliders) == leaves
    assert explorer.fields["price"].value == pytest.approx(44.0)
    group = evaluation.tender.tree[leaves[0]].parent
    held = explorer.weights[group]
    explorer.sliders[leaves[0]].value = 0
    assert explorer.weights[group] == pytest.approx(held)
    assert explorer.fields[leaves[0]].max == pytest.approx(held, abs=0.01)
    assert explorer.leaf_weights.sum() == pytest.approx(1.0)
    explorer.level.value = "top"
    assert explorer.fields["price"].value == pytest.approx(44.0)


def test_a_slider_that_another_pushes_beyond_its_old_end_follows(evaluation):
    explorer = weight_explorer(evaluation, lot="L1", level="leaves")
    first = evaluation.tender.tree.leaves[0]
    explorer.sliders[first.id].value = explorer.sliders[first.id].max
    explorer.sliders["price"].value = 0
    assert explorer.weights[first.id] == pytest.approx(explorer.weights[first.parent])
    assert explorer.fields[first.id].value == pytest.approx(explorer.weights[first.parent], abs=0.005)
    assert explorer.sliders[first.id].max - explorer.sliders[first.id].value <= 1


def test_published_weights_and_intervals_stand_beside_each_slider(evaluation):
    explorer = weight_explorer(evaluation, lot="L1")
    rows = explorer.box.children[2].children
    assert len(rows) == len(explorer.sliders)
    for row, (name, slider) in zip(rows, explorer.sliders.items(), strict=True):
        assert row.children[1] is slider
        assert row.children[2] is explorer.fields[name]
        assert f"{explorer.stability[name].weight_points:.2f}" in row.children[3].value


def test_a_sheet_from_a_table_has_sliders_and_no_levels(evaluation):
    import pandas as pd

    values = pd.DataFrame({"a": [80.0, 60.0], "b": [40.0, 90.0]}, index=["L", "W"])
    explorer = weight_explorer(se.ScoreSheet.from_frame(values, {"a": 50, "b": 50}))
    assert explorer.level is None
    assert explorer.standing == "exploratory"
    explorer.sliders["a"].value = 900
    assert explorer.to_frame()["bid"].tolist() == ["L", "W"]
    assert explorer.to_frame()["rank_published"].tolist() == [2, 1]


def test_it_shows_itself_as_a_widget(evaluation):
    explorer = weight_explorer(evaluation, lot="L1")
    assert "application/vnd.jupyter.widget-view+json" in explorer._repr_mimebundle_()
    assert "5 sliders, binding" in repr(explorer)


def test_what_does_not_exist_is_refused(evaluation):
    with pytest.raises(SeveralLots):
        weight_explorer(evaluation)
    with pytest.raises(UnknownName, match="middle"):
        weight_explorer(evaluation, lot="L1", level="middle")
    with pytest.raises(UnknownLanguageError):
        weight_explorer(evaluation, lot="L1", lang="fr")


def test_without_the_library_the_command_that_installs_it_is_named(evaluation, monkeypatch):
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    with pytest.raises(MissingExtra, match=r"pip install 'supplier-eval\[jupyter\]'"):
        weight_explorer(evaluation, lot="L1")


def test_moving_beyond_the_range_is_refused_and_moves_nothing(evaluation):
    explorer = weight_explorer(evaluation, lot="L1")
    for points in (150, -10, "abc"):
        with pytest.raises(InvalidInput, match="0 to 100"):
            explorer.move("price", points)
    assert explorer.standing == "binding"
    explorer.move("price", 100)
    assert explorer.weights["price"] == 100.0
