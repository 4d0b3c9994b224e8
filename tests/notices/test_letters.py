"""Letters that are issued: kept once, sealed, with their digest in the journal; the act never waits for its letter."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as house_settings

from onewindow.accounts.rules import System
from onewindow.core import clock, files, jobs, journal, keys
from onewindow.core.errors import NotFound
from onewindow.core.models import Job, StoredFile
from onewindow.core.words import Words
from onewindow.notices import commands, queries
from onewindow.notices.gateways import NoFont, PressFault, press
from onewindow.notices.models import Letter
from onewindow.notices.rules import Kind
from tests.notices.given import CASE, EXAMPLES, OFFICE, acceptance, refusal

AT = datetime(2026, 11, 16, 10, 0, tzinfo=clock.SHANGHAI)
WORKER = System("worker")


@pytest.fixture(autouse=True)
def fresh_press() -> Iterator[None]:
    yield
    press.cache_clear()


def issue(letter: Any = None) -> None:
    commands.issue(letter=letter or acceptance(), by=WORKER, at=AT)


@pytest.mark.django_db
def test_a_letter_is_kept_once_in_each_language() -> None:
    for _ in range(2):
        issue()
    kept = queries.letters_of(CASE)
    assert [(letter.kind, letter.language) for letter in kept] == [(Kind.ACCEPTANCE, "zh"), (Kind.ACCEPTANCE, "en")]
    assert kept[0].title == ("受理通知书", "Notice of acceptance")
    assert StoredFile.objects.count() == 2
    assert len(journal.chain("letter", f"{CASE}:3:acceptance")) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_journal_holds_the_digest_of_the_file(language: str) -> None:
    issue()
    pdf = queries.letter_file(CASE, 3, Kind.ACCEPTANCE, language)
    assert pdf.startswith(b"%PDF-1.7")
    told = [journal.facts_of(entry) for entry in journal.chain("letter", f"{CASE}:3:acceptance")]
    [facts] = [facts for facts in told if facts["language"] == language]
    assert facts["sha256"] == hashlib.sha256(pdf).hexdigest()
    assert facts["edition"] == press().edition
    row = Letter.objects.get(language=language)
    assert {name: facts[name] for name in ("number", "code", "demo", "file", "sha256")} == {
        name: getattr(row, name) for name in ("number", "code", "demo", "file", "sha256")
    }
    assert facts["office"] == [row.office_zh, row.office_en]
    assert facts["issued_on"] == row.issued_on.isoformat()
    assert list(journal.verify()) == []


@pytest.mark.django_db
def test_no_name_stands_outside_the_sealed_file() -> None:
    issue()
    entries = "".join(entry.facts for entry in journal.chain("letter", f"{CASE}:3:acceptance"))
    row = Letter.objects.values().first()
    assert "李强" not in f"{entries}{row}"
    stored = StoredFile.objects.first()
    assert stored is not None
    sealed = Path(house_settings.FILES_DIR).rglob(stored.pk)
    assert all(b"%PDF" not in path.read_bytes() for path in sealed)


@pytest.mark.django_db
def test_letters_are_not_swept_away() -> None:
    issue()
    files.sweep(AT + timedelta(days=30))
    assert StoredFile.objects.count() == 2
    assert queries.letter_file(CASE, 3, Kind.ACCEPTANCE, "zh")


@pytest.mark.django_db
def test_each_kind_finds_its_place() -> None:
    for seq, make in enumerate(EXAMPLES.values(), 9980):
        letter = make()
        code = queries.code_for(CASE, seq, letter.kind)
        issue(replace(letter, seq=seq, code=code))
    assert len(queries.letters_of(CASE)) == 2 * len(EXAMPLES)
    assert max(map(len, StoredFile.objects.values_list("subject", flat=True))) <= 48


@pytest.mark.django_db
def test_what_is_missing_is_not_found() -> None:
    issue()
    for wanted in ((CASE, 3, Kind.REFUSAL, "zh"), (CASE, 4, Kind.ACCEPTANCE, "zh"), (CASE, 3, Kind.ACCEPTANCE, "fr")):
        with pytest.raises(NotFound):
            queries.letter_file(*wanted)
    assert queries.letters_of("none") == ()


# --- What a stranger may know.


@pytest.mark.django_db
def test_a_code_tells_what_a_stranger_may_know() -> None:
    code = queries.code_for(CASE, 3, Kind.ACCEPTANCE)
    issue(replace(acceptance(), code=code))
    sha256 = hashlib.sha256(queries.letter_file(CASE, 3, Kind.ACCEPTANCE, "en")).hexdigest()
    known = queries.verify_letter(code)
    assert known == queries.Known(
        Kind.ACCEPTANCE,
        Words("受理通知书", "Notice of acceptance"),
        f"{CASE}-03",
        OFFICE,
        acceptance().issued_on,
        demo=True,
        intact=True,
        same=None,
    )
    assert "李强" not in str(known)
    assert queries.verify_letter(code, sha256=sha256.upper()) == replace(known, same=True)
    assert queries.verify_letter(code, sha256="0" * 64) == replace(known, same=False)


@pytest.mark.django_db
def test_a_code_is_read_as_people_write_it() -> None:
    issue(replace(acceptance(), code="8K4M-2P1T-9Q0D-7H3C"))
    for typed in ("8k4m2p1t9q0d7h3c", " 8K4M 2PIT 9QOD 7H3C ", "8K4M-2PLT-9Q0D-7H3C"):
        assert queries.verify_letter(typed) is not None
    for typed in ("", "8K4M-2P1T-9Q0D-7H3D", "8K4M"):
        assert queries.verify_letter(typed) is None


def test_codes_are_the_same_each_time_and_tell_letters_apart() -> None:
    codes = {queries.code_for(CASE, seq, kind) for seq in range(1, 20) for kind in Kind}
    assert len(codes) == 19 * len(Kind)
    assert queries.code_for(CASE, 3, Kind.REFUSAL) == queries.code_for(CASE, 3, Kind.REFUSAL)
    for code in codes:
        replace(acceptance(), code=code)


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["row", "file", "gone"])
def test_what_was_changed_is_not_intact(change: str) -> None:
    issue()
    row = Letter.objects.get(language="zh")
    path = next(Path(house_settings.FILES_DIR).rglob(row.file))
    if change == "row":
        Letter.objects.filter(pk=row.pk).update(sha256="0" * 64)
    elif change == "file":
        path.write_bytes(path.read_bytes()[:-1] + b"x")
    else:
        path.unlink()
    known = queries.verify_letter(acceptance().code)
    assert known is not None
    assert not known.intact
    with pytest.raises((keys.Tampered, NotFound)):
        queries.letter_file(CASE, 3, Kind.ACCEPTANCE, "zh")


@pytest.mark.django_db
def test_looking_a_code_up_asks_little(django_assert_num_queries: Any) -> None:
    issue()
    with django_assert_num_queries(4):
        queries.verify_letter(acceptance().code)
    with django_assert_num_queries(1):
        queries.letters_of(CASE)


# --- Faults: the act stands, the letter follows.


@pytest.mark.django_db
def test_without_a_font_nothing_is_kept(settings: Any, tmp_path: Path) -> None:
    settings.FONTS_DIR = tmp_path
    press.cache_clear()
    with pytest.raises(NoFont):
        issue()
    assert not Letter.objects.exists()
    assert not StoredFile.objects.exists()
    assert journal.chain("letter", f"{CASE}:3:acceptance") == []
    settings.FONTS_DIR = None
    issue()
    assert Letter.objects.count() == 2


@pytest.mark.django_db
def test_a_name_that_cannot_be_set_keeps_nothing() -> None:
    with pytest.raises(PressFault):
        issue(replace(refusal(), addressee=Words("李\U0010fffd", "Li")))
    assert not Letter.objects.exists()
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_a_job_is_tried_again_and_its_letter_follows(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = [AT]
    monkeypatch.setattr(clock, "now", lambda: at[0])
    monkeypatch.setitem(jobs._HANDLERS, "test.letter", lambda payload, at: issue())
    settings.FONTS_DIR = tmp_path
    press.cache_clear()
    jobs.put(kind="test.letter", payload={}, run_at=AT)
    assert jobs.work_once(worker="test", lease_seconds=60)
    job = Job.objects.get(kind="test.letter")
    assert (job.done_at, job.dead_at, job.attempts, job.error) == (None, None, 1, "NoFont")
    assert not Letter.objects.exists()
    settings.FONTS_DIR = None
    at[0] += timedelta(minutes=1)
    assert jobs.work_once(worker="test", lease_seconds=60)
    job.refresh_from_db()
    assert job.done_at is not None
    assert [letter.language for letter in queries.letters_of(CASE)] == ["zh", "en"]


@pytest.mark.django_db
def test_a_language_that_is_kept_is_not_set_again(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = press()
    commands.keep_letter(letter=acceptance(), language="zh", pdf=b"%PDF-1.7 as it was", edition="old", by=WORKER, at=AT)
    issue()
    assert queries.letter_file(CASE, 3, Kind.ACCEPTANCE, "zh") == b"%PDF-1.7 as it was"
    editions = [journal.facts_of(entry)["edition"] for entry in journal.chain("letter", f"{CASE}:3:acceptance")]
    assert editions == ["old", machine.edition]
