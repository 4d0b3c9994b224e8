"""What a person is told of each act (通知), as pairs of sentences with places for facts."""

from collections.abc import Mapping

from onewindow.core.words import Words

TOLD: Mapping[str, Words] = {
    "case.submit": Words(
        "您的申请收到了，办件编号 {number}。缺什么我们会一次说清。",
        "We have received your application, case {number}. If anything is missing we tell you all at once.",
    ),
    "case.accept": Words(
        "办件 {number} 已受理，页面上写着时间从哪天起算、哪天办好。",
        "Case {number} is accepted; its page shows from which day its time counts and when it is due.",
    ),
    "case.check": Words(
        "办件 {number} 的现场查验已登记。",
        "The check on the spot for case {number} has been entered.",
    ),
    "case.review": Words("办件 {number} 正在审查。", "Case {number} is under review."),
    "case.approve": Words(
        "办件 {number} 决定准予，下一步制证或送达。",
        "Case {number} is approved; the result is made and delivered next.",
    ),
    "case.refuse": Words(
        "办件 {number} 决定不予。理由、行政复议和诉讼的办法写在办件页面上。",
        "Case {number} is refused. Its page gives the reasons and how to ask for review or go to court.",
    ),
    "case.make": Words("办件 {number} 的证件做好了。", "The document of case {number} is made."),
    "case.deliver": Words("办件 {number} 的结果已送达。", "The result of case {number} has been delivered."),
    "case.conclude": Words("办件 {number} 已办结。", "Case {number} is closed."),
    "case.withdraw": Words("您撤回了办件 {number}，它已终止。", "You have withdrawn case {number}; it has ended."),
    "case.redate": Words(
        "放假安排公布后，办件 {number} 的日期重新算过，页面上新旧日期都有。",
        "The holiday notice is out and the dates of case {number} were counted again; its page shows both.",
    ),
}


def sentence(act: str, facts: Mapping[str, str]) -> Words:
    """Return what is told of an act (通知内容).

    act    the journal's word for it, one of TOLD
    facts  number: the case's
    """
    return TOLD[act].fill(**facts)
