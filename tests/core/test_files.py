import hashlib
import io
import os
import struct
import zipfile
import zlib
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from onewindow.core import files, keys
from onewindow.core.clock import now
from onewindow.core.errors import NotFound, Refusal
from onewindow.core.models import StoredFile

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL", "ignore::Warning:PIL.Image")
OWNER, OTHER = "person:7", "person:8"
CASE = "14010001-20240930-00001"


def picture(kind="PNG", size=(60, 40), **more):
    out = io.BytesIO()
    Image.radial_gradient("L").resize(size).convert("RGB").save(out, kind, **more)
    return out.getvalue()


def pdf(body=b"", catalog=b"<< /Type /Catalog /Pages 2 0 R >>"):
    """A page that says nothing, written by hand; `body` is put between its objects."""
    objects = [catalog, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", b"<< /Type /Page /Parent 2 0 R >>"]
    data = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    starts = []
    for number, what in enumerate(objects, 1):
        starts.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, what)
    data += body
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    end = b"trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(data)
    return data + b"xref\n0 4\n0000000000 65535 f \n" + table + end


def stream(content, head):
    return b"9 0 obj\n<< %s /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (head, len(content), content)


def archive():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("run.js", "alert(1)")
    return out.getvalue()


def chunk(name, content):
    return struct.pack(">I4s", len(content), name) + content + struct.pack(">I", zlib.crc32(name + content))


