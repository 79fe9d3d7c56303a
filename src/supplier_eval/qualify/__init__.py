"""Who may be considered, and why not: gates, late and incomplete bids, cases that people rule on."""

from supplier_eval.qualify.cases import abnormal_prices, price_gates
from supplier_eval.qualify.gates import GateCheck, Qualification, check_gate, qualify_bids

__all__ = ["GateCheck", "Qualification", "abnormal_prices", "check_gate", "price_gates", "qualify_bids"]
