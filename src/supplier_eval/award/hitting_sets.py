"""Which sets of rules are still worth a question, when some conflicts and some corrections are known.

A seed leaves out a smallest set of rules that hits every conflict known so far (else it would hold one of them) and
that holds no correction known so far (else it would leave out more than is needed). This is the map of Liffiton and
Malik (2013) with maximal seeds; hitting sets as in Reiter (1987), "A theory of diagnosis from first principles".
"""

from __future__ import annotations

from collections.abc import Iterable


class Seeds:
    """What is known about sets of rules, and the next set to ask about.

    Parameters
    ----------
    order : iterable of str
        All rules, in canonical order: it decides which seed comes first.
    """

    def __init__(self, order: Iterable[str]) -> None:
        self.order = tuple(order)
        self.corrections: list[frozenset[str]] = []
        self.unknown: list[frozenset[str]] = []
        self._conflicts: dict[frozenset[str], bool] = {}

    @property
    def conflicts(self) -> list[frozenset[str]]:
        """Conflicts, none of which holds another."""
        return list(self._conflicts)

    @property
    def unproven(self) -> list[frozenset[str]]:
        """Conflicts of which a part may conflict already."""
        return [rules for rules, proven in self._conflicts.items() if not proven]

    def conflict(self, rules: frozenset[str], proven: bool) -> None:
        """Rules that cannot hold together; `proven`: and any fewer of them can."""
        self._conflicts = {known: sure for known, sure in self._conflicts.items() if not rules <= known}
        self._conflicts[rules] = proven

    def correct(self, left_out: frozenset[str]) -> None:
        """A set that it is enough to leave out."""
        self.corrections.append(left_out)

    def give_up(self, left_out: frozenset[str]) -> None:
        """A set of which nobody could tell whether it is enough to leave it out; it is not asked about again."""
        self.unknown.append(left_out)

    def following(self) -> frozenset[str] | None:
        """What the next seed leaves out; None where every set of rules was decided, or asked about in vain."""
        found = self._hitting(frozenset())
        if found is None:
            return None
        for rule in reversed([key for key in self.order if key in found]):
            fewer = found - {rule}
            if fewer not in self.unknown and all(fewer & rules for rules in self._conflicts):
                found = fewer
        return found

    def _hitting(self, chosen: frozenset[str]) -> frozenset[str] | None:
        """A set that holds `chosen`, hits every conflict, holds no correction and was not asked about; depth first."""
        if any(known <= chosen for known in self.corrections):
            return None
        missed = next((rules for rules in self._conflicts if not rules & chosen), None)
        if missed is None and chosen not in self.unknown:
            return chosen
        further = missed if missed is not None else set(self.order) - chosen
        for rule in (key for key in self.order if key in further):
            found = self._hitting(chosen | {rule})
            if found is not None:
                return found
        return None
