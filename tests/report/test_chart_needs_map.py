"""The map of needs drawn."""

from __future__ import annotations

from planning_tables import marks_table, needs_table, plan
from report.made_planning import made
from report.made_robustness import texts
from supplier_eval.planning import assess_needs
from supplier_eval.report.chart_needs_map import MARKS
from supplier_eval.report.charts import alt_text, draw_as
from supplier_eval.report.charts_planning import needs_map


def dots(ax):
    return {line.get_marker(): line for line in ax.lines if line.get_marker() in "osvD" and len(line.get_xdata())}


def test_each_need_stands_at_its_figures_under_the_mark_of_its_verdict():
    needs = made().needs
    drawn = dots(needs_map(needs))
    for verdict, (mark, _) in MARKS.items():
        mine = sorted((one.feasibility, one.necessity) for one in needs.needs if one.verdict == verdict)
        assert sorted(zip(*drawn[mark].get_data(), strict=True)) == mine


def test_lines_of_the_plan_and_spans_of_people_are_drawn():
    needs = made().needs
    ax = needs_map(needs)
    plain = [line for line in ax.lines if line.get_marker() == "None"]
    assert [60.0, 60.0] in [list(line.get_xdata()) for line in plain]
    one = needs.need("N01")
    spans = [tuple(line.get_xdata()) for line in plain]
    own = [feasibility for _, feasibility in one.by_person.values()]
    assert (min(own), max(own)) in spans


def test_names_axes_and_words_in_both_languages():
    ax = needs_map(made().needs, lang="zh")
    assert {"N01", "外包候选"} <= set(texts(ax))
    assert "0 至 100" in ax.get_xlabel() and "0 至 100" in ax.get_ylabel()
    assert "可列为外包候选" in alt_text(ax)


def test_nothing_marked_says_so_and_what_nobody_marked_is_named():
    none = assess_needs(needs_table(), marks_table(N1={}), plan())
    assert any("No need has been marked." in text for text in texts(needs_map(none)))
    some = assess_needs(needs_table(), marks_table(N1={"an": (3, 3, 3, 3)}), plan())
    ax = needs_map(some)
    assert any("Nobody has marked: N2, N3" in text.replace("\n", " ") for text in texts(ax))
    assert "EXPLORATORY" in texts(ax)


def test_hundreds_of_needs_with_hostile_names_are_drawn():
    needs = needs_table().iloc[[0] * 300].assign(need=[f"需求$x_{{2}}$\u202e<b>{k}" for k in range(300)])
    marks = marks_table(**{one: {"an": (1 + k % 5, 3, 1 + k % 4, 2)} for k, one in enumerate(needs["need"])})
    ax = needs_map(assess_needs(needs, marks, plan(assessors=1)), lang="zh")
    assert draw_as(ax, "png")
