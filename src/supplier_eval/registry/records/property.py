"""To be declared."""

from __future__ import annotations

from supplier_eval.registry.record import Record

KINDS: tuple[type[Record], ...] = ()
