"""Guards of attachments (§8.1.2)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from supplier_eval.errors import Finding
from supplier_eval.registry.guards.fields import anew, filled, known_class
from supplier_eval.registry.lifecycle import Guard, Situation
from supplier_eval.registry.records.files import Attachment


def _own_digest(situation: Situation) -> Iterable[Finding]:
    """The id is the digest: the same content is the same attachment."""
    attachment = cast(Attachment, situation.record)
    if attachment.id == attachment.digest:
        return ()
    return (Finding("attachment.id.not_digest", "attachment", "id", value=attachment.id),)


ID_IS_DIGEST = Guard("attachment.id.not_digest", "§8.1.2", _own_digest)
CLASS_KNOWN = known_class("attachment.data_class.unknown", "§8.1.2")
CLASS_REASON = filled("attachment.class_reason.missing", "§8.1.2", "class_reason")
CLASS_ANEW = anew("attachment.data_class.not_anew", "§8.1.2", "data_class")
REASON_ANEW = anew("attachment.class_reason.not_anew", "§8.1.2", "class_reason")
