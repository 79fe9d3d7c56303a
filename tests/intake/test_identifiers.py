import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.intake.identifiers import id_key, look_alikes, normalise_id, tidy_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("00123", "00123"),
        (" ００１２３\u3000", "00123"),
        ("Ｂ（１）", "B(1)"),
        ("B\u200b-\u202e1\ufeff", "B-1"),
        ("B\x00\x1b1", "B1"),
        ("葛\U000e0100", "葛"),
        ("e\u0301", "é"),
        ("NA", "NA"),
        ("", ""),
    ],
)
def test_an_id_has_one_form(text, expected):
    assert normalise_id(text) == expected


def test_ids_are_compared_without_case_but_kept_with_it():
    assert id_key("Straße-A") == id_key("STRASSE-ａ")
    assert normalise_id("Straße-A") == "Straße-A"
    assert id_key("00123") != id_key("123")


@given(st.text(max_size=12))
def test_normalising_twice_changes_nothing(text):
    assert normalise_id(normalise_id(text)) == normalise_id(text)
    assert id_key(id_key(text)) == id_key(text)
    assert id_key(normalise_id(text)) == id_key(text)


def test_free_text_keeps_its_signs_and_loses_only_control_characters():
    assert tidy_text(" 北京（集团）\x00\u202eＡ\n二部\t① ") == "北京（集团）Ａ 二部 ①"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A1", "a1"),
        ("B0", "BO"),
        ("S1", "SI"),
        ("S1", "Sl"),
        ("A-1", "\u0410-1"),
        ("P7", "\u03a17"),
        ("B7", "В7"),
        ("X-1", "X–1"),
        ("S 01", "S01"),
    ],
)
def test_ids_that_a_reader_could_mix_up_are_paired(one, other):
    assert look_alikes([one, other, "quite different"]) == [tuple(sorted((one, other)))]


def test_the_same_id_in_two_spellings_of_width_is_no_pair():
    assert look_alikes(["B1", "Ｂ１", " B1 ", "", "\u200b"]) == []


def test_three_of_a_kind_give_three_pairs_and_the_count_is_bounded():
    assert look_alikes(["B0", "BO", "bo"]) == [("B0", "BO"), ("B0", "bo"), ("BO", "bo")]
    many = ["".join("0" if i >> bit & 1 else "O" for bit in range(8)) for i in range(256)]
    assert len(look_alikes(many)) == 1_000
    assert len(look_alikes(many, most=7)) == 7


@given(st.lists(st.text("AB01OIl-", min_size=1, max_size=3), max_size=8), st.randoms(use_true_random=False))
def test_pairs_do_not_depend_on_order(ids, random):
    shuffled = ids.copy()
    random.shuffle(shuffled)
    assert look_alikes(shuffled) == look_alikes(ids)
