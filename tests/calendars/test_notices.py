"""The yearly notice is read in both wordings, and a broken one is refused with the clause it stumbles over."""

from datetime import date

import chinese_calendar
import pytest

from onewindow.calendars.rules import (
    WorkCalendar,
    calendar_of,
    changes,
    holiday_words,
    parse_notice,
    parse_statutory,
)
from onewindow.core.errors import Refusal
from tests.calendars.given import CALENDAR, DATA, EXCEPTIONS, NOTICES, STATUTORY, day, days

OLD_2017 = """
一、元旦：1月1日放假，1月2日（星期一）补休。
二、春节：1月27日至2月2日放假调休，共7天。1月22日（星期日）、2月4日（星期六）上班。
三、清明节：4月2日至4日放假调休，共3天。4月1日（星期六）上班。
四、劳动节：5月1日放假，与周末连休。
五、端午节：5月28日至30日放假调休，共3天。5月27日（星期六）上班。
六、中秋节、国庆节：10月1日至8日放假调休，共8天。9月30日（星期六）上班。
"""
OLD_2023 = """国务院办公厅关于2023年部分节假日安排的通知
国办发明电〔2022〕16号
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2023年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。
二、春节：1月21日至27日放假调休，共7天。1月28日（星期六）、1月29日（星期日）上班。
三、清明节：4月5日放假，共1天。
四、劳动节：4月29日至5月3日放假调休，共5天。4月23日（星期日）、5月6日（星期六）上班。
五、端午节：6月22日至24日放假调休，共3天。6月25日（星期日）上班。
六、中秋节、国庆节：9月29日至10月6日放假调休，共8天。10月7日（星期六）、10月8日（星期日）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。
国务院办公厅
2022年12月8日
"""
GOOD = (DATA / "2026.txt").read_text()


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_the_notice_is_the_oracle(year: int) -> None:
    notice = next(each for each in NOTICES if each.year == year)
    for kind, found in (("off", notice.rest), ("work", notice.work)):
        assert set(found) == {each for each, told in EXCEPTIONS.items() if told == kind and each.year == year}


@pytest.mark.parametrize(("year", "text"), [(2017, OLD_2017), (2023, OLD_2023)])
def test_older_wordings(year: int, text: str) -> None:
    calendar = calendar_of([parse_notice(text, year)])
    for each in days(f"{year}-01-01", f"{year}-12-29"):
        assert calendar.counts(each) == chinese_calendar.is_workday(each), each


def test_a_whole_notice_gives_its_number_and_the_december_before() -> None:
    notice = parse_notice(OLD_2023, 2023)
    assert notice.number == "国办发明电〔2022〕16号"
    assert date(2022, 12, 31) in notice.rest
    assert notice.title == notice.number


def test_half_width_signs_and_blanks_are_read_too() -> None:
    text = GOOD.replace("（", "(").replace("）", ")").replace("：", ": ").replace("，", ", ")
    assert parse_notice(text, 2026) == parse_notice(GOOD, 2026)


def test_the_december_before_changes_with_the_next_notice() -> None:
    text = (
        "一、元旦：2026年12月31日（周四）至2027年1月2日（周六）放假调休，共3天。2026年12月27日（周日）上班。\n"
        "二、春节：2月5日至11日放假，共7天。\n三、清明节：4月5日放假。\n四、劳动节：5月1日至3日放假。\n"
        "五、端午节：6月9日放假。\n六、中秋节：9月15日放假。\n七、国庆节：10月1日至7日放假。"
    )
    after = calendar_of([*NOTICES, parse_notice(text, 2027)])
    found = changes(CALENDAR, after, 2027)
    assert [(each.day, each.before, each.after) for each in found[:2]] == [
        (day("2026-12-27"), False, True),
        (day("2026-12-31"), True, False),
    ]
    assert not after.is_provisional(day("2026-12-31"))
    assert after.is_provisional(day("2027-12-31"))
    assert {each.day for each in found} >= {day("2027-02-09"), day("2027-05-03"), day("2027-10-07")}


def test_changes_of_a_year_of_which_nothing_was_known() -> None:
    nothing = WorkCalendar(frozenset(), frozenset(), frozenset())
    found = changes(nothing, calendar_of([NOTICES[2]]), 2026)
    assert len(found) == 25  # 19 weekdays off, 6 weekend days worked
    assert all(each.before is None for each in found)
    assert changes(CALENDAR, CALENDAR, 2026) == ()


@pytest.mark.parametrize(
    ("was", "now", "code"),
    [
        ("1月1日（周四）", "1月1日（周五）", "weekday"),
        ("共3天。1月4日", "共4天。1月4日", "count"),
        ("1月4日（周日）上班", "1月5日（周一）上班", "work_day"),
        ("1月4日（周日）上班", "1月3日（周六）上班", "twice"),
        ("2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）", "2月15日至2月31日", "date"),
        ("2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）", "2月23日至15日", "range"),
        ("2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）", "1月1日至5月23日", "range"),
        ("6月19日（周五）至21日（周日）放假", "6月19日（周五）至21日（周日）另行通知", "text"),
        ("6月19日（周五）至21日", "六月十九日至21日", "text"),
        ("五、端午节：", "五 端午节 ", "text"),
        ("六、中秋节：9月25日（周五）至27日（周日）放假，共3天。", "", "missing"),
        ("1月4日（周日）上班", "2025年1月4日上班", "year"),
        ("关于2026年", "关于2025年", "year"),
    ],
)
def test_a_broken_notice_is_refused(was: str, now: str, code: str) -> None:
    assert was in GOOD
    with pytest.raises(Refusal) as no:
        parse_notice(GOOD.replace(was, now), 2026)
    assert no.value.code == f"calendar.notice.{code}"


@pytest.mark.parametrize("text", ["", "没有安排。", "\x00\x01", "一、", "一、元旦：。"])
def test_what_is_no_notice_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        parse_notice(text, 2026)


def test_another_year_than_the_file_is_refused() -> None:
    with pytest.raises(Refusal):
        parse_notice(GOOD, 2027)


def test_days_off_by_law() -> None:
    assert len(STATUTORY.rest) == 13
    assert not STATUTORY.announced
    assert "未发布" in STATUTORY.title
    text = (DATA / "2027.csv").read_text()
    for was, now in (("2027-01-01", "2028-01-01"), ("2027-01-01", "soon"), ("2027-06-09,端午节", "")):
        with pytest.raises(Refusal):
            parse_statutory(text.replace(was, now), 2027)


def test_holidays_have_english_names() -> None:
    assert holiday_words("国庆节、中秋节").en == "National Day and Mid-Autumn Festival"
    assert holiday_words("春节(除夕)").en == "Spring Festival"
