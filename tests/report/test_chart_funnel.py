"""Peers in a funnel."""

from __future__ import annotations

from report.made_reviews import feedback_of, two_years
from report.made_robustness import texts
from supplier_eval.monitor.funnel import peer_funnel
from supplier_eval.report.charts_review import peer_funnel_plot


def test_every_supplier_is_a_point_and_named_where_they_are_few():
    answers = two_years()
    funnel = peer_funnel(answers.results, "resolution", answers.recent)
    ax = peer_funnel_plot(funnel)
    points = sum(len(one.get_offsets()) for one in ax.collections)
    assert points == len(funnel.to_frame())
    assert set(funnel.to_frame()["supplier"]) <= set(texts(ax))


def test_a_dozen_peers_close_together_are_all_named():
    names = tuple(f"Service Company Limited {i:02}" for i in range(12))
    results, _ = feedback_of(names)
    shown = " ".join(texts(peer_funnel_plot(peer_funnel(results, "satisfied"))))
    assert [i for i in range(12) if f"ted {i:02}" not in shown] == []


def test_the_limits_are_those_of_the_result():
    funnel = peer_funnel(two_years().results, "resolution")
    lines = peer_funnel_plot(funnel).lines
    assert list(lines[1].get_ydata()) == (100 * funnel.grid["lower"]).tolist()


def test_no_case_is_said(tmp_path):
    answers = two_years()
    funnel = peer_funnel(answers.results, "recovery", ["2024-11"])
    assert funnel.to_frame().empty
    assert any("nothing can be compared" in text for text in texts(peer_funnel_plot(funnel)))
