"""Refusals of catalogue, places and calendars (事项、区划、日历)."""

from onewindow.core.words import Words

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
