"""Documents for the file as the tests read them back: Word by its parts; samples and the sample store, made once."""

from __future__ import annotations

import functools
import io
import re
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.table import Table as WordTable

from registry_sample import DESK, SAMPLES, TENDER, SampleStore
from report.made_reports import HOSTILE, evaluate, policy_data, read_tender, write_folder
from supplier_eval.evaluation import Evaluation
from supplier_eval.policy import Policy
from supplier_eval.report.paper import Paper
from supplier_eval.report.tender_record import TenderRecord, read_record
from supplier_eval.report.word import write_word


@functools.cache
def sample(name: str) -> Evaluation:
    """A sample tender, evaluated."""
    return evaluate(read_tender(DESK if name == "service-desk" else SAMPLES / name))


@functools.cache
def desk_record() -> TenderRecord:
    """What the sample store holds of the service desk tender after its last step."""
    with tempfile.TemporaryDirectory() as folder:
        store = SampleStore(Path(folder))
        try:
            return read_record(store.registry, TENDER)
        finally:
            store.registry.close()


def order_87(folder: Path) -> Evaluation:
    """Seven bids with hostile names under Order 87."""
    gate = {"id": "licence", "name": {"en": "Business licence", "zh": "营业执照"}, "kind": "yes"}
    gate["reviewed_by"] = {"en": "buyer", "zh": "采购人"}
    panel = {"minimum_members": 5, "minimum_members_major": 7, "odd": True, "expert_share": "0.67"}
    data = policy_data(
        regime="cn-order-87",
        gates=[gate],
        procedure={"minimum_valid_bids": 3},
        panel={**panel, "aggregation": "mean"},
        ties={"keys": ["lower_price"]},
        disclosure={"winner_price": True, "winner_total": False, "evaluator_names": True},
    )
    return evaluate(read_tender(write_folder(folder, Policy.from_mapping(data), HOSTILE)))


def bank(folder: Path) -> Evaluation:
    """Seven bids with hostile names under the World Bank's rules; two pass the technical threshold."""
    notice = {"technical_locked": "2026-03-08T09:00:00+08:00", "currency": '"USD"'}
    write_folder(folder, Policy.profile("world-bank-qcbs"), HOSTILE, notice=notice)
    for table in ("requirements.csv", "past.csv"):
        (folder / table).unlink()
    return evaluate(read_tender(folder))


@dataclass(frozen=True)
class Word:
    """A Word document read back: lines of the body, tables, foot and head, and the XML of all parts."""

    lines: list[str]
    tables: list[list[list[str]]]
    foot: str
    head: str
    parts: dict[str, str]

    @property
    def text(self) -> str:
        """All that is seen in the body."""
        cells = [cell for table in self.tables for row in table for cell in row]
        return "\n".join([*self.lines, *cells])


def read_word(path: Path) -> Word:
    """Read a Word document back."""
    made = docx.Document(str(path))
    section = made.sections[0]
    foot, head = ("\n".join(p.text for p in part.paragraphs) for part in (section.footer, section.header))
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as package:
        parts = {
            name: package.read(name).decode("utf-8") for name in package.namelist() if name.endswith((".xml", ".rels"))
        }
    return Word([p.text for p in made.paragraphs], [_cells(table) for table in made.tables], foot, head, parts)


def _cells(table: WordTable) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def as_word(paper: Paper, folder: Path) -> Word:
    """A document set as Word and read back."""
    return read_word(write_word(paper, folder / "paper.docx"))


def plain_figure(cell: str) -> float:
    """A figure as it was shown."""
    return float(re.sub(r"[, ]", "", cell.replace("−", "-")))
