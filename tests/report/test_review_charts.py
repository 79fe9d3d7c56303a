"""Which charts the page holds."""

from __future__ import annotations

from monitor_folders import two_years
from supplier_eval.report.review_charts import heaviest, loudest, page_charts, supplier_charts


def test_the_heaviest_key_rate_is_compared_and_the_loudest_chart_shown():
    answers = two_years()
    assert heaviest(answers, "rate").id == "resolution"
    assert heaviest(answers).id == "price_level"
    assert loudest(answers, "S03").id == "resolution"
    assert loudest(answers, "S04") is None


def test_pictures_stand_inside_the_page_with_their_words():
    answers = two_years()
    for picture in supplier_charts(answers, "S03", "", "en"):
        assert picture["source"].startswith("data:image/png;base64,")
        assert picture["alt"]
    assert len(supplier_charts(answers, "S04", "", "en")) == 2
    assert set(page_charts(answers, "zh")) == {"grades", "funnel", "causes"}
