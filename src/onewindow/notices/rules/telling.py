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
    "case.send_back": Words(
        "办件 {number} 需要补正。要补什么、最晚哪天补，一次写全在办件页面上。",
        "Case {number} needs corrections. Its page names all of them at once, and the day by which to hand them in.",
    ),
    "case.supplement": Words("办件 {number} 的补正材料收到了。", "We have received your corrections to case {number}."),
    "case.mend": Words(
        "办件 {number} 的小错已在窗口当场更正。", "A slip in case {number} was put right on the spot, at the counter."
    ),
    "case.decline": Words(
        "办件 {number} 决定不予受理。理由、应当去哪里办、行政复议和诉讼的办法写在办件页面上。",
        "Case {number} is not accepted. Its page gives the reason, where to go instead, and how to ask for"
        " review or go to court.",
    ),
    "case.lapse": Words(
        "办件 {number} 到期没有收到补正，已终止。您可以重新申请。",
        "No corrections to case {number} came in time, and it has ended. You may apply again.",
    ),
    "case.pause": Words(
        "办件 {number} 进入特别程序，期限暂停计算。原因和预计结束的日子写在办件页面上。",
        "The clock of case {number} stands still for a special procedure. Its page says why, and when it should end.",
    ),
    "case.resume": Words(
        "办件 {number} 的特别程序已结束，期限继续计算。",
        "The special procedure of case {number} has ended; its clock runs on.",
    ),
    "case.extend": Words(
        "办件 {number} 的期限已延长。理由和新的最晚办结日写在办件页面上。",
        "The time for case {number} is extended. Its page gives the reason and the new due date.",
    ),
    "case.offer_hearing": Words(
        "办件 {number} 在决定以前，您可以要求听证。最晚哪天提出写在办件页面上。",
        "Before case {number} is decided you may ask for a hearing. Its page says by which day.",
    ),
    "case.rectify": Words(
        "办件 {number} 的决定有笔误，已更正。", "A slip of the pen in the decision of case {number} was corrected."
    ),
    "case.reopen": Words(
        "办件 {number} 重新办理，期限重新计算。", "Case {number} is taken up again; its clocks begin anew."
    ),
    "case.revoke": Words(
        "办件 {number} 的准予决定已撤销。理由、行政复议和诉讼的办法写在办件页面上。",
        "The approval of case {number} was revoked. Its page gives the reasons and how to ask for review or go"
        " to court.",
    ),
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
