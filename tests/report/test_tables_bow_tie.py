"""Risks as bow-ties in a table."""

from __future__ import annotations

from report.made_risks import made
from supplier_eval.report.tables_bow_tie import bow_tie_table


def rows(lang="en"):
    return {row[2].partition(" ")[0]: row for row in bow_tie_table(made().responses, lang).rows}


def test_measures_stand_on_the_side_that_they_act_on():
    found = rows()
    assert found["R16"][0] == "–"
    assert found["R16"][3] == "M04 (counts for nothing), P02 (proposed)"
    assert found["R02"][0] == "M02, P02 (proposed)"
    assert found["R02"][3] == "P02 (proposed)"
    assert "M03（不计入）" in rows("zh")["R13"][0]


def test_only_what_counts_changes_the_figures():
    found = rows()
    assert found["R02"][1] == "3.000 → 2.400"
    assert found["R13"][1] == "0.200 → 0.200"
    assert found["R23"][1] == "– → –"


def test_the_largest_residual_loss_stands_on_top_and_what_is_not_known_last():
    order = [row[2].partition(" ")[0] for row in bow_tie_table(made().responses, "en").rows]
    losses = [made().responses.risks[key].residual.expected_loss for key in order]
    known = [loss for loss in losses if loss is not None]
    assert known == sorted(known, reverse=True)
    assert losses[-1] is None
    assert rows()["R23"][5] == "–"


def test_the_largest_losses_are_kept_and_the_rest_is_counted():
    whole, cut = bow_tie_table(made().responses, "en"), bow_tie_table(made().responses, "en", most=5)
    assert cut.rows[:5] == whole.rows[:5]
    assert cut.rows[5][0] == f"Rows not shown: {len(whole.rows) - 5}."
