"""Life cycle of attachments (§8.1.2): content never changes, its class may."""

from __future__ import annotations

from supplier_eval.registry.guards import files as guards
from supplier_eval.registry.lifecycle import LifeCycle, Move

ATTACHMENT = LifeCycle(
    kind="attachment",
    moves=(
        Move("add", "", "kept", "§8.1.2", guards=(guards.ID_IS_DIGEST, guards.CONTENT_KEPT, guards.CLASS_KNOWN)),
        Move(
            "reclassify",
            "kept",
            "kept",
            "§8.1.2",
            ("data_class",),
            ("class_reason",),
            (guards.CLASS_KNOWN, guards.CLASS_REASON, guards.CLASS_ANEW, guards.REASON_ANEW),
        ),
    ),
    closed=("kept",),
)

LIFE_CYCLES: tuple[LifeCycle, ...] = (ATTACHMENT,)
