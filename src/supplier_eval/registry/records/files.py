"""Attachments: content by its digest; the name that somebody gave it is data and nothing else (§8.1.2)."""

from __future__ import annotations

from typing import Annotated

from supplier_eval.policy.criteria import Words
from supplier_eval.registry.record import Count, Digest, Indexed, Line, Record, Text


class Attachment(Record):
    """A file that was handed in, kept under the digest of its content.

    The id is the digest, so that the same content is one attachment whoever hands it in, and a field that holds a
    digest can refer to it. The store writes no file under the name: the name is shown, never opened.

    Parameters
    ----------
    digest : str
        ``sha256:`` and 64 hexadecimal digits, of the content.
    name : str
        File name as given; data, never a path.
    media_type : str
        As given, ``application/pdf``; empty where nobody said.
    size : int
        Bytes.
    data_class : str
        Class of the information in it (§8.1.2).
    class_reason : str
        Why the class was changed.
    """

    kind = "attachment"
    clauses = ("§8.1.2",)
    words = Words(en="Attachment", zh="附件")

    digest: Annotated[Digest, Indexed()]
    name: Line = ""
    media_type: Line = ""
    size: Count
    data_class: Line
    class_reason: Text = ""


KINDS: tuple[type[Record], ...] = (Attachment,)
