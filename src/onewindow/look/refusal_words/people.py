"""Refusals of accounts (人员)."""

from onewindow.core.words import Words

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

SIGNING = {
    "accounts.mobile": Words(
        "这个手机号收不到短信。国内的 11 位；国外的先写 + 和国家号。",
        "No text can reach this number. A Chinese mobile has 11 digits; others begin with + and their country.",
    ),
    "accounts.code_soon": Words(
        "刚发过一条，请等 {seconds} 秒再要。", "One was sent just now; ask again in {seconds} seconds."
    ),
    "accounts.code_limit": Words(
        "一小时内要得太多了，请等 {minutes} 分钟，或到窗口办。",
        "Too many were asked for within an hour. Wait {minutes} minutes, or come to a counter.",
    ),
    "accounts.code_over": Words(
        "这条验证码已经不能用了，请重新获取一条。", "This code is no longer good; ask for another one."
    ),
    "accounts.code_wrong": Words(
        "验证码不对。请填最近收到的那一条，还可以试 {left} 次。",
        "The code is wrong. Type the one that came last; tries left: {left}.",
    ),
    "accounts.real_name": Words(
        "这一次实名认证没有完成，或者已经过时。没有登录，什么都没有改变。",
        "The identity check was not completed, or it is out of date. You are not signed in; nothing has changed.",
    ),
    "accounts.real_name.state": Words(
        "这一次实名认证没有完成，或者已经过时。没有登录，什么都没有改变。",
        "The identity check was not completed, or it is out of date. You are not signed in; nothing has changed.",
    ),
    "accounts.real_name.short": Words(
        "统一身份认证没有给出姓名、证件种类和号码，认不出您是谁。",
        "The identity service did not say name, kind and number of a document; you cannot be known by that.",
    ),
    "accounts.real_name.kind": Words(
        "统一身份认证用的证件种类，这里不认识。",
        "The identity service names a kind of document that is not known here.",
    ),
    "accounts.own_document": Words("自己的证件要由另一位同事核验。", "Another colleague must check your own document."),
}
