"""The items of the company's policy, by section: how many there are, 0 where the section itself is the item."""

from __future__ import annotations

SECTIONS = {
    **{"§1.1": 0, "§1.2": 0, "§1.3": 4, "§2.1": 2, "§2.2": 3, "§3.1": 5, "§3.2": 5, "§3.3": 4},
    **{"§4.1": 2, "§4.2": 3, "§4.3": 2, "§5.1": 2, "§5.2": 3, "§5.3": 3, "§6.1": 2, "§6.2": 2, "§6.3": 2},
    **{"§7.1": 2, "§7.2": 2, "§7.3": 2, "§8.1": 2, "§8.2": 2, "§8.3": 3, "§9.1": 2, "§9.2": 2},
}
CLAUSES = {f"{section}.{item}" for section, count in SECTIONS.items() for item in range(1, count + 1)}
CLAUSES |= {section for section, count in SECTIONS.items() if not count}
