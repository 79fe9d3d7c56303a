"""Days and moments inside a sentence, as people write them; what is no day by itself stays as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supplier_eval.messages import Lang

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
DAY = r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])-(?P<day>[0-3]\d)"
MOMENT = r"(?:[T ](?P<time>\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(?P<zone>[+-]\d\d:\d\d)?)?"
WHOLE = re.compile(rf"(?P<before>(?:[≥≤<>] )?){DAY}{MOMENT}(?P<after>(?: \+ \d+ .{{1,2}})?)")


def said_day(text: str, lang: Lang) -> str:
    """A fact that is a day or a moment and nothing else, a limit before it or a margin behind it allowed.

    Examples
    --------
    >>> from supplier_eval.messages.days import said_day
    >>> said_day("2026-03-10 09:30:00+08:00", "en"), said_day("≥ 2026-03-10", "zh"), said_day("T-2026-03-10", "en")
    ('10 March 2026, 09:30 (UTC+08:00)', '≥ 2026年3月10日', 'T-2026-03-10')
    """
    found = WHOLE.fullmatch(text)
    if found is None:
        return text
    year, month, day = int(found["year"]), int(found["month"]), int(found["day"])
    zone = "" if found["zone"] is None else "UTC" if found["zone"][1:] == "00:00" else f"UTC{found['zone']}"
    if lang == "zh":
        said = (
            f"{year}年{month}月{day}日"
            + (f" {found['time']}" if found["time"] else "")
            + (f"（{zone}）" if zone else "")
        )
    else:
        time = f", {found['time']}" if found["time"] else ""
        said = f"{day} {MONTHS[month - 1]} {year}{time}" + (f" ({zone})" if zone else "")
    return f"{found['before']}{said}{found['after']}"
