"""What came in: the notice, the tables, their checks; `read_tender` is the front."""

from supplier_eval.intake.assemble import load_tender, read_tender
from supplier_eval.intake.notice import Item, Lot, Notice
from supplier_eval.intake.template import write_template
from supplier_eval.intake.tender import Evaluator, Fact, PastScore, Tender

__all__ = [
    "Evaluator",
    "Fact",
    "Item",
    "Lot",
    "Notice",
    "PastScore",
    "Tender",
    "load_tender",
    "read_tender",
    "write_template",
]
