"""To be declared."""

from __future__ import annotations

from supplier_eval.registry.lifecycle import LifeCycle

LIFE_CYCLES: tuple[LifeCycle, ...] = ()
