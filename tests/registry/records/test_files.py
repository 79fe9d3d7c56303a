"""A file is its digest; what it was called is data."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from supplier_eval.registry.records.files import Attachment

DIGEST = "sha256:" + "0" * 64
GIVEN = {"id": DIGEST, "digest": DIGEST, "size": 3, "data_class": "public"}


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "=cmd|' /C calc'!A0", "C:\\boot.ini", "<b>x</b>", "\u202egpj.exe"]
)
def test_a_hostile_name_is_kept_as_it_is(name):
    assert Attachment(**GIVEN, name=name).name == name


@pytest.mark.parametrize("fields", [{"digest": "md5:0"}, {"digest": "sha256:XYZ"}, {"size": -1}, {"name": "a\x00b"}])
def test_what_is_no_digest_size_or_name_is_refused(fields):
    with pytest.raises(ValidationError):
        Attachment(**{**GIVEN, **fields})
