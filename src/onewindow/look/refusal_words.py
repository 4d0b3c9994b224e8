"""The words of each refusal code (拒绝理由的说法): what is wrong, what can be done. {facts} are the Refusal's."""

from onewindow.core.words import Words

GROUND = {
    "stale": Words(
        "您看的时候，这里刚被别人改过。现在显示的是最新情况，请看过再决定。",
        "Someone changed this while you were looking at it. What you see now is the latest; look again, then decide.",
    ),
    "once.key": Words("这张表缺少防重复的标记，请刷新后再交。", "This form lacks its token: reload and send again."),
    "once.reused": Words(
        "这张表已经交过一次，内容和这次不同。请先看看已交的那一份；确实要另交，再点一次。",
        "This form was sent before with other content. Look at what was sent first;"
        " if you do want to send another, press once more.",
    ),
    "journal.root": Words("日根文件 {file} 缺失或与签名不符。", "Root file {file} is missing or wrongly signed."),
    "fill.shapes": Words("库里还没有可以照着做的办件。", "There are no cases yet to take shapes from."),
    "installation.fixed": Words(
        "这个数据库建立时已定为演示库或正式库，不能再改。",
        "This database was made as a demo or as a real one; that cannot be changed.",
    ),
}

FILES = {
    "file.empty": Words("这个文件是空的，请重新选。", "This file is empty; choose another."),
    "file.too_large": Words(
        "文件太大，最多 {most}。可以拍得小一点，或分成几个。", "The file is too large: {most} at most."
    ),
    "file.kind": Words("只能放照片（JPG、PNG）或 PDF。", "Only photographs (JPG, PNG) and PDF can be added."),
    "file.lying": Words(
        "文件名的后缀 {suffix} 和内容不符，请用原来的文件。",
        "The ending {suffix} does not fit what is in the file; use the original.",
    ),
    "file.polyglot": Words(
        "这个文件里藏着别的内容，不能收。请重新拍照或扫描。",
        "Something else is hidden in this file. Photograph or scan the paper again.",
    ),
    "file.pixels": Words("照片尺寸太大，请缩小后再放。", "The picture has too many pixels; make it smaller."),
    "file.broken": Words(
        "文件打不开，可能没有存完整。请重新选。", "The file cannot be opened; it may be incomplete. Choose again."
    ),
    "file.locked": Words(
        "PDF 加了密码或打不开，请换一个没有密码的。", "The PDF is locked; choose one without a password."
    ),
    "file.active": Words(
        "PDF 里有会自己运行的内容（{found}），不能收。请打印后扫描。",
        "The PDF holds active content ({found}). Print it and scan the print.",
    ),
    "file.unsafe": Words("安全检查没有通过（{found}），不能收。", "The file did not pass the safety check ({found})."),
    "file.quota": Words(
        "还没提交的文件已有 {most} 个，请先提交或删掉几个。",
        "You have {most} files not submitted; submit or remove some first.",
    ),
    "file.too_many": Words("一件最多放 {most} 个文件。", "A case takes {most} files at most."),
    "file.attachment": Words("这个文件只能下载，不能在页面上看。", "This file can be downloaded only, not shown."),
}

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
        "现场核查要两名以上工作人员：请写另一名有查验岗位的同事（行政许可法 §34）。",
        "A site check takes two officers: name the other one, who holds the duty too (Licensing Law §34).",
    ),
    "case.paused": Words(
        "正在特别程序中，时间停着，现在不能「{act}」；先登记特别程序结束。",
        "A special procedure runs and the time stands still; “{act}” must wait until it has ended.",
    ),
    "case.pause.reason": Words(
        "法律只允许因听证、招标、拍卖、检验、检测、检疫、鉴定、专家评审暂停计时；现场核查的时间照算"
        "（行政许可法 §34、§45）。",
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
        "只能一次告知：这 {faults} 处第一次没有告知，不能再要求补正（行政许可法 §32）。",
        "All is told once: {faults} of these were not in the first notice and cannot be asked for now (Licensing Law"
        " §32).",
    ),
    "case.until": Words("日期要在今天以后、一年以内。", "The day must lie after today and within a year."),
    "case.supplement.missing": Words("还有 {missing} 处没有补正。", "{missing} things of the notice are still open."),
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

