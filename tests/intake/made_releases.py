"""OCDS releases for tests: the good one of the fixtures, changed where a test wants it wrong."""

from __future__ import annotations

import copy
import json
import shutil
from pathlib import Path
from typing import Any

from supplier_eval.errors import Finding
from supplier_eval.intake.gathered import Gathered
from supplier_eval.intake.json_walk import Node
from supplier_eval.policy import Policy
from supplier_eval.procedure import check_tender

FIXTURES = Path(__file__).parents[1] / "fixtures" / "ocds"
PACKAGE = json.loads((FIXTURES / "payroll.json").read_text(encoding="utf-8"))
BESIDE = ("payroll.tender.toml", "payroll.policy.toml")


def release(**bid: Any) -> dict[str, Any]:
    """The release of the fixture; keywords change its first bid."""
    whole = copy.deepcopy(PACKAGE["releases"][0])
    whole["bids"]["details"][0] |= bid
    return whole


def small(**bid: Any) -> dict[str, Any]:
    """A release with two bids and nothing that is not needed; keywords change the first bid."""
    euros = [{"amount": amount, "currency": "EUR"} for amount in (100, 80)]
    details = [
        {"id": f"B{i}", "tenderers": [{"id": f"S{i}", "name": f"Supplier {i}"}], "value": value}
        for i, value in enumerate(euros, start=1)
    ]
    details[0] |= bid
    return {"ocid": "ocds-ex4mpl-1", "tender": {"title": "Cleaning"}, "bids": {"details": details}}


def price_only(**changes: Any) -> Policy:
    """A policy that scores the price and nothing else."""
    price = {
        "id": "price",
        "name": "price",
        "weight": 100,
        "source": "price",
        "price": {"formula": "lowest_over_price"},
    }
    abnormal = {"abnormal": [{"kind": "below_share_of_mean", "limit": "0.1"}]}
    base = {"name": "price-only", "currency": "EUR", "categories": [], "criteria": [price], "price": abnormal}
    return Policy.from_mapping(base | changes)


def write(folder: Path, document: Any, beside: tuple[str, ...] = BESIDE, name: str = "payroll") -> Path:
    """A folder with the document and copies of the files that stand beside the fixture."""
    for file in beside:
        shutil.copy(FIXTURES / file, folder / file)
    path = folder / f"{name}.json"
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path


def checked(folder: Path, document: Any, policy: Policy | None = None) -> dict[str, Finding]:
    """Findings by code of a lone document under a policy (price only, if none is given)."""
    found = check_tender(write(folder, document, beside=()), policy or price_only())
    for finding in found:
        assert finding.line("en") and finding.line("zh")
    return {f.code: f for f in found if f.severity == "error" or f.code.startswith("ocds.")}


def node(value: dict[str, Any]) -> Node:
    """The top of a document."""
    return Node(value, Gathered("release"))
