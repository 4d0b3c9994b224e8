"""Chains that show every change, roots that show every vanished chain, claims that are carried out once."""

import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction

from onewindow.core import journal, once, roots
from onewindow.core.errors import Refusal
from onewindow.core.models import Claim, Entry, Job
from onewindow.core.once import Once

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Clerk:
    key: str = "staff:7"
    staff: int | None = 7
    office: str = "140100-vehicles"
    division: str = "140100"
    channel: str = "desk"


CLERK = Clerk()


def write(subject: str, *acts: str) -> None:
    for after, act in enumerate(acts):
        at = AT + timedelta(minutes=after)
        journal.record(kind="case", subject=subject, after=after, act=act, by=CLERK, at=at, facts={"n": after})


@pytest.mark.django_db
class TestChain:
    def test_a_chain_counts_and_verifies(self) -> None:
        write("A", "case.submit", "case.accept")
        write("B", "case.submit")
        assert [(entry.seq, entry.act) for entry in journal.chain("case", "A")] == [
            (1, "case.submit"),
            (2, "case.accept"),
        ]
        assert list(journal.verify()) == []

    @pytest.mark.parametrize(
        ("column", "value"),
        [
            ("act", "case.refuse"),
            ("staff", 8),
            ("facts", "{}"),
            ("at", AT - timedelta(days=9)),
            ("noted_at", AT),
            ("office", "140200-vehicles"),
            ("previous", "0" * 64),
            ("hash", "0" * 64),
        ],
    )
    def test_a_changed_entry_shows(self, column: str, value: object) -> None:
        write("A", "case.submit", "case.accept", "case.review")
        Entry.objects.filter(subject="A", seq=2).update(**{column: value})
        assert {fault.subject for fault in journal.verify()} == {"A"}

    def test_a_vanished_entry_shows(self) -> None:
        write("A", "case.submit", "case.accept", "case.review")
        Entry.objects.filter(subject="A", seq=2).delete()
        assert [fault.fault for fault in journal.verify()] == ["entry 2 is missing"]

    def test_an_act_wakes_who_listens(self) -> None:
        journal.listen("test.act", "test.job")
        journal.listen("test.act", "test.job")
        write("A", "test.act")
        job = Job.objects.get(kind="test.job")
        assert job.payload == '{"kind":"case","seq":1,"subject":"A"}'


@pytest.mark.django_db
class TestRoot:
    def test_a_root_holds_while_chains_grow(self, tmp_path: Path) -> None:
        write("A", "case.submit")
        root = roots.make(before=AT + timedelta(hours=1), folder=tmp_path)
        journal.record(kind="case", subject="A", after=1, act="case.accept", by=CLERK, at=AT + timedelta(hours=2))
        assert roots.check(root) == ""

    def test_a_vanished_chain_shows_though_all_others_verify(self, tmp_path: Path) -> None:
        write("A", "case.submit")
        write("B", "case.submit")
        root = roots.make(before=AT + timedelta(hours=1), folder=tmp_path)
        Entry.objects.filter(subject="B").delete()
        assert list(journal.verify()) == []
        assert "2 entries in 2 chains were signed, 1 in 1 are there" in roots.check(root)

    def test_a_rewritten_chain_shows_though_it_verifies(self, tmp_path: Path) -> None:
        write("A", "case.submit")
        root = roots.make(before=AT + timedelta(hours=1), folder=tmp_path)
        Entry.objects.filter(subject="A").delete()
        write("A", "case.refuse")
        assert list(journal.verify()) == []
        assert roots.check(root) != ""

    def test_a_forged_root_is_refused(self, tmp_path: Path) -> None:
        write("A", "case.submit")
        root = roots.make(before=AT + timedelta(hours=1), folder=tmp_path)
        root.write_text(root.read_text().replace('"entries":1', '"entries":0'))
        with pytest.raises(Refusal):
            roots.check(root)

    def test_roots_name_the_one_before(self, tmp_path: Path) -> None:
        write("A", "case.submit")
        roots.make(before=AT + timedelta(hours=1), folder=tmp_path)
        second = roots.make(before=AT + timedelta(hours=2), folder=tmp_path)
        assert '"previous":""' not in second.read_text()


@pytest.mark.django_db
class TestOnce:
    KEY = Once("12345678")

    def test_the_second_time_answers_the_subject(self) -> None:
        assert once.claim(self.KEY, CLERK, "case.accept", [1], at=AT) is None
        once.settle(self.KEY, CLERK, "case.accept", "A")
        assert once.claim(self.KEY, CLERK, "case.accept", [1], at=AT) == "A"

    def test_the_same_key_with_other_input_is_refused(self) -> None:
        once.claim(self.KEY, CLERK, "case.accept", [1], at=AT, subject="A")
        with pytest.raises(Refusal) as caught:
            once.claim(self.KEY, CLERK, "case.accept", [2], at=AT)
        assert caught.value.code == "once.reused"

    def test_another_askers_key_is_never_found(self) -> None:
        once.claim(self.KEY, CLERK, "case.accept", [1], at=AT, subject="A")
        assert once.claim(self.KEY, Clerk(key="staff:8"), "case.accept", [1], at=AT) is None

    def test_a_refusal_leaves_no_row(self) -> None:
        with pytest.raises(Refusal), transaction.atomic():
            once.claim(self.KEY, CLERK, "case.accept", [1], at=AT)
            raise Refusal("case.move")
        assert not Claim.objects.exists()

    @pytest.mark.parametrize("key", ["", "1234567", "x" * 65])
    def test_a_key_has_eight_to_sixty_four_characters(self, key: str) -> None:
        with pytest.raises(Refusal):
            Once(key)


@pytest.mark.django_db(transaction=True)
def test_a_twin_waits_for_the_first_and_gets_its_answer() -> None:
    """Eight threads send the same POST at one moment: one carries it out, seven get its subject."""
    key, made, answers = Once("the-same-key"), [], []
    start = threading.Barrier(8)

    def post() -> None:
        start.wait()
        with transaction.atomic():
            done = once.claim(key, CLERK, "case.submit", ["x"], at=AT)
            if done is None:
                made.append(1)
                once.settle(key, CLERK, "case.submit", "A-1")
                done = "A-1"
            answers.append(done)
        connection.close()

    threads = [threading.Thread(target=post) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert made == [1]
    assert answers == ["A-1"] * 8
