"""Why not, in words (拒绝理由): each code that a room may raise, said to the person who meets it."""

from collections.abc import Mapping
from datetime import date, datetime

from onewindow.core.errors import Refusal
from onewindow.core.words import Words
from onewindow.look import dates, marks

# The words say what is wrong and what can be done. {facts} are those of the Refusal.
WORDS: dict[str, Words] = {
    # every room
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
    # cases
    "case.stale": Words(
        "您看的时候，这件办件刚被别人办了一步。现在显示的是最新情况，请看过再决定。",
        "Someone took a step on this case meanwhile. What you see now is the latest; look again, then decide.",
    ),
    "case.move": Words("办件现在是「{stage}」，不能「{act}」。", "The case is “{stage}” now; “{act}” is not possible."),
    "case.check.none": Words("这个事项不需要查验。", "This item needs no vehicle check."),
    "case.check.done": Words("已经查验合格，不用再查。", "The check was passed already; no second one is needed."),
    "case.check.missing": Words("还没有查验合格，不能准予。", "The check is not passed yet; it cannot be approved."),
    "case.make.refused": Words("决定是不予，没有证件要制。", "It was refused; there is no certificate to make."),
    "case.make.none": Words("这个事项没有证件要制。", "This item has no certificate to make."),
    "case.make.missing": Words("证件还没有制好，不能送达。", "The certificate is not made yet."),
    "case.same_person": Words(
        "您受理了这件承诺件，要由另一个人决定。", "You accepted this promised case; someone else must decide it."
    ),
}
GENERAL = Words("这一步现在不能办（{code}）。什么都没有改变。", "Not possible now ({code}). Nothing has changed.")

# A stale page and a form used again are conflicts; too many attempts are their own answer; all else is 422.
_CONFLICTS = frozenset({"stale", "once.reused"})
_TOO_MANY = frozenset({"wait", "too_many", "locked"})


class _Facts(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "—"


def say(refusal: Refusal) -> Words:
    """Say why not, in both languages; a code without words is named, never hidden (拒绝理由)."""
    return words_of(refusal.code, refusal.facts)


def words_of(code: str, facts: Mapping[str, object]) -> Words:
    """Say a code with its facts; stages, acts, dates and pairs among them are said in the reader's words."""
    words = WORDS.get(f"{code}.{facts.get('fault')}") or WORDS.get(code, GENERAL)
    spoken = {name: _spoken(name, fact) for name, fact in {**facts, "code": code}.items()}
    return Words(
        words.zh.format_map(_Facts({name: pair.zh for name, pair in spoken.items()})),
        words.en.format_map(_Facts({name: pair.en for name, pair in spoken.items()})),
    )


def status_of(code: str) -> int:
    """Return the answer's status: 409 for what another act came before, 429 for too many attempts, else 422."""
    last = code.rsplit(".", 1)[-1]
    if code in _CONFLICTS or last == "stale":
        return 409
    return 429 if last in _TOO_MANY else 422


_TABLES: dict[str, Mapping[str, Words]] = {"stage": marks.STAGES, "act": marks.ACTS}


def _spoken(name: str, fact: object) -> Words:
    if isinstance(fact, Words):
        return fact
    if isinstance(fact, datetime):
        return dates.time_words(fact)
    if isinstance(fact, date):
        return dates.date_words(fact)
    text = str(fact)
    return _TABLES.get(name, {}).get(text.removeprefix("case."), Words(text, text))
