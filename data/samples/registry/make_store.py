"""Build the sample store through the public calls: a tender from its need to its award, and what came after.

Run from the root of a checkout: ``python data/samples/registry/make_store.py out/registry.sqlite``. The tender is
that of ``data/samples/service-desk``; people, companies and figures are made up. The clock is set by hand, step by
step, so that every run gives the same store.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # the steps stand beside this file

from sample_award import award, publication, result
from sample_contracts import archives, change, contracts, milestones, secrecy
from sample_desk import Desk
from sample_risks import confidentiality, rating, rights, risks, security, warnings
from sample_service import SETTLED, TRAINED, checks, complaints, relations
from sample_tender import bids_in, need_to_decision, suppliers, tender


def service(desk: Desk) -> None:
    """Half a year of contracts up to the day of the sample, side by side."""
    work = (milestones, change, checks, *SETTLED, complaints, relations, *TRAINED)
    desk.side_by_side(*work, risks, rating, warnings, security, confidentiality, rights)
    desk.on("2026-11-30T09:00")


STEPS: tuple[Callable[[Desk], None], ...] = (
    *(need_to_decision, suppliers, bids_in, tender, result, publication, award),
    *(archives, secrecy, contracts, service),
)


def main(url: str, last: str = "") -> Desk:
    """Build the store, up to and with the step of that name; all steps without one."""
    if "://" not in url:
        Path(url).parent.mkdir(parents=True, exist_ok=True)
    desk = Desk(url)
    for step in STEPS:
        step(desk)
        if step.__name__ == last:
            break
    return desk


if __name__ == "__main__":
    made = main(sys.argv[1] if len(sys.argv) > 1 else "registry.sqlite")
    print(made.registry)
    made.registry.close()
