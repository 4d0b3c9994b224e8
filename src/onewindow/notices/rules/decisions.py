"""The wording of decisions and of what follows them (决定、送达、收费的文书文本)."""

from __future__ import annotations

from collections.abc import Mapping

from onewindow.core.words import Words
from onewindow.notices.rules.wording import Form, Kind, Sentence, article, needs, says

_TAKEN = Words(
    "本机关于{accepted_on}受理您就“{item}”提出的申请。", "On {accepted_on} we accepted your application “{item}”. "
)
_REVOKED = Words(
    "本机关{decided_on}就“{item}”作出的准予决定（{decision_number}），有下列情形。{basis}决定予以撤销。",
    "The approval of “{item}” that we gave on {decided_on} ({decision_number}) is revoked{basis},"
    " for the reasons below.",
)
_HARM = Words(
    "因本次撤销使您的合法权益受到损害的，本机关依法给予赔偿（《中华人民共和国行政许可法》第六十九条第四款）。",
    "If this revocation harms your lawful rights and interests, we compensate you as law provides (Administrative"
    " Licensing Law, Article 69(4)).",
)


def _joined(first: Words, zh: str, en: str) -> tuple[Sentence, ...]:
    return (Sentence(Words(first.zh + zh, first.en + en)),)


DECISIONS: Mapping[Kind, Form] = {
    Kind.APPROVAL: Form(
        Words("准予决定书", "Decision of approval"),
        needs("accepted_on"),
        _joined(
            _TAKEN,
            "经审查，申请符合法定条件、标准。{basis}决定准予。",
            "The application meets the conditions and standards of the law. It is approved{basis}.",
        ),
        (
            says(
                "需要颁发行政许可证件的，本机关自作出决定之日起十个工作日内颁发、送达（《中华人民共和国行政许可法》第四十四条）。",
                "Where a licence document is to be issued, it is issued and delivered within ten working days of this"
                " decision (Administrative Licensing Law, Article 44).",
                licence=True,
            ),
        ),
        {"": article("第三十八条第一款", "Article 38(1)")},
        licence_title=Words("准予行政许可决定书", "Decision to grant a licence"),
    ),
    Kind.REFUSAL: Form(
        Words("不予决定书", "Decision of refusal"),
        needs("accepted_on"),
        _joined(
            _TAKEN,
            "经审查，申请不符合法定条件、标准。{basis}决定不予，理由和依据如下。",
            "The application does not meet the conditions and standards of the law. It is refused{basis}, for"
            " the reasons below.",
        ),
        (),
        {"": article("第三十八条第二款", "Article 38(2)")},
        reasons=Words("理由和依据", "Reasons and law"),
        rights=True,
        licence_title=Words("不予行政许可决定书", "Decision to refuse a licence"),
    ),
    Kind.RECTIFICATION: Form(
        Words("更正决定书", "Decision of correction"),
        needs("decided_on corrects decision_number"),
        (
            says(
                "本机关{decided_on}就“{item}”作出的《{corrects}》（{decision_number}）有笔误，决定更正如下。",
                "The letter “{corrects}” ({decision_number}) that we issued on {decided_on} about “{item}” has"
                " a slip of the pen; it is corrected as follows.",
            ),
        ),
        (
            says(
                "其余内容不变。请将本决定书与原文书一并保存。",
                "All else stands as it was. Please keep this together with the letter it corrects.",
            ),
        ),
    ),
    Kind.REVOCATION: Form(
        Words("撤销决定书", "Decision of revocation"),
        needs("decided_on decision_number"),
        (Sentence(_REVOKED),),
        (
            *(Sentence(_HARM, variant, True) for variant in ("abuse", "power", "procedure", "unqualified")),
            says(
                "被许可人基于该行政许可取得的利益不受保护（《中华人民共和国行政许可法》第六十九条第四款）。",
                "What was gained by the licence is not protected (Administrative Licensing Law, Article 69(4)).",
                "fraud",
                licence=True,
            ),
        ),
        {
            "abuse": article("第六十九条第一款第（一）项", "Article 69(1)(1)"),
            "power": article("第六十九条第一款第（二）项", "Article 69(1)(2)"),
            "procedure": article("第六十九条第一款第（三）项", "Article 69(1)(3)"),
            "unqualified": article("第六十九条第一款第（四）项", "Article 69(1)(4)"),
            "fraud": article("第六十九条第二款", "Article 69(2)"),
        },
        {name: frozenset() for name in ("abuse", "power", "procedure", "unqualified", "fraud")},
        reasons=Words("撤销的理由", "Reasons for the revocation"),
        rights=True,
        licence_title=Words("撤销行政许可决定书", "Decision to revoke a licence"),
    ),
    Kind.TERMINATION: Form(
        Words("终止办理通知书", "Notice of the end of a case"),
        needs("received_on ended_on"),
        (
            says(
                "{received_on}，您就“{item}”提出申请。{ended_on}，您撤回了申请，本机关终止办理。",
                "On {received_on} you made the application “{item}”. On {ended_on} you withdrew it, and the case"
                " has ended.",
                "withdrawn",
            ),
            says(
                "{received_on}，您就“{item}”提出申请。本机关告知您最晚于{until_on}补正，到期没有收到补正的材料，"
                "自{ended_on}起终止办理。",
                "On {received_on} you made the application “{item}”. You were told to hand in corrections by"
                " {until_on}; none came, and the case has ended as of {ended_on}.",
                "lapsed",
            ),
        ),
        (
            says(
                "您以后可以重新申请。需要取回已交的材料原件的，请到{site}办理。",
                "You may apply again later. Originals that you handed in can be collected at {site}.",
            ),
        ),
        variants={"withdrawn": frozenset(), "lapsed": needs("until_on")},
    ),
    Kind.SERVICE: Form(
        Words("送达回证", "Record of service"),
        needs("way served_on"),
        (
            says(
                "{served_on}，下列文书、证件以{way}方式送达。",
                "On {served_on} the following documents were served, by this way: {way}.",
            ),
        ),
        sheet=True,
        signs=(
            Words("受送达人（代收人）签名或者盖章", "Signature or seal of the receiver or their agent"),
            Words("送达人签名", "Signature of the server"),
            Words("备注", "Remarks"),
        ),
    ),
    Kind.FEE_RECEIPT: Form(
        Words("收费收据", "Receipt of payment"),
        needs("paid_on way"),
        (
            says(
                "{paid_on}，收到您就“{item}”以{way}方式交来的下列款项。",
                "On {paid_on} we received the following sums from you for “{item}”, by this way: {way}.",
            ),
        ),
        (
            says(
                "本收据记明收到款项，不是税务发票，也不是财政票据；需要票据的，由收费单位另行开具。",
                "This receipt records that money was received. It is neither a tax invoice nor a fiscal bill; those are"
                " issued by the collecting office.",
            ),
        ),
        sheet=True,
    ),
}
