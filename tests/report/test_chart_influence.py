from __future__ import annotations

from dataclasses import replace

import pytest

from report.made_robustness import texts
from supplier_eval.report.chart_influence import shown_variations
from supplier_eval.report.charts_robustness import evaluator_influence
from supplier_eval.robustness.panel_influence import PanelInfluence, PanelVariation, leave_one_evaluator_out


@pytest.fixture(scope="module")
def influence(desk):
    return leave_one_evaluator_out(desk.tender)


def widths(ax):
    found = sorted((p for p in ax.patches if p.get_zorder() == 2), key=lambda p: p.get_y())
    return [p.get_width() for p in found]


def made(*variations):
    return PanelInfluence("1", ("E1", "E2"), ("B1",), variations, {"B1": "One", "B2": "Two"}, "")


@pytest.mark.parametrize("pairs", [False, True])
def test_bars_are_the_frames_leads_smallest_on_top(influence, pairs):
    frame = influence.to_frame()
    kinds = ["without_one", "without_two", "severity", "spread"] if pairs else ["without_one", "severity", "spread"]
    leads = [lead for kind in kinds for lead in sorted(frame.loc[frame["kind"] == kind, "lead"])]
    assert widths(evaluator_influence(influence, pairs=pairs)) == pytest.approx(leads)
    assert [v.lead for v in shown_variations(influence, pairs)] == pytest.approx(leads)


def test_a_member_who_decides_is_hatched_and_the_winner_named():
    decides = PanelVariation("without_one", ("E1",), ("B2",), -0.4, False, True)
    stays = PanelVariation("without_one", ("E2",), ("B1",), 0.7, True, False)
    ax = evaluator_influence(made(stays, decides))
    assert {"−0.40 first: B2", "0.70"} <= set(texts(ax))
    hatched = [p.get_hatch() for p in sorted(ax.patches, key=lambda p: p.get_y()) if p.get_zorder() == 2]
    assert hatched[0] == "xxx"
    assert not hatched[1]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["without E1", "without E2"]
    assert any("Without evaluator E1 the winner would be B2" in text.replace("\n", " ") for text in texts(ax))


def test_what_has_no_lead_says_why():
    out = PanelVariation("without_one", ("E1",), ("B2",), None, False, True)
    few = PanelVariation("without_one", ("E2",), not_asked="too_few_marks")
    stays = PanelVariation("severity", (), ("B1",), 0.2)
    shown = texts(evaluator_influence(made(out, few, stays)))
    assert "no lead: out or alone first: B2" in shown
    assert any(text.startswith("With one evaluator fewer there would be too few marks") for text in shown)


def test_a_panel_with_one_mark_says_that_nobody_can_be_left_out(museum):
    ax = evaluator_influence(leave_one_evaluator_out(museum.tender))
    assert any("nobody can be left out" in text.replace("\n", " ") for text in texts(ax))


def test_one_bid_has_nobody_to_lead(lonely):
    ax = evaluator_influence(leave_one_evaluator_out(lonely.tender))
    assert any("No single evaluator decides" in text for text in texts(ax))


def test_equal_leads_and_long_ids_draw(influence):
    same = tuple(replace(v, lead=0.0) for v in influence.variations)
    long = replace(influence, variations=same, winners=("B" * 60,))
    assert widths(evaluator_influence(long)) == [0.0] * 7


def test_the_lead_as_evaluated_is_a_line_with_its_figure_in_the_legend(influence):
    ax = evaluator_influence(influence, as_evaluated=3.5)
    assert any(set(line.get_xdata()) == {3.5} for line in ax.lines)
    assert "as evaluated: 3.50" in [text.get_text() for text in ax.get_legend().get_texts()]
    without = evaluator_influence(influence)
    assert not any(set(line.get_xdata()) == {3.5} for line in without.lines)


def test_the_line_lies_inside_the_axes_where_every_lead_is_smaller(influence):
    low, high = evaluator_influence(influence, as_evaluated=40.0).get_xlim()
    assert low < 40.0 < high
