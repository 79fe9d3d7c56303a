"""Why a file cannot be read: the place in our words, what a parser says in quotes, no English sentence in Chinese."""

from __future__ import annotations

import re
import tomllib

import pytest

from supplier_eval.intake.assemble import load_tender
from supplier_eval.messages.faults import LongLineError, why_not_read, why_not_toml, why_unreadable
from tender_folder import mini


def refusal(content: bytes) -> Exception:
    try:
        tomllib.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as refused:
        return refused
    raise AssertionError


@pytest.mark.parametrize(
    ("content", "en", "zh"),
    [
        (b"]bad", "Invalid statement (line 1, column 1)", "第 1 行第 1 列有误（解析器提示“Invalid statement”）"),
        (b"a = 1\nb = ", "Invalid value (at the end of the file)", "文件末尾有误（解析器提示“Invalid value”）"),
        ("a = 1\nb = '名'".encode("gb18030"), "line 2 holds bytes that are not UTF-8", "第 2 行含有非 UTF-8 的字节"),
        (b"x = " + b"[" * 9000, "it is nested too deeply", "嵌套层次过深"),
    ],
    ids=["place", "end", "bytes", "deep"],
)
def test_a_parsers_words_are_quoted_behind_the_place_that_it_names(content, en, zh):
    why = why_not_toml(refusal(content))
    assert (why.say("en"), why.say("zh"), str(why)) == (en, zh, en)


def test_a_long_line_and_words_without_a_place_are_said_too():
    assert why_not_toml(LongLineError(3, 20_000)).say("zh") == "第 3 行超过 20,000 个字符"
    assert why_not_toml(tomllib.TOMLDecodeError("odd")).say("zh") == "提示“odd”"


def test_what_the_system_says_has_words_of_our_own(tmp_path):
    with pytest.raises(OSError) as refused:
        (tmp_path / "absent").read_bytes()
    assert (why_unreadable(refused.value).say("en"), why_not_read(refused.value).say("zh")) == (
        "there is no such file",
        "文件不存在",
    )
    assert why_unreadable(OSError(5, "Input/output error")).say("zh") == "提示“Input/output error”"


def test_a_finding_about_a_broken_notice_or_policy_has_english_only_in_quotes(tmp_path):
    for name in ("tender.toml", "policy.toml"):
        _, findings = load_tender(mini(tmp_path / name, {name: "]bad"}))
        (finding,) = [f for f in findings if f.code.endswith("not_toml")]
        said = finding.say("zh")
        assert "第 1 行第 1 列有误" in said
        bare = re.sub(r"“[^”]*”", "", said).replace("UTF-8 TOML", "").replace(finding.value, "")
        assert not re.search("[A-Za-z]{2}", bare)
