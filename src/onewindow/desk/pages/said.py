"""Words of the desk for grounds that law names (法定理由的说法)."""

from onewindow.core.words import Words

DECLINES = {
    "not_needed": Words("依法不需要取得许可（第1项）", "By law no licence is needed (no. 1)"),
    "not_ours": Words("不属于本机关，要向别的机关申请（第2项）", "Not this office's; another is the right one (no. 2)"),
}
REVIEWS = {
    "review": Words("行政复议（行政复议法第64条）", "Administrative review (Review Law, art. 64)"),
    "lawsuit": Words("行政诉讼（行政诉讼法第70、71条）", "Lawsuit (Administrative Litigation Law, arts. 70, 71)"),
}
REVOCATIONS = {
    "abuse": Words("工作人员滥用职权、玩忽职守", "Staff abused or neglected their duty"),
    "power": Words("超越法定职权", "Beyond the office's power"),
    "procedure": Words("违反法定程序", "Against the procedure of law"),
    "unqualified": Words("申请人不具备资格或不符合条件", "The applicant was not qualified"),
    "fraud": Words("以欺骗、贿赂等不正当手段取得（应当撤销）", "Had by fraud or bribery (must be revoked)"),
}
POOL = Words("待领", "the pool")
