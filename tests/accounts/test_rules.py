"""Who asks, and what papers must look like: no real number is refused, each slip of the pen is found."""

import csv
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.accounts import rules
from onewindow.accounts.rules import Duty, IdType, Public, Resident, Staff, System
from onewindow.core.errors import Refusal
from tests.accounts.given import lines_of

TODAY = date(2026, 11, 24)
CODES = [row["code"] for row in csv.DictReader(line for line in lines_of("places/issued_codes.csv") if line[0] != "#")]
OLD_CODES = sorted({code for code in CODES if not code.endswith("00")})

births = st.dates(min_value=date(1900, 1, 1), max_value=TODAY)
areas = st.one_of(st.sampled_from(OLD_CODES), st.integers(110000, 659999).map(str))
numbers = st.builds(rules.identity_number, areas, births, st.integers(0, 999))


@given(numbers)
def test_every_number_that_can_have_been_given_is_accepted(number):
    assert rules.check_identity(IdType.RESIDENT_ID, number, TODAY) == number


@given(st.sampled_from(OLD_CODES), st.dates(date(1940, 1, 1), date(1982, 12, 31)), st.integers(0, 999))
def test_people_born_long_before_their_code_was_made_are_accepted(area, birth, serial):
    number = rules.identity_number(area, birth, serial)
    assert rules.identity_fault(IdType.RESIDENT_ID, number, TODAY) == ""


