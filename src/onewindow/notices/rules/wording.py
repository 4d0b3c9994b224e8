"""The wording of letters (文书文本): for each kind its title, what it must be told, and its sentences.

Chinese is what has effect; English is for information. Articles are cited where the Licensing Law applies (行政许可);
elsewhere only the law that the caller names. {basis} is that law with its words, or nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from onewindow.core.words import Words


class Kind(StrEnum):
    """Letters of this system (文书种类)."""

    RECEIPT = "receipt"  # 收件凭证
    ACCEPTANCE = "acceptance"  # 受理通知书
    CORRECTION = "correction"  # 一次性补正告知书
    NON_ACCEPTANCE = "non_acceptance"  # 不予受理决定书
    EXTENSION = "extension"  # 延期告知书
    SPECIAL_PROCEDURE = "special_procedure"  # 特别程序告知书
    HEARING = "hearing"  # 听证告知书
    APPROVAL = "approval"  # 准予决定书
    REFUSAL = "refusal"  # 不予决定书
    RECTIFICATION = "rectification"  # 更正决定书
    REVOCATION = "revocation"  # 撤销决定书
    TERMINATION = "termination"  # 终止办理通知书
    SERVICE = "service"  # 送达回证
    FEE_RECEIPT = "fee_receipt"  # 收费收据


@dataclass(frozen=True, slots=True)
class Sentence:
    """A paragraph of a letter, said always or only where it is true."""

    text: Words
    variant: str | None = None  # only in this variant of the letter
    licence: bool | None = None  # only where the Licensing Law applies, or only where it does not


@dataclass(frozen=True, slots=True)
class Form:
    """What a kind of letter says, and what its caller must give."""

    title: Words
    facts: frozenset[str]
    opening: tuple[Sentence, ...]
    closing: tuple[Sentence, ...] = ()
    basis: Mapping[str, Words] = field(default_factory=dict)  # by variant
    variants: Mapping[str, frozenset[str]] = field(default_factory=lambda: {"": frozenset()})  # with facts of their own
    reasons: Words | None = None  # what stands above them; a letter with it must have some
    rights: bool = False  # whether it must name review and lawsuit
    licence_title: Words | None = None
    sheet: bool = False  # a form with a black head (表单), not a letter with a red one
    signs: tuple[Words, ...] = ()  # lines to be signed by hand


LICENSING_LAW = Words("《中华人民共和国行政许可法》", "Administrative Licensing Law")


def article(zh: str, en: str) -> Words:
    """Return an article of the Licensing Law as both languages cite it (行政许可法条款)."""
    return Words(f"{LICENSING_LAW.zh}{zh}", f"{LICENSING_LAW.en}, {en}")


def says(zh: str, en: str, variant: str | None = None, *, licence: bool | None = None) -> Sentence:
    """Return a paragraph from its two texts (段落)."""
    return Sentence(Words(zh, en), variant, licence)


def needs(words: str) -> frozenset[str]:
    """Return the names of facts that stand in a row of words (所需内容)."""
    return frozenset(words.split())


_GOT = Words(
    "{received_on}，本机关收到您就“{item}”提出的申请。", "On {received_on} we received your application “{item}”. "
)
_TAKEN = Words(
    "本机关于{accepted_on}受理您就“{item}”提出的申请。", "On {accepted_on} we accepted your application “{item}”. "
)


def _after(first: Words, zh: str, en: str, variant: str | None = None) -> Sentence:
    return Sentence(Words(first.zh + zh, first.en + en), variant)


FORMS: Mapping[Kind, Form] = {
    Kind.RECEIPT: Form(
        Words("收件凭证", "Receipt of papers"),
        needs("received_on"),
        (
            says(
                "{received_on}，本机关收到您就“{item}”提交的申请材料，清单如下。",
                "On {received_on} we received the papers of your application “{item}”, listed below.",
            ),
        ),
        (
            says(
                "收到材料不等于受理。依照《中华人民共和国行政许可法》第三十二条第一款第（四）项，申请材料不齐全或者不符合法定形式的，"
                "本机关当场或者在五个工作日内一次告知需要补正的全部内容；逾期不告知的，自收到申请材料之日起即为受理。",
                "Receipt is not yet acceptance. If papers are missing or not in lawful form, we tell you all"
                " that is to be mended at once, on the spot or within five working days; if we do not, the"
                " application is accepted as of the day of receipt (Administrative Licensing Law, Article 32(1)(4)).",
                licence=True,
            ),
            says(
                "收到材料不等于受理。材料需要补正的，本机关一次告知需要补正的全部内容。",
                "Receipt is not yet acceptance. If anything is to be mended, we tell you all of it at once.",
                licence=False,
            ),
            says(
                "请保管好本凭证，凭办件编号可以查询办理进度。",
                "Please keep this receipt; with the case number you can follow the progress of your case.",
            ),
        ),
        sheet=True,
    ),
    Kind.ACCEPTANCE: Form(
        Words("受理通知书", "Notice of acceptance"),
        needs("received_on accepted_on due_on"),
        (
            _after(
                _GOT,
                "经审查，申请事项属于本机关职权范围，申请材料齐全、符合法定形式。{basis}自{accepted_on}起受理。",
                "The matter is ours to decide, and the papers are complete and in lawful form."
                " The application is accepted as of {accepted_on}{basis}.",
                "",
            ),
            _after(
                _GOT,
                "本机关没有在法定期限内告知需要补正的内容，{basis}自{accepted_on}起即为受理。",
                "We told you of nothing to be mended within the time that law gives; the application is"
                " therefore accepted as of {accepted_on}{basis}.",
                "deemed",
            ),
        ),
        (
            says(
                "本件最晚于{due_on}办好。期限从哪天起算、怎样计算，写在办件页面上。",
                "The case is due by {due_on} at the latest. Its page shows from which day the time counts, and how.",
            ),
            says(
                "依法需要听证、招标、拍卖、检验、检测、检疫、鉴定和专家评审的，所需时间不计算在期限内，本机关将书面告知所需时间"
                "（《中华人民共和国行政许可法》第四十五条）。",
                "Time needed by law for a hearing, tender, auction, inspection, test, quarantine, appraisal or"
                " expert review is not counted; we tell you in writing how long it takes (Administrative"
                " Licensing Law, Article 45).",
                licence=True,
            ),
        ),
        {
            "": article("第三十二条第一款第（五）项", "Article 32(1)(5)"),
            "deemed": article("第三十二条第一款第（四）项", "Article 32(1)(4)"),
        },
        {"": frozenset(), "deemed": frozenset()},
    ),
    Kind.CORRECTION: Form(
        Words("一次性补正告知书", "Notice of all that is to be corrected"),
        needs("received_on until_on"),
        (
            _after(
                _GOT,
                "经审查，申请材料不齐全或者不符合法定形式。{basis}现一次告知需要补正的全部内容。",
                "Papers are missing or not in lawful form. This notice names, at once, all that is to be"
                " corrected{basis}.",
            ),
        ),
        (
            says(
                "请最晚于{until_on}补正，可以在网上提交，也可以交到{site}。",
                "Please hand the corrections in by {until_on} at the latest, online or at {site}.",
            ),
            says(
                "补正齐全的，自交齐之日起受理。到期没有补正的，本次申请终止办理；您以后可以重新申请。",
                "Once all is handed in, the application is accepted as of that day. If nothing is handed in by"
                " then, this application ends; you may apply again later.",
            ),
        ),
        {"": article("第三十二条第一款第（四）项", "Article 32(1)(4)")},
        reasons=Words("需要补正的内容", "What is to be corrected"),
    ),
    Kind.NON_ACCEPTANCE: Form(
        Words("不予受理决定书", "Decision not to accept"),
        needs("received_on"),
        (
            _after(
                _GOT,
                "经审查，申请事项依法不需要取得行政许可。{basis}决定不予受理。",
                "By law the matter needs no licence. We have decided not to accept the application{basis}.",
                "not_needed",
            ),
            _after(
                _GOT,
                "经审查，申请事项依法不属于本机关职权范围。{basis}决定不予受理。请向{right_office}申请。",
                "By law the matter is not ours to decide. We have decided not to accept the application{basis}."
                " Please apply to {right_office}.",
                "not_ours",
            ),
        ),
        (),
        {
            "not_needed": article("第三十二条第一款第（一）项", "Article 32(1)(1)"),
            "not_ours": article("第三十二条第一款第（二）项", "Article 32(1)(2)"),
        },
        {"not_needed": frozenset(), "not_ours": needs("right_office")},
        rights=True,
    ),
    Kind.EXTENSION: Form(
        Words("延期告知书", "Notice of extension"),
        needs("accepted_on old_due_on due_on"),
        (
            _after(
                _TAKEN,
                "办理期限到{old_due_on}。因下列原因，在期限内不能作出决定。{basis}经本机关负责人批准，办理期限延长到{due_on}。",
                "It was due by {old_due_on}. For the reasons below no decision is possible by then. With the"
                " approval of the head of this office the time is extended to {due_on}{basis}.",
            ),
        ),
        (),
        {"": article("第四十二条第一款", "Article 42(1)")},
        reasons=Words("延期的理由", "Reasons for the extension"),
    ),
    Kind.SPECIAL_PROCEDURE: Form(
        Words("特别程序告知书", "Notice of a special procedure"),
        needs("procedure since_on expected_on"),
        (
            says(
                "您就“{item}”提出的申请，依法需要进行{procedure}。{basis}所需时间不计算在办理期限内。"
                "办理期限自{since_on}起停止计算，{procedure}预计于{expected_on}结束。",
                "By law your application “{item}” needs this procedure: {procedure}. The time it takes is not counted"
                "{basis}. The clock stands still from {since_on}; the procedure is expected to end on {expected_on}.",
            ),
        ),
        (
            says(
                "特别程序结束后，办理期限继续计算，新的最晚办结日写在办件页面上。",
                "When it has ended, the clock runs on; the page of your case shows the new due date.",
            ),
        ),
        {"": article("第四十五条", "Article 45")},
    ),
    Kind.HEARING: Form(
        Words("听证告知书", "Notice of the right to a hearing"),
        needs("until_on"),
        (
            says(
                "“{item}”的申请正在审查。该事项直接涉及申请人与他人之间的重大利益关系，{basis}在作出决定以前，"
                "申请人、利害关系人有要求听证的权利。",
                "The application “{item}” is under review. It directly touches weighty interests between the"
                " applicant and others; before the decision the applicant and those concerned have the right to"
                " a hearing{basis}.",
            ),
        ),
        (
            says(
                "要求听证的，请最晚于{until_on}向本机关提出，可以在网上提出，也可以到{site}提出。",
                "To ask for a hearing, please do so by {until_on} at the latest, online or at {site}.",
            ),
            says(
                "提出听证申请的，本机关在二十个工作日内组织听证。申请人、利害关系人不承担组织听证的费用。"
                "到期没有提出的，本机关依法继续审查并作出决定。",
                "If a hearing is asked for, it is held within twenty working days, at no cost to the applicant or those"
                " concerned. If none is asked for by then, the review goes on and a decision follows.",
            ),
        ),
        {"": article("第四十七条", "Article 47")},
    ),
}