PAYMENTS = {
    "payments.lines": Words(
        "收费项目或数量不对：数量是 0 到 99。", "The lines of the fee are not right: a number is 0 to 99."
    ),
    "payments.nothing": Words(
        "数量全是 0 就没有费可收。确实不该收的，请用「免收」并写明依据。",
        "With every number at 0 nothing is charged. If no fee is owed, waive it and name the law.",
    ),
    "payments.law": Words(
        "请写明免收依据：法规名称和条款，或文件的文号。",
        "Name the law that waives it: its title and article, or the document’s number.",
    ),
    "payments.move.none": Words("这件办件没有收费单。", "Nothing was charged for this case."),
    "payments.move.free": Words("这件办件不收费。", "This case costs nothing."),
    "payments.move.due": Words("这笔费还没有收。", "This fee has not been taken yet."),
    "payments.move.paid": Words("这笔费已经收了，收据已开。", "This fee was taken and its receipt given."),
    "payments.move.waived": Words("这笔费已经免收。", "This fee was waived."),
    "payments.move.void": Words(
        "上一次收款已经作废，现在等着重收。", "The last taking was undone; the fee waits to be taken again."
    ),
    "payments.move.refunded": Words("这笔费已经退付，不再收。", "This fee was given back and is not owed."),
    "payments.stale": Words(
        "您看的时候，这笔费刚被别人办过。现在显示的是最新情况，请看过再决定。",
        "Someone has dealt with this fee meanwhile. What you see now is the latest; look again, then decide.",
    ),
    "payments.party": Words(
        "您是这件事的当事人，不能办这笔费。", "You are a party to this case and cannot act on its fee."
    ),
    "payments.same_person": Words(
        "这一步要由另一个人办：谁收的、谁免的、谁结的，自己不能撤。",
        "Someone else must do this: what you took, waived or closed you cannot undo yourself.",
    ),
    "payments.closed": Words(
        "您今天在这个站点已经日结，不能再收。要再收，请另一位同事重开日结。",
        "Your day at this site is closed and takes no more. A colleague can open it again.",
    ),
    "payments.day_closed": Words("这一天已经日结。", "This day is closed already."),
    "payments.day_stale": Words(
        "您看的时候，这份日结刚变过。现在显示的是最新情况，请看过再决定。",
        "This day-end list changed meanwhile. What you see now is the latest; look again, then decide.",
    ),
    "payments.not_closed": Words("这一天还没有日结。", "This day is not closed."),
    "payments.counted": Words("清点的现金不能是负数。", "The counted cash cannot be negative."),
}

CATALOGUE = {
    "catalogue.required": Words("还没有填。", "Not filled in yet."),
    "catalogue.statement": Words("请勾选确认，才能继续。", "Please tick to confirm, then go on."),
    "catalogue.long": Words("写得太长了，请缩短些。", "Too long; please shorten it."),
    "catalogue.choice": Words("请从列出的里面选。", "Choose one of those listed."),
    "catalogue.number": Words("请填数字。", "Please give a number."),
    "catalogue.date": Words("请填日期，例如 2024-10-08。", "Please give a date, such as 2024-10-08."),
    "catalogue.future": Words("这一天还没有到。", "This day has not come yet."),
    "catalogue.body": Words("事项 {item} 的数据有误：{faults}。", "The data of item {item} are wrong: {faults}."),
    "catalogue.errors": Words(
        "事项目录有 {count} 处错误，先改好再加载。第一处：{first}。",
        "The catalogue has {count} errors; mend them, then load it. The first: {first}.",
    ),
    "catalogue.missing": Words("{path} 里没有事项文件。", "There are no item files in {path}."),
    "catalogue.yaml": Words("{file} 不是能读的 YAML：{fault}。", "{file} cannot be read as YAML: {fault}."),
    "catalogue.published": Words(
        "目录版本 {number} 现在是「{status}」，不能发布。", "Edition {number} is “{status}” and cannot be published."
    ),
    "catalogue.second_person": Words(
        "目录版本 {number} 要由提出人以外的人发布。", "Edition {number} is published by someone who did not propose it."
    ),
    "catalogue.postcode": Words("邮政编码是 6 位数字。", "A postcode has 6 digits."),
    "catalogue.too_late": Words(
        "{rule}：离那天只有 {left} 日，不足 {days} 日。那天最晚要在 {last} 提出；现在提出，最早能定在 {earliest}。",
        "{rule}: {left} days are left, and {days} are required. For that day the last day to apply was {last};"
        " asked for now, the earliest possible day is {earliest}.",
    ),
    "catalogue.not_met": Words("不能这样提交，要{must}。{otherwise}。", "Not possible like this: {must}. {otherwise}."),
    "catalogue.ministry": Words("这件事不由本省决定：{office}。", "This is not decided in this province: {office}."),
    "catalogue.closed": Words(
        "这个事项现在不受理网上申请，请到窗口办，或打 12345 问。",
        "This item takes no applications on line now. Go to a counter, or ask 12345.",
    ),
}