@given(numbers, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_every_single_changed_character_is_caught(number, place, sign):
    changed = number[:place] + sign + number[place + 1 :]
    fault = rules.identity_fault(IdType.RESIDENT_ID, changed, TODAY)
    assert (fault == "") == (changed == number)


@given(numbers, st.integers(0, 16))
def test_every_swap_of_neighbours_is_caught(number, place):
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    fault = rules.identity_fault(IdType.RESIDENT_ID, swapped, TODAY)
    assert (fault == "") == (swapped == number)


@given(st.integers(0, 10**15 - 1).map("{:015d}".format))
def test_fifteen_digits_have_a_message_of_their_own(number):
    with pytest.raises(Refusal, match=r"accounts\.identity\.fifteen"):
        rules.check_identity(IdType.RESIDENT_ID, number, TODAY)


@pytest.mark.parametrize(
    ("kind", "number", "fault"),
    [
        (IdType.RESIDENT_ID, "11010519491231002X", ""),
        (IdType.RESIDENT_ID, " 11010519491231002x ", ""),
        (IdType.RESIDENT_ID, "110105 19491231 002X", ""),
        (IdType.RESIDENT_ID, "110105194912310021", "accounts.identity.digit"),
        (IdType.RESIDENT_ID, "110105194913310021", "accounts.identity.birth"),
        (IdType.RESIDENT_ID, rules.identity_number("140105", date(1899, 12, 31), 1), "accounts.identity.birth"),
        (IdType.RESIDENT_ID, rules.identity_number("140105", TODAY + timedelta(1), 1), "accounts.identity.birth"),
        (IdType.RESIDENT_ID, rules.identity_number("140105", TODAY, 1), ""),
        (IdType.RESIDENT_ID, "", "accounts.identity.shape"),
        (IdType.RESIDENT_ID, "1" * 17, "accounts.identity.shape"),
        (IdType.RESIDENT_ID, "1" * 19, "accounts.identity.shape"),
        # People of Hong Kong, Macao and Taiwan, and permanent residents, have numbers of the same build.
        (IdType.HMT_RESIDENCE, rules.identity_number("810000", date(1994, 8, 23), 2), ""),
        (IdType.HMT_RESIDENCE, rules.identity_number("820000", date(1994, 8, 23), 2), ""),
        (IdType.HMT_RESIDENCE, rules.identity_number("830000", date(1994, 8, 23), 2), ""),
        (IdType.RESIDENT_ID, rules.identity_number("830000", date(1994, 8, 23), 2), ""),
        (IdType.HMT_RESIDENCE, "11010519491231002X", "accounts.identity.kind"),
        (IdType.FOREIGN_PR_CARD, rules.identity_number("911156", date(1981, 3, 3), 1), ""),
        (IdType.FOREIGN_PR_CARD, "USA110081010101", ""),
        (IdType.FOREIGN_PR_CARD, "11010519491231002X", "accounts.identity.kind"),
        (IdType.PASSPORT, "EA1234567", ""),
        (IdType.PASSPORT, "护照", "accounts.identity.shape"),
        (IdType.HK_MACAO_PERMIT, "H12345678", ""),
        (IdType.HK_MACAO_PERMIT, "T12345678", "accounts.identity.shape"),
        (IdType.TAIWAN_PERMIT, "12345678", ""),
        (IdType.BIRTH_CERTIFICATE, "O140012345", ""),
        (IdType.MILITARY_ID, "军字第1234567号", ""),
    ],
)
def test_identity(kind, number, fault):
    assert rules.identity_fault(kind, number, TODAY) == fault


def test_the_demo_code_was_never_issued():
    assert rules.DEMO_AREA not in CODES
    assert len(CODES) == 345


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=17), st.integers(0, 17), st.data())
def test_credit_codes_catch_every_changed_character(body, place, data):
    code = body + rules.credit_digit(body)
    assert rules.check_credit(code.lower()) == code
    sign = data.draw(st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXYIOSVZ"))
    changed = code[:place] + sign + code[place + 1 :]
    assert (rules.credit_fault(changed) == "") == (changed == code)


@pytest.mark.parametrize("code", ["91350100M000100Y43", "91110000802100433B"])
def test_credit_codes_as_printed_in_the_standard_and_on_licences(code):
    assert rules.credit_fault(code) == ""


@pytest.mark.parametrize(
    ("text", "mobile", "phone"),
    [
        ("13812345678", True, True),
        ("+86 138-1234-5678", True, True),
        ("19912345678", True, True),
        ("10000000901", True, True),
        ("+852 9123 4567", True, True),
        ("0351-2345678", False, True),
        ("0351-0000010", False, False),
        ("12812345678", False, False),
        ("1381234567", False, False),
        ("", False, False),
        ("call me", False, False),
    ],
)
def test_phones(text, mobile, phone):
    assert (rules.mobile_fault(text) == "", rules.phone_fault(text) == "") == (mobile, phone)


@pytest.mark.parametrize(
    "name", ["李强", "〇", "买买提·艾力", "नरेंद्र", "O'Brien-Smith", "𰻝", "Dvořák", "阿卜杜拉·本·哈里发"]
)
def test_names_of_every_script(name):
    assert rules.check_name(f" {name} ") == name


@pytest.mark.parametrize("name", ["", "  ", "A1", "<b>", "李强\u202e", "·", "x" * 61, "a@b.c"])
def test_what_is_no_name(name):
    assert rules.name_fault(name) == "accounts.name"


@pytest.mark.parametrize(
    ("plate", "kind"),
    [
        ("晋A12345", "ordinary"),
        ("晋a·f123k", "ordinary"),
        ("晋KD12345", "new_energy_small"),
        ("晋KDF1234", "new_energy_small"),
        ("晋A12345D", "new_energy_large"),
        ("晋A1234挂", "trailer"),
        ("晋A1234学", "training"),
        ("粤Z1234港", "border"),
        ("晋AI2345", None),
        ("晋A1234", None),
        ("晋A123456", None),
        ("A12345", None),
    ],
)
def test_plates(plate, kind):
    found = rules.plate_kind(plate)
    assert (found.key if found else None) == kind
    assert (rules.plate_fault(plate) == "") == (kind is not None)


def test_a_plate_hints_at_its_city():
    assert rules.plate_division("晋K·D1234") == "140700"
    assert rules.plate_division("京A12345") == ""


def test_vehicle_identification_numbers():
    assert rules.check_vin(" 1hgbh41jxmn109186 ") == "1HGBH41JXMN109186"
    assert rules.vin_digit_fits("1HGBH41JXMN109186")
    assert not rules.vin_digit_fits("1HGBH41J0MN109186")
    assert rules.vin_fault("1HGBH41J0MN109186") == ""
    assert rules.vin_fault("1HGBH41JXMN10918O") == "accounts.vin"
    assert rules.vin_fault("1HGBH41JXMN10918") == "accounts.vin"


@pytest.mark.parametrize(
    ("birth", "today", "years"),
    [
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2000, 5, 5), date(2026, 5, 5), 26),
        (date(2000, 5, 5), date(2026, 5, 4), 25),
    ],
)
def test_age(birth, today, years):
    assert rules.age(birth, today) == years


