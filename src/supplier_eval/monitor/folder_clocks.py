"""The clocks of a folder of records: every ``calendar*.toml`` in it, and one that never stops."""

from __future__ import annotations

from pathlib import Path

from supplier_eval.clock import BusinessClock
from supplier_eval.errors import Finding, InvalidInput

ALWAYS = "always"


def folder_clocks(place: Path, found: list[Finding]) -> dict[str, BusinessClock]:
    """Read the calendars of a folder.

    Parameters
    ----------
    place : Path
        The folder.
    found : list of Finding
        Findings about the calendars are added to it.

    Returns
    -------
    dict of str to BusinessClock
        By the name that a calendar states, in the order of the file names; ``always`` in their time zone unless a
        calendar has that name. The only calendar stands under the empty name too, so that KPIs need not name it. Empty
        where the folder has no calendar.
    """
    clocks: dict[str, BusinessClock] = {}
    for file in sorted(place.glob("calendar*.toml")):
        try:
            clock = BusinessClock.load(file)
        except InvalidInput as refused:
            found += refused.findings
            continue
        if clock.calendar.name in clocks:
            found.append(Finding("records.calendar_twice", "calendar", "name", value=clock.calendar.name))
        clocks[clock.calendar.name] = clock
    if not clocks:
        return {}
    named = tuple(clocks.values())
    if ALWAYS not in clocks:
        clocks[ALWAYS] = BusinessClock.always(named[0].timezone)
    return {"": named[0], **clocks} if len(named) == 1 else clocks
