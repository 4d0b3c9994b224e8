"""Refusals of payments (收费)."""

from onewindow.core.words import Words

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