ACCOUNTS = {
    "accounts.identity.shape": Words(
        "证件号码的位数或写法不对，请对照证件再看一遍。",
        "The number does not have the right form; compare it with the card.",
    ),
    "accounts.identity.fifteen": Words(
        "15 位的号码 2013 年起已停用，请填 18 位的。", "Numbers of 15 digits ended in 2013; give the one of 18."
    ),
    "accounts.identity.birth": Words(
        "号码里的出生日期不对，请对照证件再看一遍。",
        "The date of birth in the number cannot be; compare it with the card.",
    ),
    "accounts.identity.digit": Words(
        "号码有一位抄错了，请对照证件再看一遍。", "One digit is wrong; compare the number with the card."
    ),
    "accounts.identity.kind": Words(
        "号码和所选的证件种类不符。", "The number does not belong to the chosen kind of document."
    ),
    "accounts.credit": Words(
        "统一社会信用代码有误，请对照营业执照再看一遍。",
        "The social credit code is wrong; compare it with the licence.",
    ),
    "accounts.phone": Words(
        "这个电话号码打不通：手机 11 位，座机带区号。",
        "This number cannot be called: a mobile has 11 digits, a landline its area code.",
    ),
    "accounts.name": Words(
        "姓名里只能有文字、间隔号和空格，最多 60 个字。", "A name has letters, dots and blanks only, 60 at most."
    ),
    "accounts.firm_name": Words("单位名称要 2 到 120 个字。", "A firm's name has 2 to 120 characters."),
    "accounts.name_differs": Words(
        "姓名和这个证件号码登记的不一样，请对照证件再看一遍。",
        "This is not the name registered with the number; compare it with the card.",
    ),
    "accounts.login": Words(
        "登录名只能用小写字母、数字、点和短横，2 到 40 位。",
        "A sign-in name has 2 to 40 small letters, digits, dots and hyphens.",
    ),
    "accounts.login_taken": Words("登录名 {login} 已有人用。", "The sign-in name {login} is taken."),
    "accounts.span": Words("结束的日子早于开始。", "The end lies before the beginning."),
    "accounts.scope": Words("岗位 {duty} 不能配范围 {scope}。", "The duty {duty} cannot have the scope {scope}."),
    "accounts.second_person": Words(
        "自己的岗位要由另一位管理员改。", "Another administrator must change your own duties."
    ),
    "accounts.token_scope": Words("令牌要写明能做什么。", "A token must name what it may do."),
    "accounts.reason": Words(
        "请写明为什么要看，至少 4 个字；本人会看到。", "Write why you need to see it; the person will read this."
    ),
    "accounts.plate": Words("号牌号码不对，例如 晋A12345。", "This is no number plate."),
    "accounts.vin": Words(
        "车辆识别代号是 17 位，没有字母 I、O、Q。", "A VIN has 17 signs, without the letters I, O and Q."
    ),
}

STANDING = {
    "accounts.guardian": Words("这样登记不成监护关系。", "This cannot be noted as a guardianship."),
    "accounts.guardian.relation": Words(
        "法律没有让这种关系的人当监护人（民法典第二十七条、第二十八条），请核对关系和原因。",
        "The law knows no guardian of this kind (Civil Code, articles 27 and 28); check relation and reason.",
    ),
    "accounts.guardian.young": Words("监护人自己还没有满 18 岁。", "The guardian is not yet 18."),
    "accounts.guardian.ward": Words(
        "被监护人的年龄和原因不符：未成年是不满 18 岁；成年人要有认定文书。没有出生日期的证件，请另填出生日期。",
        "The ward's age does not fit the reason: minors are under 18, adults need a ruling."
        " Where the document shows no date of birth, give it.",
    ),
    "accounts.guardian.proof": Words("这种证明不能证明监护关系。", "This document does not prove a guardianship."),
    "accounts.guardian.twice": Words("这段监护关系已经登记过。", "This guardianship is noted already."),
    "accounts.proof": Words("法定代表人要凭营业执照或登记证书。", "A legal representative is shown by the licence."),
    "accounts.agent": Words(
        "没有找到这样一位实名的人。请核对姓名和号码；受托人要先实名登录一次，或到窗口核验。",
        "No such person is known by real name. Check name and number; the agent must first sign in by real name"
        " once, or show a document at a counter.",
    ),
    "accounts.agent_self": Words("不用委托自己。", "There is no need to authorise yourself."),
    "accounts.letter_items": Words("委托的事项写得不对。", "The items of the letter are not in the expected form."),
    "accounts.sign_in": Words(
        "登录名、口令或动态口令不对。三样都请再核对；忘了口令，请管理员发重置链接。",
        "Login, password or code is wrong. Check all three; an administrator can send you a reset link.",
    ),
    "accounts.wait": Words("试得太多了，请等 {seconds} 秒再试。", "Too many tries; wait {seconds} seconds."),
    "accounts.password": Words(
        "口令至少 12 位，不能含登录名，也不能只重复几个字。",
        "A password has 12 characters or more, does not contain the login and does not repeat a few signs.",
    ),
    "accounts.code": Words(
        "动态口令不对。请看验证器上现在的 6 位数字。",
        "The code is wrong; type the 6 digits that the authenticator shows now.",
    ),
    "accounts.ended": Words("这一项已经终止了。", "This has ended already."),
}