CLERK = Staff(7, frozenset({(Duty.INTAKE, "14010002"), (Duty.SUPERVISE, "*")}), "140100")


def test_duties_hold_where_they_were_given():
    assert CLERK.may(Duty.INTAKE, "14010002")
    assert not CLERK.may(Duty.INTAKE, "14010001")
    assert not CLERK.may(Duty.CHECK, "14010002")
    assert CLERK.may(Duty.SUPERVISE, "140100-vehicles")
    assert CLERK.has(Duty.INTAKE)
    assert not CLERK.has(Duty.ADMIN)
    assert CLERK.where(Duty.INTAKE) == {"14010002"}


@pytest.mark.parametrize(
    ("duty", "scope", "fits"),
    [
        (Duty.INTAKE, "14010002", True),
        (Duty.INTAKE, "140100-vehicles", False),
        (Duty.DECIDE, "140100-vehicles", True),
        (Duty.DECIDE, "14010002", False),
        (Duty.SUPERVISE, "14010002", True),
        (Duty.SUPERVISE, "140100-vehicles", True),
        (Duty.ADMIN, "*", True),
        (Duty.ADMIN, "14010002", False),
        (Duty.REVIEW, "", False),
    ],
)
def test_scopes_fit_their_duty(duty, scope, fits):
    assert rules.scope_fits(duty, scope) is fits


@given(st.integers(0, 2**63 - 1), st.sampled_from([1, 2]), st.sampled_from(["web", "kiosk", "phone"]))
def test_a_session_gives_back_who_it_was_begun_for(person, level, channel):
    asker = Resident(person, level, channel)
    assert rules.read_session_word(rules.session_word(asker)) == asker


@given(st.text())
def test_a_forged_session_word_is_nobody_or_well_formed(word):
    found = rules.read_session_word(word)
    assert found is None or isinstance(found, int | rules.Chosen) or found.level in (1, 2)


@given(st.sampled_from(list(rules.Basis)), st.integers(1, 2**63 - 1))
def test_a_session_for_another_gives_back_its_ground(basis, ground):
    agent = rules.Agent(5, 6, "", basis, 2, ground=ground)
    chosen = rules.read_session_word(rules.session_word(agent))
    assert chosen == rules.Chosen(Resident(5, 2), basis, ground)


def test_a_session_word_of_staff_holds_the_id_alone():
    assert rules.session_word(CLERK) == "staff:7"
    assert rules.read_session_word("staff:7") == 7


def test_what_the_journal_learns_of_an_asker():
    seen = [
        (asker.key, asker.staff, asker.office, asker.division, asker.channel)
        for asker in (Public(), Resident(5, 2), CLERK, System("worker"))
    ]
    assert seen == [
        ("public", None, "", "", "web"),
        ("person:5", None, "", "", "web"),
        ("staff:7", 7, "", "140100", "desk"),
        ("system:worker", None, "", "", "system"),
    ]


def test_a_token_opens_what_it_names_and_a_session_everything():
    assert Resident(5, 2).allows("cases:read")
    assert Resident(5, 2, "api", frozenset({"cases:read"})).allows("cases:read")
    assert not Resident(5, 2, "api", frozenset({"cases:read"})).allows("cases:submit")
    assert not Public().allows("cases:read")
