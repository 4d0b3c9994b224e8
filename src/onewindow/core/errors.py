"""How the house says no: a Refusal has a stable code and facts; a missing row and a hidden one are one NotFound."""


class Refusal(Exception):
    """A lawful no (拒绝办理的理由): the same question asked again gets the same answer until something changes.

    code   stable, dotted, named by room: case.move, once.reused, catalogue.closed
    facts  plain values for the words in look/refusals.py; never a person's data
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        return f"{self.code} {self.facts}" if self.facts else self.code


class Away(Exception):
    """Something that the answer needs is away for now (暂时办不了): nothing was lost, and later it works."""


class NotFound(Exception):
    """No such row, or none that this asker may know of: both answer alike."""


def expect(version: int, told: int, code: str = "stale") -> None:
    """Refuse a write that was decided on an older state.

    version  the row's now: the sequence number of its last journal entry
    told     the version the asker had seen
    raises   Refusal code
    """
    if version != told:
        raise Refusal(code, version=version, told=told)
