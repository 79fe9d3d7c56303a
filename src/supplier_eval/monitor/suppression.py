"""Which groups of a tree of results may not be shown, so that no small group can be read off or worked out.

A group is small if it has fewer than so many people or records. Its figure could still be worked out from the total of
its siblings; so as many siblings go with it, the smallest first, until at least two are hidden and what is hidden
together is no small group either. Below a hidden group everything is hidden.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

Hidden = Literal["", "few", "complement"]


def hidden_groups(
    parents: Mapping[str, str], records: Mapping[str, int], people: Mapping[str, int | None], least: int = 5
) -> dict[str, Hidden]:
    """Say of every group whether it is hidden, and why.

    Parameters
    ----------
    parents : mapping of str to str
        Group → the group above it; the top has the empty text.
    records : mapping of str to int
        Records of each group; those of siblings add up to their parent's.
    people : mapping of str to int or None
        How many people each group has; None where nobody knows.
    least : int
        Fewer people or records are a small group.

    Returns
    -------
    dict of str to {"", "few", "complement"}
        ``few`` for small groups, ``complement`` for those that are hidden for another's sake.
    """
    children: dict[str, list[str]] = {}
    for group, parent in sorted(parents.items()):
        children.setdefault(parent, []).append(group)
    hidden: dict[str, Hidden] = {}
    waiting = [""]
    while waiting:
        parent = waiting.pop()
        siblings = children.get(parent, [])
        hidden |= _of_siblings(siblings, bool(parent and hidden[parent]), records, people, least)
        waiting += siblings
    return hidden


def _of_siblings(
    siblings: Sequence[str],
    below_hidden: bool,
    records: Mapping[str, int],
    people: Mapping[str, int | None],
    least: int,
) -> dict[str, Hidden]:
    found: dict[str, Hidden] = {group: "few" if _small(group, records, people, least) else "" for group in siblings}
    if below_hidden:
        return {group: why or "complement" for group, why in found.items()}
    gone = [group for group in siblings if found[group]]
    if not gone:
        return found
    others = sorted((group for group in siblings if not found[group]), key=lambda group: (records[group], group))
    for group in others:
        if _safe([one for one in gone if records[one]], records, people, least):
            break
        found[group] = "complement"
        gone.append(group)
    return found


def _safe(gone: Sequence[str], records: Mapping[str, int], people: Mapping[str, int | None], least: int) -> bool:
    """Whether what is hidden together, which anybody can work out, is no small group."""
    known = [people[one] for one in gone]
    crowd = least if None in known else sum(n for n in known if n is not None)
    return len(gone) > 1 and sum(records[one] for one in gone) >= least and crowd >= least


def _small(group: str, records: Mapping[str, int], people: Mapping[str, int | None], least: int) -> bool:
    known = people[group]
    return 0 < records[group] < least or (records[group] > 0 and known is not None and known < least)
