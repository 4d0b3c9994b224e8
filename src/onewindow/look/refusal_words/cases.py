"""Refusals of cases (办件)."""

from onewindow.core.words import Words

CASES = {
    "draft.stale": Words(
        "这份草稿在别的页面改过。现在显示的是最新的，请看过再存。",
        "This draft was changed on another page. What you see now is the latest; look again, then save.",
    ),
    "journal.replay": Words("办件 {subject} 与它的记录对不上。", "Case {subject} does not agree with its journal."),
    "case.stale": Words(
        "您看的时候，这件办件刚被别人办了一步。现在显示的是最新情况，请看过再决定。",
        "Someone took a step on this case meanwhile. What you see now is the latest; look again, then decide.",
    ),
    "case.move": Words("办件现在是「{stage}」，不能「{act}」。", "The case is “{stage}” now; “{act}” is not possible."),
    "case.check.none": Words("这个事项不用现场查验。", "This item needs no check on the spot."),
    "case.check.done": Words("已经查验合格，不用再查。", "The check was passed already; no second one is needed."),
    "case.check.missing": Words("还没有查验合格，不能准予。", "The check is not passed yet; it cannot be approved."),
    "case.check.two": Words(
        "现场核查要两名以上工作人员：请写另一名有查验岗位的同事（行政许可法第34条）。",
        "A site check takes two officers: name the other one, who holds the duty too (Licensing Law §34).",
    ),
    "case.paused": Words(
        "正在特别程序中，时间停着，现在不能「{act}」；先登记特别程序结束。",
        "A special procedure runs and the time stands still; “{act}” must wait until it has ended.",
    ),
    "case.pause.reason": Words(
        "法律只允许因听证、招标、拍卖、检验、检测、检疫、鉴定、专家评审暂停计时；现场核查的时间照算"
        "（行政许可法第34条、第45条）。",
        "The law stops the clock only for a hearing, tender, auction, inspection, testing, quarantine, appraisal or"
        " expert review; the time of a site check counts (Licensing Law §34, §45).",
    ),
    "case.pause.none": Words(
        "这个事项的法律没有规定可以暂停计时。", "The law of this item does not let its clock stand still."
    ),
    "case.resume.none": Words("没有在进行特别程序。", "No special procedure is running."),
    "case.extend.none": Words("这个事项的法律没有规定可以延期。", "The law of this item does not allow an extension."),
    "case.extend.twice": Words("只能延期一次，已经延过了。", "It can be extended once only, and was."),
    "case.extend.same_person": Words(
        "审查这件事的人不能批准延期，请换一位负责人。", "Who reviewed the case cannot extend it; another head must."
    ),
    "case.hearing.none": Words(
        "听证是行政许可的程序，这个事项没有。", "Only licences have this hearing; the item is none."
    ),
    "case.hearing.done": Words("听证权利已经告知过。", "The right to a hearing was told already."),
    "case.faults.none": Words("请至少选一处要补正的内容。", "Name at least one thing that is to be mended."),
    "case.faults.unknown": Words("这件办件没有这一项：{name}。", "The case has no such field or paper: {name}."),
    "case.faults.old": Words(
        "只能一次告知：这 {faults} 处第一次没有告知，不能再要求补正（行政许可法第32条）。",
        "All is told once: {faults} of these were not in the first notice and cannot be asked for now (Licensing Law"
        " §32).",
    ),
    "case.until": Words("日期要在今天以后、一年以内。", "The day must lie after today and within a year."),
    "case.supplement.missing": Words("还有 {missing} 处没有补正。", "{missing} things of the notice are still open."),
    "case.supplement.open": Words("这一处还没有补正。", "This is still open."),
    "case.supplement.other": Words("告知书没有要求改这一项：{name}。", "The notice does not ask for this: {name}."),
    "case.mend.none": Words("没有写要更正的内容。", "Nothing was given that is to be put right."),
    "case.ground": Words("请选一条法律写明的理由。", "Choose one of the grounds that the law names."),
    "case.office": Words(
        "请写明应当向哪个机关申请，不能是本机关。", "Name the office that is the right one; it cannot be this one."
    ),
    "case.receipt": Words(
        "当面送达写签收人，邮寄写邮件号。", "Write who signed for it, or the parcel's number when it is posted."
    ),
    "case.revoke.none": Words("没有准予，也就没有可撤销的。", "Nothing was approved that could be revoked."),
    "case.claimed": Words("这件事在别人手里，要先移交。", "Another has it in hand; it must be handed over first."),
    "case.claimed.mine": Words("已经在您手里。", "You have it in hand already."),
    "case.explain.in_time": Words("没有超期，不用说明原因。", "It is not late; there is nothing to explain."),
    "case.explain.expected": Words(
        "预计办完的日子不能早于今天。", "The day by which it will be done cannot be before today."
    ),
    "case.hand_over.none": Words("没有人领办，不用移交。", "Nobody has it in hand."),
    "case.hand_over.to": Words(
        "这位同事没有办这一步的岗位，或者是当事人。", "This colleague does not hold the duty for it, or is a party."
    ),
    "case.agent_item": Words("您的委托不包括这个事项。", "Your authority does not cover this item."),
    "case.agent_barred": Words(
        "「{item}」在这种情形下不能这样代办，要按指南上写的人来办。",
        "Nobody may act for another on this ground for “{item}” here; its guide says who may.",
    ),
    "case.agent": Words(
        "没有登记过这样的代办关系，或者已经到期、撤销；先登记再收件。",
        "No such relation is noted, or it has ended; note it first.",
    ),
    "case.helper": Words(
        "这位同事今天不在这个站点收件。", "This colleague does not take papers in at this site today."
    ),
    "case.items.none": Words("还没有选要办的事项。", "No item is chosen yet."),
    "case.items.many": Words("一次最多办 {most} 个事项。", "At most {most} items in one sitting."),
    "sitting.stale": Words("这次收件在别的页面里刚改过。", "This sitting was just changed in another tab."),
    "sitting.done": Words("这次收件已经办完了。", "This sitting is done already."),
    "case.find": Words("还有几处没有填好。", "Some entries are to be mended."),
    "case.find.one_more": Words(
        "姓名之外，区划和出生年至少写一项。", "Besides the name give a division or a year of birth."
    ),
    "case.unpaid": Words(
        "费用还没有缴清，结果先不制、不交；收费或按规定免收以后再办。",
        "A fee is still owed and the result waits for it; take it, or waive it by its law, first.",
    ),
    "case.make.refused": Words("决定是不予，没有证件要制。", "It was refused; there is no certificate to make."),
    "case.make.none": Words("这个事项没有证件要制。", "This item has no certificate to make."),
    "case.make.missing": Words("证件还没有制好，不能送达。", "The certificate is not made yet."),
    "case.same_person": Words(
        "您受理了这件承诺件，要由另一个人决定。", "You accepted this promised case; someone else must decide it."
    ),
    "case.duty": Words("「{act}」不是您这个岗位的事。", "“{act}” is not part of your duty here."),
    "case.party": Words("您是这件事的当事人，不能办它。", "You are a party to this case and cannot act on it."),
    "case.held_at": Words(
        "这个时间不对：不能早于收件，也不能晚于现在。",
        "This time cannot be right: not before the receipt, not after now.",
    ),
    "case.level": Words(
        "提交要先实名：用实名登录，或到窗口核验一次身份。您填的都留着。",
        "To submit, your identity must be checked: sign in with your real name, or show your card at a counter once."
        " What you filled in is kept.",
    ),
    "case.questions": Words("还有 {open} 个问题没有回答。", "{open} questions are still open."),
    "case.question": Words("还没有回答。", "Not answered yet."),
    "case.fields": Words("表里有 {faults} 处要改。", "{faults} entries in the form need mending."),
    "case.papers": Words("还缺 {missing} 份材料。", "{missing} papers are missing."),
    "case.paper": Words("还没有上传，也没有选「到窗口带来」。", "Neither uploaded nor marked to be brought."),
    "case.files": Words(
        "有文件找不到了：没提交的文件只留 24 小时。请重新上传。",
        "A file is gone: files not submitted are kept for 24 hours. Please upload it again.",
    ),
    "case.site.missing": Words("还没有选网点。", "No site is chosen yet."),
    "case.site": Words("这个网点不办这个事项，请换一个。", "This site does not handle the item; choose another."),
    "case.reason": Words("请至少选一条不予的理由。", "Choose at least one reason for the refusal."),
    "case.remark.missing": Words("请写明理由。", "Please write the reason."),
    "case.remark.long": Words("写得太长了，请缩短些。", "Too long; please shorten it."),
    "case.way": Words("请选一种送达方式。", "Choose how the result is handed over."),
}
