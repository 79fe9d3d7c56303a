r"""Targets broken down from the contract to teams, posts and persons, each with an owner (§5.1.2).

A level keeps what the level above promised only if the mix of its targets does: with volumes :math:`v_i` and targets
:math:`t_i` of the groups below one node,

.. math:: \sum_i v_i t_i \Big/ \sum_i v_i

must be no worse than the node's own target. That is exact for shares, means and ratios. A percentile of the whole is
no mean of percentiles: there every group's target must be as good as the node's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.identifiers import id_key
from supplier_eval.monitor.kpi_asked import asked_kpis
from supplier_eval.monitor.kpi_definitions import KpiDefinition
from supplier_eval.monitor.record_tables import LEVELS
from supplier_eval.monitor.records import ServiceRecords
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

TABLE = "targets"


@dataclass(frozen=True)
class Target:
    """The target of one node for one KPI.

    Parameters
    ----------
    target, volume : Decimal
        In the unit of the KPI; volume in any unit, the same below one node.
    row : int
        Row of the table.
    """

    supplier: str
    kpi: str
    level: str
    node: str
    parent: str
    target: Decimal
    owner: str
    volume: Decimal
    row: int


@dataclass(frozen=True, eq=False)
class TargetCascade(Shown):
    """All targets, and what is wrong with the way they were broken down.

    Parameters
    ----------
    targets : tuple of Target
        In canonical order: supplier, KPI, level, node.
    mixes : mapping of (str, str, str) to Decimal
        Supplier, KPI and node → what the targets below it come to together, where they are a mix.
    findings : tuple of Finding
        Owners missing, orphans, circles, gaps, targets that miss the target above.
    """

    targets: tuple[Target, ...]
    mixes: Mapping[tuple[str, str, str], Decimal]
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """Whether every level keeps what the level above promised."""
        return not self.findings

    def target_of(self, supplier: str, kpi: str, node: str) -> Decimal | None:
        """The target of a node; None where none is stated."""
        key = tuple(id_key(text) for text in (supplier, kpi, node))
        return next((one.target for one in self.targets if _key(one) == key), None)

    def to_frame(self) -> pd.DataFrame:
        """One row a target: supplier, kpi, level, node, parent, target, owner, volume, mix (of the targets below)."""
        import pandas as pd

        columns = ["supplier", "kpi", "level", "node", "parent", "target", "owner", "volume"]
        frame = pd.DataFrame([[getattr(one, name) for name in columns] for one in self.targets], columns=columns)
        frame["mix"] = [float(self.mixes[_key(one)]) if _key(one) in self.mixes else None for one in self.targets]
        return frame.astype({"target": "float64", "volume": "float64", "mix": "float64"})

    def __repr__(self) -> str:
        return f"TargetCascade({len(self.targets)} targets, {len(self.findings)} findings)"


def cascade_targets(records: ServiceRecords, kpis: Iterable[KpiDefinition] | KpiDefinition) -> TargetCascade:
    """Take the targets of the table ``targets`` and check each level against the one above.

    Parameters
    ----------
    records : ServiceRecords
        With the table ``targets``.
    kpis : KpiDefinition or iterable of them
        What the targets belong to; the contract's target of a supplier must be the KPI's.

    Returns
    -------
    TargetCascade
        With every finding; a cascade that does not hold is an answer, too.

    Raises
    ------
    InvalidInput
        Where there is no table of targets.
    """
    if not isinstance(records, ServiceRecords) or TABLE not in records:
        raise InvalidInput([Finding("targets.none", TABLE)], TABLE)
    defined = {id_key(kpi.id): kpi for kpi in asked_kpis(kpis)}
    targets = _targets(records[TABLE])
    found: list[Finding] = []
    mixes: dict[tuple[str, str, str], Decimal] = {}
    trees: dict[tuple[str, str], list[Target]] = {}
    for one in targets:
        trees.setdefault(_key(one)[:2], []).append(one)
        if not one.owner:
            found.append(_finding("targets.owner.missing", one, "owner"))
    for (_, kpi), tree in trees.items():
        if kpi not in defined:
            known = {"known": ", ".join(one.id for one in defined.values())}
            found.append(_finding("targets.kpi.unknown", tree[0], "kpi", tree[0].kpi, **known))
            continue
        found += _shape(tree) + _contract(tree, defined[kpi])
        for node in tree:
            found += _below(node, tree, defined[kpi], mixes)
    return TargetCascade(targets, mixes, tuple(found))


def _targets(frame: pd.DataFrame) -> tuple[Target, ...]:
    rows = [
        Target(
            **{name: str(row[name]) for name in ("supplier", "kpi", "level", "node", "parent", "owner")},
            target=Decimal(repr(float(row["target"]))),
            volume=Decimal(repr(float(row["volume"]))),
            row=int(row["row"]),
        )
        for _, row in frame.iterrows()
    ]
    return tuple(sorted(rows, key=lambda one: (*_key(one)[:2], LEVELS.index(one.level), _key(one)[2])))


def _key(one: Target) -> tuple[str, str, str]:
    return (id_key(one.supplier), id_key(one.kpi), id_key(one.node))


def _finding(code: str, one: Target, column: str, value: object = "", **facts: object) -> Finding:
    return Finding(code, TABLE, column, (one.row,), str(value or one.node), facts)


def _shape(tree: list[Target]) -> list[Finding]:
    """One contract on top, every parent there and one level up or more, no circle."""
    by_node = {id_key(one.node): one for one in tree}
    found = []
    tops = [one for one in tree if one.level == "contract"]
    if len(tops) != 1:
        found.append(_finding("targets.contract.count", tree[0], "level", len(tops) or "0", kpi=tree[0].kpi))
    for one in tree:
        above = by_node.get(id_key(one.parent)) if one.parent else None
        if one.level == "contract":
            if one.parent:
                found.append(_finding("targets.parent.on_top", one, "parent", one.parent))
        elif above is None:
            found.append(_finding("targets.parent.orphan", one, "parent", one.parent or one.node))
        elif _circle(one, by_node):
            found.append(_finding("targets.parent.circle", one, "parent"))
        elif LEVELS.index(above.level) >= LEVELS.index(one.level):
            found.append(_finding("targets.parent.level", one, "level", one.level, above=above.level))
    return found


def _circle(one: Target, by_node: Mapping[str, Target]) -> bool:
    seen, at = {id_key(one.node)}, one
    while at.parent and id_key(at.parent) in by_node:
        at = by_node[id_key(at.parent)]
        if id_key(at.node) in seen:
            return True
        seen.add(id_key(at.node))
    return False


def _contract(tree: list[Target], kpi: KpiDefinition) -> list[Finding]:
    """The contract's node must state the contract's target."""
    return [
        _finding("targets.contract.other", one, "target", one.target, kpi=kpi.id, target=f"{kpi.target:f}")
        for one in tree
        if one.level == "contract" and one.target != kpi.target
    ]


def _below(
    node: Target, tree: list[Target], kpi: KpiDefinition, mixes: dict[tuple[str, str, str], Decimal]
) -> list[Finding]:
    """What the targets below a node come to, and whether its volume is all there."""
    below = [one for one in tree if one.parent and id_key(one.parent) == id_key(node.node)]
    if not below:
        return []
    found = []
    volume = sum((one.volume for one in below), Decimal(0))
    if volume != node.volume:
        found.append(
            _finding("targets.volume.gap", node, "volume", node.node, sum=f"{volume:f}", own=f"{node.volume:f}")
        )
    sign = 1 if kpi.direction == "max" else -1
    if kpi.kind in {"percentile", "index"}:
        loose = [one for one in below if sign * (one.target - node.target) < 0]
        facts = {"node": node.node, "target": f"{node.target:f}"}
        return found + [_finding("targets.target.looser", one, "target", one.node, **facts) for one in loose]
    if volume <= 0:
        return found
    whole = sum((one.volume * one.target for one in below), Decimal(0))
    mixes[_key(node)] = whole / volume
    if sign * (whole - node.target * volume) < 0:
        facts = {"mix": f"{float(whole / volume):.6g}", "target": f"{node.target:f}"}
        found.append(_finding("targets.target.missed", node, "target", node.node, **facts))
    return found
