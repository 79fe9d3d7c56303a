"""What stands against an attachment (§8.1.2)."""

from __future__ import annotations

from registry_shelf import objections, situation
from supplier_eval.registry.guards import files as guards
from supplier_eval.registry.records.files import Attachment

DIGEST = "sha256:" + "a" * 64


def test_its_id_is_the_digest_of_its_content():
    own = Attachment(id=DIGEST, digest=DIGEST, size=3, data_class="public")
    assert objections(guards.ID_IS_DIGEST, situation(own)) == []
    other = Attachment(id="plan.pdf", digest=DIGEST, size=3, data_class="public")
    assert objections(guards.ID_IS_DIGEST, situation(other)) == [("attachment.id.not_digest", "id")]


def test_it_is_there_where_its_content_is():
    named = Attachment(id=DIGEST, digest=DIGEST, size=3, data_class="public")
    code = [("attachment.digest.no_content", "digest")]
    assert objections(guards.CONTENT_KEPT, situation(named)) == code
    assert objections(guards.CONTENT_KEPT, situation(named, contents={DIGEST: b"four"})) == code
    assert objections(guards.CONTENT_KEPT, situation(named, contents={DIGEST: b"abc"})) == []


def test_its_class_is_one_that_the_rules_know():
    wrong = Attachment(id=DIGEST, digest=DIGEST, size=3, data_class="cosmic")
    assert objections(guards.CLASS_KNOWN, situation(wrong)) == [("attachment.data_class.unknown", "data_class")]