def bomb(width=30000, height=30000):
    """A PNG of a few kilobytes that unpacks to 900 million points."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(4000))) + chunk(b"IEND", b"")
    )


def phone_picture():
    """Two JPEGs one behind the other, as phones write them: the first announces the second."""
    first, second = picture("JPEG"), picture("JPEG", (30, 20))
    announced = b"MPF\0" + bytes(20)
    return first[:2] + b"\xff\xe2" + struct.pack(">H", len(announced) + 2) + announced + first[2:] + second


PNG, JPEG, PDF = picture(), picture("JPEG"), pdf()


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("身份证.png", PNG, files.PNG),
        ("IMG_0001.JPG", JPEG, files.JPEG),
        ("photo.jpeg", picture("JPEG", progressive=True), files.JPEG),
        ("photo.jpg", JPEG + bytes(16), files.JPEG),
        ("MPF.jpg", phone_picture(), files.JPEG),
        ("保险单.pdf", PDF, files.PDF),
        ("blob", PNG, files.PNG),
        ("微信图片.2024", JPEG, files.JPEG),
        ("扫描件.正面", PDF, files.PDF),
    ],
)
def test_what_people_bring_is_taken(name, data, kind):
    assert files.examine(name, data) == kind


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.png", b"", "file.empty"),
        ("a.png", PNG + bytes(files.MAX_BYTES), "file.too_large"),
        ("a.exe", b"MZ\x90\0" + bytes(100), "file.kind"),
        ("a", b"<html><script>alert(1)</script></html>", "file.kind"),
        ("a.docx", archive(), "file.kind"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "file.kind"),
        ("a.gif", picture("GIF"), "file.kind"),
        ("a.png", JPEG, "file.lying"),
        ("a.pdf", PNG, "file.lying"),
        ("a.exe", PNG, "file.lying"),
        ("a.png.html", PNG, "file.lying"),
        ("a.png", b"<html><script>alert(1)</script></html>", "file.lying"),
        ("a.pdf", b"MZ\x90\0" + bytes(100), "file.lying"),
        ("a.png", PNG + b"<script>alert(1)</script>", "file.polyglot"),
        ("a.png", PNG + archive(), "file.polyglot"),
        ("a.jpg", JPEG + b"PK\x03\x04 anything", "file.polyglot"),
        ("a.jpg", JPEG + PNG, "file.polyglot"),
        ("a.jpg", JPEG + JPEG, "file.polyglot"),
        ("a.jpg", phone_picture() + archive(), "file.polyglot"),
        ("a.pdf", b"MZ" + PDF, "file.polyglot"),
        ("a.pdf", b"\n" + PDF, "file.polyglot"),
        ("a.pdf", PDF + b"<script>alert(1)</script>", "file.polyglot"),
        ("a.pdf", PDF + archive(), "file.polyglot"),
        ("a.pdf", pdf(archive()), "file.polyglot"),
        ("a.png", PNG[:-20], "file.broken"),
        ("a.png", PNG[:60] + b"\xff" + PNG[61:], "file.broken"),
        ("a.png", PNG[:8], "file.broken"),
        ("a.jpg", JPEG[:200], "file.broken"),
        ("a.jpg", b"\xff\xd8\xff\xd9", "file.broken"),
        ("a.pdf", b"%PDF-1.7\nnothing", "file.broken"),
        ("a.png", bomb(), "file.pixels"),
        ("a.png", bomb(8000, 8000), "file.pixels"),
        ("a.pdf", pdf(b"", b"<< /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>"), "file.active"),
        ("a.pdf", pdf(b"", b"<< /OpenAction << /S /J#61vaScript /JS (app.alert(1)) >> >>"), "file.active"),
        ("a.pdf", pdf(b"", b"<< /AA << /S /Launch /F (cmd.exe) >> >>"), "file.active"),
        ("a.pdf", pdf(stream(archive(), b"/Type /EmbeddedFile")), "file.active"),
        (
            "a.pdf",
            pdf(stream(zlib.compress(b"1 0 << /S /JavaScript >>"), b"/Type /ObjStm /Filter /FlateDecode")),
            "file.active",
        ),
        ("a.pdf", pdf(stream(b"no such packing", b"/Type /ObjStm /Filter /LZWDecode")), "file.locked"),
        ("a.pdf", pdf(stream(zlib.compress(bytes(17 << 20)), b"/Type /ObjStm /Filter /FlateDecode")), "file.locked"),
        ("a.pdf", PDF.replace(b"/Size 4", b"/Size 4 /Encrypt 5 0 R"), "file.locked"),
    ],
)
def test_what_is_no_paper_is_refused(name, data, code):
    with pytest.raises(Refusal) as refusal:
        files.examine(name, data)
    assert refusal.value.code == code


@given(st.sampled_from([PNG, JPEG, PDF, phone_picture()]), st.data())
def test_no_bytes_break_the_examination(data, draw):
    broken = bytearray(data)
    for _ in range(draw.draw(st.integers(1, 4))):
        broken[draw.draw(st.integers(0, len(broken) - 1))] = draw.draw(st.integers(0, 255))
    cut = bytes(broken[: draw.draw(st.integers(0, len(broken)))])
    for bytes_ in (bytes(broken), cut):
        with suppress(Refusal):
            assert files.examine("a", bytes_) in (files.PNG, files.JPEG, files.PDF)


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR


def receive(data=PNG, name="身份证.png", owner=OWNER, at=None):
    return files.receive(owner=owner, name=name, data=data, at=at or now())


def on_disk(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@pytest.mark.django_db(transaction=True)
def test_a_file_lies_sealed_in_its_place(folder):
    id = receive()
    path = folder / id[:2] / id[2:4] / id
    assert on_disk(folder) == [id]
    assert PNG not in path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    assert files.get(id) == PNG
    found = files.find(id)
    assert (found.name, found.kind, found.size, found.subject) == ("身份证.png", files.PNG, len(PNG), "")
    assert "身份证".encode() not in bytes(StoredFile.objects.get().name)


@pytest.mark.django_db(transaction=True)
def test_a_file_changed_or_exchanged_on_the_disk_does_not_open(folder):
    one, two = receive(), receive(JPEG, "b.jpg")
    path = folder / one[:2] / one[2:4] / one
    path.write_bytes((folder / two[:2] / two[2:4] / two).read_bytes())
    with pytest.raises(keys.Tampered):
        files.get(one)
    path.unlink()
    with pytest.raises(NotFound):
        files.get(one)


@pytest.mark.django_db
def test_a_file_is_there_for_its_own_transaction():
    assert files.get(receive()) == PNG


@pytest.mark.django_db
@pytest.mark.parametrize("id", ["", "no-such-file", "../../keys.json", "0" * 32])
def test_a_file_that_is_not_there_is_not_found(id):
    with pytest.raises(NotFound):
        files.get(id)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("C:\\Users\\李强\\证件.png", "证件.png"),
        ("../../etc/passwd.png", "passwd.png"),
        ("a\r\nb\0.png", "ab.png"),
        ("", "file"),
        ("长" * 300 + ".png", "长" * 116 + ".png"),
    ],
)
def test_of_a_name_stays_what_a_person_calls_it(name, kept):
    assert files.find(receive(name=name)).name == kept


@pytest.mark.django_db
def test_a_person_has_at_most_twenty_files_that_belong_to_nothing():
    ids = [receive() for _ in range(20)]
    with pytest.raises(Refusal, match=r"file\.quota"):
        receive()
    receive(owner=OTHER)
    files.attach(ids[:1], OWNER, CASE)
    receive()


@pytest.mark.django_db
def test_files_are_given_once_and_by_their_owner_alone():
    one, two, foreign = receive(), receive(), receive(owner=OTHER)
    for ids in ([one, foreign], [one, "0" * 32]):
        with pytest.raises(NotFound):
            files.attach(ids, OWNER, CASE)
        StoredFile.objects.update(subject="")  # the command around it rolls back; here nothing does
    files.attach([one, two, one], OWNER, CASE)
    assert {files.find(id).subject for id in (one, two)} == {CASE}
    with pytest.raises(NotFound):
        files.attach([one], OWNER, "14010001-20240930-00002")


def test_at_most_twenty_files_are_given_at_once():
    with pytest.raises(Refusal, match=r"file\.too_many"):
        files.attach([f"{n:032}" for n in range(21)], OWNER, CASE)


@pytest.mark.django_db
def test_digests_are_told_of_own_files_that_are_free():
    one, two, foreign = receive(), receive(JPEG, "b.jpg"), receive(owner=OTHER)
    files.attach([two], OWNER, CASE)
    digest = hashlib.sha256(PNG).hexdigest()
    assert files.digests_of(owner=OWNER, ids=[one, two, foreign]) == {one: digest}


@pytest.mark.django_db(transaction=True)
def test_an_upload_is_taken_back_until_it_belongs_to_something(folder):
    one, two = receive(), receive()
    with pytest.raises(NotFound):
        files.drop(one, OTHER)
    files.drop(one, OWNER)
    files.attach([two], OWNER, CASE)
    with pytest.raises(NotFound):
        files.drop(two, OWNER)
    assert on_disk(folder) == [two]


@pytest.mark.django_db(transaction=True)
def test_orphans_die_in_a_day_and_nothing_else_does(folder):
    at = now()
    old, young, given_away = receive(at=at - timedelta(hours=25)), receive(at=at), receive(at=at - timedelta(days=9))
    files.attach([given_away], OWNER, CASE)
    stray = folder / "new" / ("f" * 32)
    stray.write_bytes(b"left by a transaction that was rolled back")
    assert files.sweep(at) == 1
    assert on_disk(folder) == sorted([young, given_away, stray.name])
    day_before = (at - timedelta(hours=25)).timestamp()
    os.utime(stray, (day_before, day_before))
    assert files.sweep(at) == 1
    assert on_disk(folder) == sorted([young, given_away])
    assert not StoredFile.objects.filter(pk=old).exists()


@pytest.mark.django_db(transaction=True)
def test_a_file_caught_between_commit_and_move_is_brought_to_its_place(folder):
    at = now()
    id = receive(at=at)
    files.attach([id], OWNER, CASE)
    place, new = folder / id[:2] / id[2:4] / id, folder / "new" / id
    place.rename(new)
    os.utime(new, (0, 0))
    assert files.get(id) == PNG
    assert files.sweep(at) == 0
    assert place.exists()
    assert files.get(id) == PNG


def exif_picture():
    exif = Image.Exif()
    exif[0x010F] = "MAKER-OF-THE-PHONE"
    exif[0x0112] = 6  # to be turned by a quarter
    return picture("JPEG", exif=exif, comment=b"TAKEN-AT-HOME")


@pytest.mark.django_db
def test_what_is_shown_is_a_fresh_copy_turned_upright_without_exif():
    data = exif_picture()
    shown, kind = files.shown(receive(data, "a.jpg"))
    assert kind == files.JPEG
    assert b"MAKER-OF-THE-PHONE" in data
    assert b"MAKER-OF-THE-PHONE" not in shown
    assert b"TAKEN-AT-HOME" not in shown
    image = Image.open(io.BytesIO(shown))
    assert image.size == (40, 60)
    assert not image.getexif()


@pytest.mark.django_db
@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_is_shown(mode):
    image = Image.new("L", (20, 10), 128)
    image = Image.new("I;16", (20, 10), 128 * 257) if mode == "I;16" else image.convert(mode)
    out = io.BytesIO()
    image.save(out, "PNG")
    shown, kind = files.shown(receive(out.getvalue()))
    assert kind == files.PNG
    point = Image.open(io.BytesIO(shown)).convert("RGB").getpixel((5, 5))
    assert mode == "1" or all(abs(light - 128) <= 2 for light in point)


@pytest.mark.django_db
def test_a_cmyk_jpeg_is_shown():
    out = io.BytesIO()
    Image.new("CMYK", (20, 10)).save(out, "JPEG")
    shown, kind = files.shown(receive(out.getvalue(), "a.jpg"))
    assert kind == files.JPEG
    assert Image.open(io.BytesIO(shown)).mode == "RGB"


@pytest.mark.django_db
def test_a_pdf_leaves_only_as_an_attachment():
    id = receive(PDF, "a.pdf")
    with pytest.raises(Refusal, match=r"file\.attachment"):
        files.shown(id)
    assert files.get(id) == PDF


class FindsTestFile:
    name = "finds a test file"

    def scan(self, data):
        return "Test-File" if b"/Lang (EICAR)" in data else ""


@pytest.mark.django_db
def test_a_scanner_is_asked_where_there_is_one():
    bad = pdf(b"", b"<< /Type /Catalog /Pages 2 0 R /Lang (EICAR) >>")
    assert files.scanner().name == "none"
    receive(bad, "a.pdf")
    files.use_scanner(FindsTestFile())
    try:
        with pytest.raises(Refusal, match=r"file\.unsafe"):
            receive(bad, "a.pdf")
        receive(PDF, "a.pdf")
    finally:
        files.use_scanner(files.NoScanner())
