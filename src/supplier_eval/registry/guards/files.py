"""Guards of attachments (§8.1.2)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from supplier_eval.errors import Finding
from supplier_eval.registry.guards.fields import filled, known_class
from supplier_eval.registry.guards.rounds import anew
from supplier_eval.registry.lifecycle import Guard, Situation
from supplier_eval.registry.records.files import Attachment


def _own_digest(situation: Situation) -> Iterable[Finding]:
    """The id is the digest: the same content is the same attachment."""
    attachment = cast(Attachment, situation.record)
    if attachment.id == attachment.digest:
        return ()
    return (Finding("attachment.id.not_digest", "attachment", "id", value=attachment.id),)


def _content_kept(situation: Situation) -> Iterable[Finding]:
    """There is an attachment where there is its content: it is handed in, never only named."""
    attachment = cast(Attachment, situation.record)
    content = situation.reader.content(attachment.digest)
    if content is not None and len(content) == attachment.size:
        return ()
    return (Finding("attachment.digest.no_content", "attachment", "digest", value=attachment.digest),)


CONTENT_KEPT = Guard("attachment.digest.no_content", "§8.1.2", _content_kept)
ID_IS_DIGEST = Guard("attachment.id.not_digest", "§8.1.2", _own_digest)
CLASS_KNOWN = known_class("attachment.data_class.unknown", "§8.1.2")
CLASS_REASON = filled("attachment.class_reason.missing", "§8.1.2", "class_reason")
CLASS_ANEW = anew("attachment.data_class.not_anew", "§8.1.2", "data_class")
REASON_ANEW = anew("attachment.class_reason.not_anew", "§8.1.2", "class_reason")
