"""Small tenders that are written as folders, read and evaluated: what the tests of the report show and check."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from supplier_eval.evaluation import Evaluation
from supplier_eval.intake.assemble import read_tender
from supplier_eval.policy import Policy
from supplier_eval.procedure import evaluate

MEMBERS = ("E1", "E2", "E3", "E4", "E5")
ANCHORS = [{"mark": 0, "words": "absent"}, {"mark": 100, "words": "excellent"}]
HOSTILE = (
    "=1+1",
    "<script>alert(1)</script>",
    "$x$ & Söhne_{GmbH}",
    "\u202eevil\u202c חברה",
    "信息技术服务外包（集团）股份有限公司" + "很长的名称" * 20,
    "+cmd|' /C calc'!A0 " + "long " * 40,
    "_hidden {{ 7*7 }} {% raw %} ${7*7}",
)


def leaf(name: str, parent: str, weight: object, **more: Any) -> dict[str, Any]:
    base: dict[str, Any] = {"id": name, "parent": parent, "weight": weight, "source": "marks"}
    base |= {"name": {"en": f"{name} (en)", "zh": f"{name}（中文）"}, **more}
    if base["source"] == "marks" and "value" not in base:
        base["anchors"] = ANCHORS
    return base


def policy_data(**changes: Any) -> dict[str, Any]:
    """Five criteria with every kind of value function, adopted; ``lowest_over_price``."""
    tops = [("qualification", 10, "资质信誉"), ("capability", 25, "专业能力"), ("quality", 25, "服务质量")]
    criteria: list[dict[str, Any]] = [
        {"id": name, "name": {"en": name.capitalize(), "zh": zh}, "weight": weight} for name, weight, zh in tops
    ]
    price = {"id": "price", "name": {"en": "Price", "zh": "价格"}, "weight": 30, "source": "price"}
    price["price"] = {"formula": "lowest_over_price"}
    emergency = {"id": "emergency", "name": {"en": "Emergency response", "zh": "应急响应"}, "weight": 10}
    criteria += [price, emergency]
    steps = {"kind": "step", "steps": [[1, 40], [3, 80], [5, 100]]}
    curve = {"kind": "exponential", "floor": 120, "target": 15, "curvature": 2}
    knots = {"kind": "piecewise_linear", "knots": [[0, 0], [3, 60], [6, 100]]}
    criteria += [
        leaf("references", "qualification", 60, source="facts", maximum=50, unit="references", value=knots),
        leaf(
            "tax-credit", "qualification", 40, source="facts", value={"kind": "rubric", "levels": {"A": 100, "B": 80}}
        ),
        leaf("team", "capability", 50),
        leaf("projects", "capability", 30, source="facts", maximum=99, unit="contracts", value=steps),
        leaf("method", "capability", 20, value={"kind": "linear", "floor": 20, "target": 90}),
        leaf("plan", "quality", 70),
        leaf("certified", "quality", 10, source="facts", value={"kind": "yes_no"}),
        leaf("past", "quality", 20, source="past", when_missing=70),
        leaf(
            "response",
            "emergency",
            60,
            source="facts",
            direction="min",
            minimum=1,
            maximum=2880,
            unit="minutes",
            value=curve,
        ),
        leaf("drills", "emergency", 40, value={"kind": "threshold", "at": 50}),
    ]
    return {
        "name": "made-policy",
        "title": {"en": "Made policy", "zh": "示例政策"},
        "regime": "service-outsourcing",
        "categories": [],
        "criteria": criteria,
        "gates": [{"id": "licence", "name": {"en": "Business licence", "zh": "营业执照"}, "kind": "yes"}],
        "floors": [{"criterion": "quality", "minimum": 30}],
        "price": {
            "abnormal": [{"kind": "below_share_of_mean", "limit": "0.6", "minimum_bids": 3}],
            "small_business_deduction": "0.1",
        },
        "panel": {"minimum_members": 5, "aggregation": "mean", "outlier_share": "0.3"},
        "ties": {"keys": ["lower_price", "higher:quality"]},
        "rounding": {"mark": 2, "criterion": 3, "total": 2},
        "adoption": {"by": "the board", "on": "2026-01-01"},
        "disclosure": {"standstill_days": 5},
        **changes,
    }


FACTS = ("licence", "references", "tax-credit", "projects", "certified", "response")


def bid_facts(i: int) -> dict[str, str]:
    grade = "A" if i % 2 else "B"
    return dict(
        zip(FACTS, ("yes", str(i % 7), grade, str(i % 6), "yes" if i % 3 else "no", str(15 + 7 * i)), strict=True)
    )


def write_folder(
    folder: Path,
    policy: Policy,
    named: Sequence[str],
    *,
    notice: Mapping[str, str] | None = None,
    ids: Sequence[str] | None = None,
    facts: Mapping[tuple[int, str], str] | None = None,
    marks: Mapping[tuple[int, str, str], float] | None = None,
    prices: Sequence[object] | None = None,
    rulings: Sequence[Mapping[str, object]] = (),
    conflicts: Mapping[str, str] | None = None,
    late: Sequence[int] = (),
    lots: Sequence[str] = ("",),
) -> Path:
    """A folder of tables: bid i of `named` goes to lot i modulo the number of lots."""
    folder.mkdir(parents=True, exist_ok=True)
    bids = list(ids or [f"B{i + 1}" for i in range(len(named))])
    (folder / "policy.toml").write_text(policy.to_toml(), encoding="utf-8")
    head = {
        "id": '"made-1"',
        "title": '{ en = "Service desk <b>2026</b>", zh = "服务台外包 2026" }',
        "buyer": '{ en = "Buyer & Co", zh = "采购公司" }',
        "policy": '"policy.toml"',
        "policy_fingerprint": f'"{policy.fingerprint}"',
        "currency": '"CNY"',
        "decimal": '"."',
        "deadline": "2026-03-05T17:00:00+08:00",
        "timezone": '"Asia/Shanghai"',
    } | dict(notice or {})
    lines = [f"{key} = {value}" for key, value in head.items()]
    lines += [f'\n[[lots]]\nid = "{lot}"\nname = "Lot {lot}"' for lot in lots if lot]
    (folder / "tender.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    rows: list[dict[str, object]] = [
        {
            "bid": bid,
            "lot": lots[i % len(lots)],
            "name": name,
            "received": "2026-03-05T17:30:00+08:00" if i in late else "2026-03-05T10:00:00+08:00",
            "small_business": "yes" if i == 1 else "no",
        }
        for i, (bid, name) in enumerate(zip(bids, named, strict=True))
    ]
    table(folder / "bids.csv", rows)
    supplied = [
        {"bid": bid, "requirement": name, "value": (facts or {}).get((i, name), value)}
        for i, bid in enumerate(bids)
        for name, value in bid_facts(i + 1).items()
    ]
    table(folder / "requirements.csv", supplied)
    given = [
        {
            "bid": bid,
            "criterion": c.id,
            "evaluator": member,
            "mark": (marks or {}).get((i, c.id, member), mark(i, j, k)),
        }
        for i, bid in enumerate(bids)
        for j, c in enumerate(leaf for leaf in policy.tree("").leaves if leaf.source == "marks")
        for k, member in enumerate(MEMBERS)
    ]
    table(folder / "marks.csv", given)
    sitting = [
        {"evaluator": m, "name": f"Dr {m}-Surname", "kind": "expert", "conflict_with": (conflicts or {}).get(m, "")}
        for m in MEMBERS
    ]
    table(folder / "evaluators.csv", sitting)
    asked = prices or [Decimal(900_000) + 37_501 * ((i * 7) % 11) for i in range(len(bids))]
    table(
        folder / "prices.csv",
        [{"bid": b, "item": "total", "amount": p} for b, p in zip(bids, asked, strict=True)],
    )
    past = [{"bidder": bid, "period": "2025", "score": 60 + i % 30} for i, bid in enumerate(bids) if i % 4]
    none = [{"bidder": bid, "period": "2025", "score": 71.5} for i, bid in enumerate(bids) if not i % 4]
    table(folder / "past.csv", [*past, *none])
    if rulings:
        table(folder / "rulings.csv", rulings)
    return folder


def mark(i: int, j: int, k: int) -> float:
    """A mark of bid i on criterion j by member k: bids differ, members differ a little."""
    return 40 + (13 * i + 7 * j) % 45 + (3 * k + i + j) % 8 / 2


def table(path: Path, rows: Sequence[Mapping[str, object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def evaluated(folder: Path, named: Sequence[str], policy: Policy | None = None, **more: Any) -> Evaluation:
    """Write the folder, read it and evaluate it."""
    policy = policy or Policy.from_mapping(policy_data())
    return evaluate(read_tender(write_folder(folder, policy, named, **more)))


def running_foot(html: str) -> str:
    """What stands at the foot of every printed page, read back from the style."""
    inside = re.search(r'@bottom-left \{ content: "([^"]*)"', html)
    return re.sub(r"\\([0-9a-f]{6})", lambda found: chr(int(found[1], 16)), inside[1]) if inside else ""


class Page(HTMLParser):
    """Reads a page back: tags with attributes, texts, and the cells of every table by the table's class."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.tables: dict[str, list[list[list[str]]]] = {}
        self.text = ""
        self._rows: list[list[str]] | None = None
        self._open = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "table":
            self._rows = []
            self.tables.setdefault(dict(attrs).get("class") or "", []).append(self._rows)
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])
        elif tag in {"td", "th"} and self._rows:
            self._rows[-1].append("")
            self._open = True

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self._open = False
        elif tag == "table":
            self._rows = None

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._open and self._rows:
            self._rows[-1][-1] += data
