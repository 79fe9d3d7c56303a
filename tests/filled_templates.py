"""A tender to be filled in, filled in by a script: every gate passed, every figure at its best, prices apart."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl

from supplier_eval.policy import Policy
from supplier_eval.policy.criteria import Criterion
from supplier_eval.policy.rules import Gate

MOMENT = "2026-03-10T09:30:00+08:00"
BIDS, EVALUATORS = ("A", "B", "C"), ("E1", "E2", "E3", "E4", "E5")
Answer = Callable[[str, int, dict[str, str]], dict[str, str]]


def best(policy: Policy) -> Answer:
    """What a script writes into a row of a table, by the policy."""
    gates, criteria = ({one.id: one for one in some} for some in (policy.gates, policy.criteria))

    def answer(table: str, at: int, row: dict[str, str]) -> dict[str, str]:
        if table == "bids":
            return {"name": f"Firm {row['bid']}", "received": "2026-03-09T09:30:00+08:00"}
        if table == "evaluators":
            return {"name": f"Member {row['evaluator']}", "kind": "expert"}
        if table == "requirements":
            wanted = gates.get(row["requirement"]) or criteria[row["requirement"]]
            return {"value": _value(wanted)}
        if table == "marks":
            return {"mark": _value(criteria[row["criterion"]])}
        return {"amount": str(100_000 + 1000 * at)} if table == "prices" else {}

    return answer


def _value(wanted: Gate | Criterion) -> str:
    if isinstance(wanted, Gate):
        known = {"yes": "yes", "valid_until": "permanent", "none_since": "none"}
        return known.get(wanted.kind, str(wanted.limit))
    kind = wanted.value.kind if wanted.value is not None else ""
    if kind in {"rubric", "yes_no"}:
        return "yes" if kind == "yes_no" else next(iter(wanted.value.levels))
    return str(wanted.maximum if wanted.direction == "max" else wanted.minimum)


def fill_notice(folder: Path, ceiling: str = "200000") -> None:
    """State deadline, lock and ceiling: the keys that stand behind a #."""
    file = folder / "tender.toml"
    text = re.sub(r"# (deadline|technical_locked) = .*", rf"\1 = {MOMENT}", file.read_text(encoding="utf-8"))
    file.write_text(re.sub(r"# ceiling = .*", f"ceiling = {ceiling}", text), encoding="utf-8")


def fill_table(file: Path, answer: Answer) -> None:
    """Fill the rows of one table; one whose answer is empty stays as it is."""
    rows = read_rows(file)
    write_rows(file, [row | answer(file.stem, at, row) for at, row in enumerate(rows)])


def fill_folder(folder: Path, answer: Answer, *, without: tuple[str, ...] = ()) -> Path:
    """Fill the notice and all tables but some."""
    fill_notice(folder)
    for file in folder.glob("*.csv"):
        if file.stem not in without:
            fill_table(file, answer)
    return folder


def fill_book(file: Path, answer: Answer) -> Path:
    """Fill a workbook: the keys of the notice, the ceiling, and all tables."""
    book = openpyxl.load_workbook(file)
    for row in book["tender"].iter_rows(min_row=2):
        if row[0].value in {"deadline", "technical_locked"}:
            row[1].value = MOMENT
    for row in book["lots"].iter_rows(min_row=2):
        row[3].value = 200_000
    for sheet in book:
        names = [cell.value for cell in sheet[1]]
        for at, cells in enumerate(sheet.iter_rows(min_row=2)):
            row = {name: cell.value or "" for name, cell in zip(names, cells, strict=True)}
            for name, text in answer(sheet.title, at, row).items() if "bid" in row or "evaluator" in row else ():
                cells[names.index(name)].value = float(text) if re.fullmatch(r"[\d.]+", text) else text
    book.save(file)
    return file


def read_rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def write_rows(file: Path, rows: list[dict[str, str]]) -> None:
    """Write rows under the header that the file has."""
    header = file.read_text(encoding="utf-8").splitlines()[0].split(",")
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
