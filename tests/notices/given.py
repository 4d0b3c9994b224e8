"""One letter of each kind, as a demo office would write it; people, numbers and plates belong to nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from onewindow.core.words import Words
from onewindow.notices.rules import Kind, Letter, Reason, Row, Table, day_words, remedies

CASE = "14010002-20261116-00001"
CODE = "8K4M-2PXT-9QWD-7H3C"
OFFICE = Words("太原市公安局交通警察支队车辆管理所（演示）", "Taiyuan Vehicle Administration (demo)")
SITE = Words("太原市政务服务中心综合窗口（演示）", "the combined counter of Taiyuan service centre (demo)")
NAME = Words("李强", "Li Qiang")
ITEM = Words("机动车注册登记", "First registration of a motor vehicle")
RIGHTS = remedies(
    review_by=Words("太原市人民政府（演示）", "the Taiyuan Municipal People's Government (demo)"),
    court=Words("太原市有管辖权的人民法院（演示）", "the people's court with jurisdiction in Taiyuan (demo)"),
)


def words(zh: str, en: str) -> Words:
    """A pair, shorter to write."""
    return Words(zh, en)


def row(zh: str, en: str, value: Words | date | str) -> Row:
    """A row; a text that is the same in both languages is given once."""
    if isinstance(value, date):
        return Row(Words(zh, en), day_words(value))
    return Row(Words(zh, en), Words(value, value) if isinstance(value, str) else value)


def letter(kind: Kind, **more: Any) -> Letter:
    """A letter with what all have in common."""
    given: dict[str, Any] = {
        "kind": kind,
        "subject": CASE,
        "seq": 3,
        "number": f"{CASE}-03",
        "code": CODE,
        "office": OFFICE,
        "site": SITE,
        "addressee": NAME,
        "item": ITEM,
        "issued_on": date(2026, 11, 16),
        "licence": True,
        "demo": True,
        "seal": "太原市公安局交警支队车管所",
    }
    return Letter(**{**given, **more})


def receipt() -> Letter:
    """收件凭证: four papers, each with how it came."""
    original, copy = words("原件核验", "original seen"), words("电子件", "electronic copy")
    lines = (
        (words("机动车所有人身份证明", "Owner's proof of identity"), words("1", "1"), original),
        (words("购车发票等来历证明", "Invoice or other proof of origin"), words("1", "1"), copy),
        (words("机动车整车出厂合格证明", "Manufacturer's certificate"), words("1", "1"), copy),
        (words("机动车交通事故责任强制保险凭证", "Proof of compulsory insurance"), words("1", "1"), copy),
    )
    head = (words("材料名称", "Paper"), words("份数", "Copies"), words("形式", "Form"))
    return letter(
        Kind.RECEIPT,
        facts={"received_on": date(2026, 11, 16)},
        table=Table(head, lines),
        rows=(
            row("申请人", "Applicant", NAME),
            row("收件地点", "Received at", SITE),
            row("收件时间", "Received", words("2026年11月16日 9时20分", "16 November 2026, 9:20")),
        ),
    )


def acceptance() -> Letter:
    """受理通知书: with both limits."""
    return letter(
        Kind.ACCEPTANCE,
        facts={
            "received_on": date(2026, 11, 16),
            "accepted_on": date(2026, 11, 16),
            "due_on": date(2026, 11, 17),
        },
        rows=(
            row("事项", "Item", ITEM),
            row("法定办结时限", "Statutory limit", words("2个工作日", "2 working days")),
            row("承诺办结时限", "Promised limit", words("1个工作日", "1 working day")),
            row("最晚办结日", "Due by", date(2026, 11, 17)),
        ),
    )


def correction() -> Letter:
    """一次性补正告知书: two faults with their law."""
    law = words("《机动车登记规定》", "Provisions on Motor Vehicle Registration")
    return letter(
        Kind.CORRECTION,
        facts={"received_on": date(2026, 11, 16), "until_on": date(2026, 11, 27)},
        reasons=(
            Reason(
                words(
                    "购车发票缺少销售方印章，请提交盖有印章的发票。",
                    "The invoice lacks the seller's seal; please hand in one that bears it.",
                ),
                law,
            ),
            Reason(
                words("没有提交车辆出厂合格证明。", "The manufacturer's certificate is missing."),
                law,
            ),
        ),
    )


def non_acceptance() -> Letter:
    """不予受理决定书: another office decides."""
    return letter(
        Kind.NON_ACCEPTANCE,
        variant="not_ours",
        facts={
            "received_on": date(2026, 11, 16),
            "right_office": words("大同市公安局交通警察支队车辆管理所（演示）", "Datong Vehicle Administration (demo)"),
        },
        rights=RIGHTS,
    )


def extension() -> Letter:
    """延期告知书: ten working days more."""
    return letter(
        Kind.EXTENSION,
        item=words("大型群众性活动安全许可", "Licence for a large public event"),
        facts={
            "accepted_on": date(2026, 11, 2),
            "old_due_on": date(2026, 11, 30),
            "due_on": date(2026, 12, 14),
        },
        reasons=(
            Reason(
                words(
                    "场地安全方案修改后，需要再次核对人员疏散通道。",
                    "The safety plan was changed, and the escape routes must be checked again.",
                )
            ),
        ),
    )


def special_procedure() -> Letter:
    """特别程序告知书: experts review."""
    return letter(
        Kind.SPECIAL_PROCEDURE,
        item=words("大型群众性活动安全许可", "Licence for a large public event"),
        facts={
            "procedure": words("专家评审", "expert review"),
            "since_on": date(2026, 11, 18),
            "expected_on": date(2026, 11, 27),
        },
        rows=(row("评审内容", "What is reviewed", words("临时看台的结构安全", "Safety of the temporary stand")),),
    )


def hearing() -> Letter:
    """听证告知书: five working days to ask for one."""
    return letter(Kind.HEARING, facts={"until_on": date(2026, 11, 23)})


def approval() -> Letter:
    """准予决定书: with its result."""
    return letter(
        Kind.APPROVAL,
        facts={"accepted_on": date(2026, 11, 16)},
        rows=(
            row("准予事项", "Approved", ITEM),
            row(
                "结果",
                "Result",
                words("机动车登记证书、行驶证、号牌", "Registration certificate, vehicle licence, plates"),
            ),
            row("领取方式", "Collection", words("窗口领取", "at the counter")),
        ),
    )


def refusal() -> Letter:
    """不予决定书: a reason with its law, review and lawsuit."""
    return letter(
        Kind.REFUSAL,
        facts={"accepted_on": date(2026, 11, 16)},
        reasons=(
            Reason(
                words(
                    "车辆识别代号与出厂合格证明记载的不一致。",
                    "The vehicle's identification number differs from that on the manufacturer's certificate.",
                ),
                words("《机动车登记规定》", "Provisions on Motor Vehicle Registration"),
            ),
        ),
        rights=RIGHTS,
    )


def rectification() -> Letter:
    """更正决定书: a slip of the pen, old and new."""
    head = (words("项目", "Field"), words("原文", "It said"), words("更正为", "It says now"))
    return letter(
        Kind.RECTIFICATION,
        facts={
            "decided_on": date(2026, 11, 16),
            "corrects": words("准予行政许可决定书", "Decision to grant a licence"),
            "decision_number": words(f"{CASE}-04", f"{CASE}-04"),
        },
        table=Table(head, ((words("车身颜色", "Colour"), words("蓝", "blue"), words("白", "white")),)),
    )


def revocation() -> Letter:
    """撤销决定书: had by fraud."""
    return letter(
        Kind.REVOCATION,
        variant="fraud",
        facts={"decided_on": date(2026, 11, 16), "decision_number": words(f"{CASE}-04", f"{CASE}-04")},
        reasons=(
            Reason(words("经核查，申请时提交的购车发票系伪造。", "The invoice handed in was found to be forged.")),
        ),
        rights=RIGHTS,
    )


def termination() -> Letter:
    """终止办理通知书: withdrawn."""
    return letter(
        Kind.TERMINATION,
        variant="withdrawn",
        facts={"received_on": date(2026, 11, 16), "ended_on": date(2026, 11, 17)},
    )


def service() -> Letter:
    """送达回证: two documents over the counter."""
    head = (words("文书、证件名称", "Document"), words("编号", "Number"))
    lines = (
        (words("准予行政许可决定书", "Decision to grant a licence"), words(f"{CASE}-04", f"{CASE}-04")),
        (words("机动车行驶证", "Vehicle licence"), words("演示00001", "demo 00001")),
    )
    return letter(
        Kind.SERVICE,
        facts={"served_on": date(2026, 11, 17), "way": words("窗口直接送达", "over the counter")},
        table=Table(head, lines),
        rows=(row("受送达人", "Receiver", NAME), row("送达地点", "Place", SITE)),
    )


def fee_receipt() -> Letter:
    """收费收据: three sums and their total."""
    head = (words("收费项目", "Charge"), words("数量", "Number"), words("金额（元）", "Sum (yuan)"))
    lines = (
        (words("号牌工本费（演示）", "Plates (demo)"), words("1", "1"), words("100.00", "100.00")),
        (words("行驶证工本费（演示）", "Vehicle licence (demo)"), words("1", "1"), words("15.00", "15.00")),
        (words("登记证书工本费（演示）", "Certificate (demo)"), words("1", "1"), words("10.00", "10.00")),
    )
    return letter(
        Kind.FEE_RECEIPT,
        facts={"paid_on": date(2026, 11, 16), "way": words("现金", "cash")},
        table=Table(head, lines),
        cents=12500,
    )


EXAMPLES: dict[Kind, Callable[[], Letter]] = {Kind(make.__name__): make for make in (
    receipt, acceptance, correction, non_acceptance, extension, special_procedure, hearing, approval, refusal,
    rectification, revocation, termination, service, fee_receipt,
)}  # fmt: skip


def long(reasons: int) -> Letter:
    """A refusal with so many long reasons."""
    text = words("经核查，下列情形不符合规定。" * 12, "On inspection the following did not meet the provisions. " * 12)
    return replace(refusal(), reasons=(Reason(text),) * reasons)
