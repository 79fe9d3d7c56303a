"""What several commands take."""

from __future__ import annotations

import pytest

from supplier_eval.cli.options import Format, Language
from supplier_eval.messages import LANGS


def test_every_language_of_the_messages_can_be_asked_for():
    assert [language.value for language in Language] == list(LANGS)


@pytest.mark.parametrize("name", ["table", "json"])
def test_a_format_is_its_name(name):
    assert Format(name) == name
