"""The one correction notice (一次性补正告知): what it names, and what may be named again.

law  行政许可法 §32(四): all that is to be mended is told once; 优化营商环境条例 §36
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from onewindow.core.errors import Refusal
from onewindow.core.words import Words

FIELD, PAPER, OTHER = "field", "paper", "other"
MOST_FAULTS = 60
NOT_BROUGHT = Words("还没有带来", "Not brought yet")
"""The note that the house proposes for a paper that is missing."""


def note_words(note: str) -> Words:
    """Return a fault's note for readers of both languages: as written, or as the house proposed it (告知内容)."""
    return NOT_BROUGHT if note == NOT_BROUGHT.zh else Words(note, note)


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing to mend (补正内容): a field of the form, a paper, or something else that the note says.

    key     of the dictionary's field, of the paper; for something else a word of the office's own
    holder  whose paper, where several people bring the same kind
    """

    kind: str
    key: str
    holder: str = ""

    @classmethod
    def from_row(cls, row: Sequence[str]) -> Fault:
        """Return the fault that an entry of the journal holds as a row."""
        kind, key, holder = row
        return cls(kind, key, holder)

    @property
    def row(self) -> list[str]:
        return [self.kind, self.key, self.holder]

    @property
    def name(self) -> str:
        """The fault's name on a form: "paper:id_card:seller"."""
        return ":".join(part for part in (self.kind, self.key, self.holder) if part)


def check_notice(
    faults: Sequence[Fault],
    named: Collection[Fault],
    fields: Collection[str],
    papers: Collection[tuple[str, str]],
) -> None:
    """Refuse a notice that names nothing, something that the case does not have, or what could have been seen before.

    named   every fault of the notices before; a further notice may only name again what was handed in badly
    fields  keys of the item's form
    papers  (key, holder) of the papers that the item asks for
    raises  Refusal case.faults.none, case.faults.unknown, case.faults.old
    law     行政许可法 §32(四)
    """
    if not faults or len(faults) > MOST_FAULTS:
        raise Refusal("case.faults.none", fields={"faults": "case.faults.none"})
    known = {Fault(FIELD, key) for key in fields} | {Fault(PAPER, key, holder) for key, holder in papers}
    strange = [fault for fault in faults if fault.kind != OTHER and fault not in known]
    if strange:
        raise Refusal("case.faults.unknown", name=strange[0].name)
    old = [fault for fault in faults if named and fault not in named]
    if old:
        raise Refusal("case.faults.old", faults=len(old), fields={fault.name: "case.faults.old" for fault in old})


def check_answer(faults: Iterable[Fault], fields: Collection[str], papers: Collection[tuple[str, str]]) -> None:
    """Refuse a hand-in that leaves a named fault open, or changes what the notice did not name.

    raises  Refusal case.supplement.missing, case.supplement.other
    """
    asked = set(faults)
    given = {Fault(FIELD, key) for key in fields} | {Fault(PAPER, key, holder) for key, holder in papers}
    missing = [fault for fault in sorted(asked) if fault.kind != OTHER and fault not in given]
    if missing:
        names = {fault.name: "case.supplement.open" for fault in missing}
        raise Refusal("case.supplement.missing", missing=len(missing), fields=names)
    if given - asked:
        raise Refusal("case.supplement.other", name=min(given - asked).name)