PLACES = {
    "places.data": Words("文件 {file} 有误（{code}）：{fault}。", "The file {file} is wrong ({code}): {fault}."),
}

CALENDARS = {
    "calendar.file": Words("文件 {file} 读不出来。", "The file {file} cannot be read."),
    "calendar.same": Words(
        "{year} 年的安排已经是这样，没有变化。", "The year {year} says this already; nothing is new."
    ),
    "calendar.nothing_proposed": Words("{year} 年没有等着发布的安排。", "Nothing is proposed for {year}."),
    "calendar.second_person": Words(
        "{year} 年的安排要由提出人之外的另一个人发布。", "Someone other than the proposer must publish {year}."
    ),
    "calendar.unknown": Words(
        "{year} 年的放假安排还没有装入，算不出日期。", "No calendar is loaded for {year}; the date cannot be computed."
    ),
    "calendar.limit": Words("看不懂这个时限：{text}。", "This limit cannot be read: {text}."),
    "calendar.pause": Words(
        "法律没有允许因为这个理由暂停计时（{reason}）。",
        "The law lets no clock stand still for this reason ({reason}).",
    ),
    "calendar.hours": Words("看不懂开放时间：{text}。", "These opening hours cannot be read: {text}."),
    "calendar.hours_needed": Words(
        "这个时限按办公时间算，要指明网点。", "This limit counts opening hours: name the site."
    ),
    "calendar.never_open": Words("这个网点从 {day} 起没有开放的日子。", "The site has no open day from {day} on."),
    "calendar.no_due": Words(
        "法律只说「之前」，没有天数，算不出日期。", "The law says only “before”; there is no date to compute."
    ),
    "calendar.extension.none": Words("这个时限不能延长。", "This limit cannot be extended."),
    "calendar.extension.twice": Words("只能延长一次，已经延长过了。", "It can be extended once only, and was."),
    "calendar.extension.long": Words("最多只能到 {most}。", "The most that is allowed is {most}."),
    "calendar.extension.late": Words(
        "期限已过，不能再延长。", "The limit has run out; it cannot be extended any more."
    ),
    "calendar.notice.year": Words(
        "通知里的日子不属于 {year} 年：{clause}。", "A day of the notice does not belong to {year}: {clause}."
    ),
    "calendar.notice.text": Words(
        "通知里这一句看不懂：{clause}。", "This clause of the notice cannot be read: {clause}."
    ),
    "calendar.notice.count": Words(
        "通知说 {told} 天，数出来是 {found} 天：{clause}。",
        "The notice says {told} days, the dates make {found}: {clause}.",
    ),
    "calendar.notice.range": Words("起止日期不对：{clause}。", "The span of dates cannot be: {clause}."),
    "calendar.notice.date": Words("没有这一天：{clause}。", "There is no such day: {clause}."),
    "calendar.notice.weekday": Words(
        "{day} 不是通知里写的星期：{clause}。", "{day} is not the weekday that the notice says: {clause}."
    ),
    "calendar.notice.twice": Words("{day} 说了两次：{clause}。", "{day} is named twice: {clause}."),
    "calendar.notice.work_day": Words(
        "{day} 本来就是工作日，不用调休：{clause}。", "{day} is a working day anyway: {clause}."
    ),
    "calendar.notice.missing": Words(
        "{year} 年的通知缺这些节日：{names}。", "The notice for {year} lacks these holidays: {names}."
    ),
}

WORDS: dict[str, Words] = {
    **GROUND,
    **FILES,
    **CASES,
    **PAYMENTS,
    **CATALOGUE,
    **ACCOUNTS,
    **STANDING,
    **PLACES,
    **CALENDARS,
}
