"""What an indicator gives: whom it concerns, the figure, the line, and the process it was seen in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Group = Literal["OCID", "Buyer", "ProcuringEntity", "Tenderer"]
GROUPS: tuple[Group, ...] = ("OCID", "Buyer", "ProcuringEntity", "Tenderer")


@dataclass(frozen=True)
class RedFlag:
    """One result of one indicator.

    Parameters
    ----------
    group : {"OCID", "Buyer", "ProcuringEntity", "Tenderer"}
        What it is about.
    id : str
        Id of the process or organisation.
    indicator : str
        ``R003`` …
    value : float
        The published output; for organisations that only took part in a flagged process it is 0 or 1.
    threshold : float or None
        The line.
    processes : tuple of str
        The flagged processes, where an organisation took part in them.
    """

    group: Group
    id: str
    indicator: str
    value: float
    threshold: float | None = None
    processes: tuple[str, ...] = ()


@dataclass
class Found:
    """Gathers red flags, one for each group, id and indicator.

    Parameters
    ----------
    meta : dict
        Indicator → name → quartile or fence.
    """

    flags: dict[tuple[Group, str, str], RedFlag] = field(default_factory=dict)
    meta: dict[str, dict[str, float]] = field(default_factory=dict)

    def add(
        self, group: Group, id_: str, indicator: str, value: float, threshold: float | None = None, process: str = ""
    ) -> None:
        """Note a red flag; of the same organisation and indicator the processes are joined."""
        known = self.flags.get((group, id_, indicator))
        processes = {*(known.processes if known else ()), *((process,) if process else ())}
        self.flags[group, id_, indicator] = RedFlag(
            group, id_, indicator, float(value), threshold, tuple(sorted(processes))
        )

    def note(self, indicator: str, **figures: float) -> None:
        """Keep quartiles and fences that were used."""
        self.meta.setdefault(indicator, {}).update(figures)

    def ordered(self) -> tuple[RedFlag, ...]:
        """By group, id and indicator."""
        place = {group: at for at, group in enumerate(GROUPS)}
        return tuple(sorted(self.flags.values(), key=lambda flag: (place[flag.group], flag.id, flag.indicator)))


def as_results(flags: tuple[RedFlag, ...]) -> dict[str, dict[str, dict[str, float]]]:
    """Group → id → indicator → value, as Cardinal writes it; groups without results are left out."""
    results: dict[str, dict[str, dict[str, float]]] = {}
    for flag in flags:
        results.setdefault(flag.group, {}).setdefault(flag.id, {})[flag.indicator] = flag.value
    return results


def rounded(meta: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """Quartiles and fences to four decimals."""
    return {indicator: {name: round(value, 4) for name, value in own.items()} for indicator, own in meta.items()}
