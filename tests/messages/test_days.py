"""A day inside a sentence is written as the language has it; nothing else is touched."""

from __future__ import annotations

import pytest

from supplier_eval.flags import Reason
from supplier_eval.messages.days import said_day
from supplier_eval.report.formats import day, moment

ISO = "2026-03-05"


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        (ISO, "5 March 2026", "2026年3月5日"),
        ("2026-11-30 09:30:00+08:00", "30 November 2026, 09:30 (UTC+08:00)", "2026年11月30日 09:30（UTC+08:00）"),
        ("2026-11-30T09:30+00:00", "30 November 2026, 09:30 (UTC)", "2026年11月30日 09:30（UTC）"),
        ("< 2023-12-31", "< 31 December 2023", "< 2023年12月31日"),
        ("≥ 2026-03-10 + 90 天", "≥ 10 March 2026 + 90 天", "≥ 2026年3月10日 + 90 天"),
        *(
            (same, same, same)
            for same in ("", "T-2026-03-05", "2026-03-05-A", "on 2026-03-05", "2026-13-05", "1,234.50")
        ),
    ],
)
def test_a_day_is_written_as_the_language_has_it(text, english, chinese):
    assert (said_day(text, "en"), said_day(text, "zh")) == (english, chinese)


def test_it_is_written_as_reports_write_days():
    from datetime import datetime

    at = datetime.fromisoformat("2026-03-05T17:00+08:00")
    for lang in ("en", "zh"):
        assert said_day(ISO, lang) == day(at.date(), lang)
        assert said_day(at.isoformat(), lang) == moment(at, lang)


def test_a_reason_says_its_days_and_leaves_what_people_wrote():
    facts = {"received": "2026-03-10 09:37:00+08:00", "deadline": "2026-03-10 09:30:00+08:00", "minutes": "7"}
    late = Reason("qualify.late", "§3.2.2", facts)
    assert late.say("zh").startswith("迟到：2026年3月10日 09:37（UTC+08:00） 收到")
    assert late.say("en").startswith("Late: received 10 March 2026, 09:37 (UTC+08:00), 7 min")
    assert late.facts["received"] == facts["received"]
