import json
import os

import pytest
from django.conf import settings as house
from hypothesis import given
from hypothesis import strategies as st

from onewindow.core import keys


@pytest.fixture
def key_file(tmp_path, settings):
    path = tmp_path / "keys" / "keys.json"
    keys.make_key_file(path)
    settings.KEY_FILE = path
    return path


@given(st.text())
def test_what_is_sealed_opens_in_its_place(text):
    assert keys.unseal("accounts_person", "name", 7, keys.seal("accounts_person", "name", 7, text)) == text


@pytest.mark.parametrize("place", [("b", "name", 7), ("a", "phone", 7), ("a", "name", 8)])
def test_a_sealed_value_opens_nowhere_else(place):
    sealed = keys.seal("a", "name", 7, "李强")
    with pytest.raises(keys.Tampered):
        keys.unseal(*place, sealed)


@given(st.data())
def test_any_change_to_a_sealed_value_shows(data):
    sealed = bytearray(keys.seal("a", "name", 7, "李强"))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(keys.Tampered):
        keys.unseal("a", "name", 7, bytes(sealed))


@given(st.binary(max_size=60))
def test_anything_else_is_no_sealed_value(data):
    with pytest.raises(keys.Tampered):
        keys.unseal_bytes("a", "name", 7, data)


def test_the_same_text_is_never_sealed_alike():
    assert keys.seal("a", "name", 7, "李强") != keys.seal("a", "name", 7, "李强")


def test_a_sealed_value_comes_from_the_database_as_a_view():
    assert keys.unseal("a", "name", 7, memoryview(keys.seal("a", "name", 7, "李强"))) == "李强"


def test_digests_differ_by_kind_and_by_purpose():
    digests = {keys.lookup("id", "1"), keys.lookup("phone", "1"), keys.token_digest("1")}
    assert len(digests) == 3
    assert all(len(digest) == 64 for digest in digests)
    assert keys.lookup("id", "1") == keys.lookup("id", "1")


def test_a_subjects_digest_needs_its_key():
    own, other = keys.subject_key(), keys.subject_key()
    assert keys.digest(own, "李强") == keys.digest(memoryview(own), "李强") != keys.digest(other, "李强")


def test_a_root_is_checked_with_the_public_half():
    signature = keys.sign_root(b"root")
    assert keys.verify_root(keys.root_public_key(), b"root", signature)
    assert not keys.verify_root(keys.root_public_key(), b"another", signature)
    assert not keys.verify_root("00" * 32, b"root", signature)
    assert not keys.verify_root("no key", b"root", signature)


def test_a_key_file_is_for_its_owner_alone(key_file):
    assert key_file.stat().st_mode & 0o777 == 0o600
    assert os.listdir(key_file.parent) == ["keys.json"]
    for mode in (0o640, 0o604, 0o666):
        key_file.chmod(mode)
        with pytest.raises(keys.KeyFileFault, match="chmod 600"):
            keys.ring()
    key_file.chmod(0o600)
    assert keys.ring().current == 1


def test_a_key_file_is_never_written_over(key_file):
    before = key_file.read_bytes()
    with pytest.raises(keys.KeyFileFault, match="never written over"):
        keys.make_key_file(key_file)
    assert key_file.read_bytes() == before
    assert os.listdir(key_file.parent) == ["keys.json"]


def test_without_a_key_file_nothing_goes_on(tmp_path, settings):
    settings.KEY_FILE = tmp_path / "none.json"
    with pytest.raises(keys.KeyFileFault, match=r"none\.json is missing"):
        keys.seal("a", "name", 7, "李强")


@pytest.mark.parametrize(
    "damage",
    [
        lambda keys: "no JSON",
        lambda keys: json.dumps([]),
        lambda keys: json.dumps({**keys, "format": 2}),
        lambda keys: json.dumps({**keys, "current": 9}),
        lambda keys: json.dumps({**keys, "lookup": "c2hvcnQ="}),
        lambda keys: json.dumps({**keys, "data": {"1": "!"}}),
        lambda keys: json.dumps({name: keys[name] for name in keys if name != "root"}),
    ],
)
def test_a_damaged_key_file_is_refused(key_file, damage):
    key_file.write_text(damage(json.loads(key_file.read_text())))
    with pytest.raises(keys.KeyFileFault, match="damaged"):
        keys.ring()


def test_a_new_data_key_seals_and_the_old_still_opens(key_file):
    old = keys.seal("a", "name", 7, "李强")
    assert keys.add_data_key(key_file) == 2
    new = keys.seal("a", "name", 7, "李强")
    assert (keys.key_of(old), keys.key_of(new)) == (1, 2)
    assert keys.unseal("a", "name", 7, old) == keys.unseal("a", "name", 7, new) == "李强"
    assert key_file.stat().st_mode & 0o777 == 0o600


def test_another_houses_keys_open_nothing(key_file, settings):
    sealed = keys.seal("a", "name", 7, "李强")
    settings.KEY_FILE = house.VAR / "keys.json"
    with pytest.raises(keys.Tampered):
        keys.unseal("a", "name", 7, sealed)
