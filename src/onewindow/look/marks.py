"""Fixed vocabularies of the page: lights, confidence marks, states of a paper (灯、核实程度、材料状态)."""

from typing import NamedTuple

from onewindow.core.words import Words


class Sign(NamedTuple):
    """A word with its class in the style sheet; shape and hue repeat the word and never replace it."""

    style: str
    words: Words


# Keys are the lights of calendars.rules and the style sheet's own names.
_ON_TIME = Sign("ok", Words("正常", "On time"))
_SOON = Sign("warn", Words("将到期", "Due soon"))
_LATE = Sign("late", Words("承诺超时", "Past the promise"))
_UNLAWFUL = Sign("void", Words("法定超时", "Past the legal limit"))
_PAUSED = Sign("hold", Words("暂停", "Paused"))
_DONE = Sign("done", Words("已办结", "Concluded"))
LIGHTS = {
    **dict.fromkeys(("ok", "green"), _ON_TIME),
    **dict.fromkeys(("warn", "yellow"), _SOON),
    **dict.fromkeys(("late", "red"), _LATE),
    **dict.fromkeys(("void", "black"), _UNLAWFUL),
    **dict.fromkeys(("hold", "paused"), _PAUSED),
    **dict.fromkeys(("done", "concluded"), _DONE),
}

# S was seen in the law's own text and needs no mark; the others are never shown as if they were seen.
CONFIDENCE = {
    "S": None,
    "K": Sign("", Words("通行做法，未见原文", "common practice, source not seen")),
    "D": Sign("", Words("演示值，未确认", "demo value, not confirmed")),
    "U": Sign("", Words("待核，未确认", "not yet confirmed")),
}

PAPERS = {
    "bring": Sign("bring", Words("带原件", "Bring the original")),
    "copy": Sign("bring", Words("带复印件", "Bring a copy")),
    "upload": Sign("bring", Words("上传", "Upload")),
    "maybe": Sign("", Words("看情况", "Depends on your answers")),
    "held": Sign("none", Words("电子证照", "Held as e-licence")),
    "shared": Sign("none", Words("部门共享", "Shared between offices")),
    "system": Sign("none", Words("部门核查", "Looked up by the office")),
    "form": Sign("", Words("由表格生成", "Made from the form")),
    "on_site": Sign("", Words("现场采集", "Made at the counter")),
    "produced": Sign("", Words("办理中产生", "Made on the way")),
    "later": Sign("", Words("容缺后补", "May follow later")),
    "committed": Sign("", Words("告知承诺", "Replaced by a commitment")),
    "none": Sign("none", Words("不用带", "Not needed")),
}

STAGES = {
    "received": Words("已收件", "Received"),
    "correction": Words("等待补正", "To be mended"),
    "accepted": Words("已受理", "Accepted"),
    "review": Words("正在审查", "Under review"),
    "decided": Words("已决定", "Decided"),
    "made": Words("证件已制好", "Certificate made"),
    "delivered": Words("已送达", "Delivered"),
    "concluded": Words("已办结", "Concluded"),
    "withdrawn": Words("已撤回", "Withdrawn"),
    "declined": Words("不予受理", "Not accepted"),
    "lapsed": Words("逾期未补正", "Lapsed, not mended in time"),
    "revoked": Words("已撤销", "Revoked"),
    "": Words("还没有提交", "Not submitted yet"),
}

DELAYS = {
    "load": Words("办件量大、人手不足", "Many cases, few hands"),
    "other_office": Words("等其他机关回复", "Waiting for another office"),
    "applicant": Words("等申请人配合", "Waiting for the applicant"),
    "system": Words("系统或网络故障", "A fault of system or network"),
    "oversight": Words("疏忽漏办", "Overlooked"),
    "other": Words("其他", "Other"),
}

ACTS = {
    "submit": Words("申请", "Apply"),
    "send_back": Words("一次性补正告知", "Correction notice"),
    "supplement": Words("补正", "Mend as told"),
    "mend": Words("当场更正", "Mend on the spot"),
    "decline": Words("不予受理", "Decline"),
    "lapse": Words("逾期未补正", "Lapsed, not mended in time"),
    "accept": Words("受理", "Accept"),
    "check": Words("现场查验", "Check on the spot"),
    "pause": Words("特别程序", "Special procedure"),
    "resume": Words("特别程序结束", "Special procedure ended"),
    "extend": Words("延期", "Extend"),
    "offer_hearing": Words("告知听证权利", "Offer a hearing"),
    "rectify": Words("更正决定", "Put the decision right"),
    "reopen": Words("重新办理", "Take it up again"),
    "revoke": Words("撤销", "Revoke"),
    "claim": Words("领办", "Take it in hand"),
    "hand_over": Words("移交", "Hand over"),
    "explain": Words("说明超期原因", "Say why it is late"),
    "review": Words("审查", "Review"),
    "approve": Words("准予", "Approve"),
    "refuse": Words("不予", "Refuse"),
    "make": Words("制证", "Make the certificate"),
    "deliver": Words("送达", "Deliver"),
    "conclude": Words("办结", "Conclude"),
    "withdraw": Words("撤回", "Withdraw"),
    "redate": Words("按放假通知改期", "New date after the holiday notice"),
}
