"""The keys of the house (密钥): one file outside repository, database and backup, readable by its owner alone.

Sealed is what must be read again (AES-256-GCM, bound to its table, column and row); looked up or compared is what need
never be read (HMAC). Data, look-ups, tokens and the journal's roots have a key each, so that none opens another.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import stat
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_FORMAT = 1
# version (1), key id (2), nonce (12), then ciphertext with its tag (16 at least)
_NONCE_AT, _TEXT_AT, _SHORTEST = 3, 15, 31


class KeyFileFault(Exception):
    """The key file is missing, open to others or not readable: nothing may go on without it."""


class Tampered(Exception):
    """A sealed value was changed, cut, moved to another row or column, or sealed with a key that is not here."""


@dataclass(frozen=True, slots=True)
class Ring:
    """The keys of one file, ready for use."""

    current: int
    data: dict[int, AESGCM]
    lookup: bytes
    token: bytes
    root: Ed25519PrivateKey


def make_key_file(path: Path) -> None:
    """Make a new key file with one data key; a file that is there is never written over.

    raises  KeyFileFault when the file is there already
    """
    root = Ed25519PrivateKey.generate()
    secret = root.private_bytes(
        serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption()
    )
    keys = {
        "format": _FORMAT,
        "current": 1,
        "data": {"1": _text(secrets.token_bytes(32))},
        "lookup": _text(secrets.token_bytes(32)),
        "token": _text(secrets.token_bytes(32)),
        "root": _text(secret),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = _written_beside(path, keys)
    try:
        os.link(fresh, path)
    except FileExistsError as error:
        raise KeyFileFault(f"key file {path} is there already; it is never written over") from error
    finally:
        fresh.unlink()
    _sync_folder(path.parent)


def add_data_key(path: Path) -> int:
    """Add a data key and seal with it from now on; older keys stay to open what they sealed. Return its id."""
    ring, keys = load(path), json.loads(path.read_text(encoding="utf-8"))
    new = max(ring.data) + 1
    keys = {**keys, "current": new, "data": {**keys["data"], str(new): _text(secrets.token_bytes(32))}}
    os.replace(_written_beside(path, keys), path)
    _sync_folder(path.parent)
    return new


def load(path: Path) -> Ring:
    """Read a key file.

    raises  KeyFileFault when it is missing, open to others than its owner, or not a key file
    """
    try:
        with path.open("rb") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            if mode & 0o077:
                raise KeyFileFault(f"key file {path} is open to others (mode {mode:04o}): chmod 600 {path}")
            text = file.read()
    except FileNotFoundError as error:
        raise KeyFileFault(f"key file {path} is missing") from error
    except OSError as error:
        raise KeyFileFault(f"key file {path} cannot be read: {error.strerror}") from error
    try:
        return _ring(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError, NotBase64) as error:
        raise KeyFileFault(f"key file {path} is damaged or no key file") from error


def ring() -> Ring:
    """Return the keys of settings.KEY_FILE, read once and again when the file is another one."""
    path = str(settings.KEY_FILE)
    try:
        found = os.stat(path)
    except OSError:
        return load(Path(path))
    mark = (path, found.st_ino, found.st_mtime_ns, found.st_mode)
    if mark not in _loaded:
        fresh = load(Path(path))
        _loaded.clear()
        _loaded[mark] = fresh
        return fresh
    return _loaded[mark]


_loaded: dict[tuple[str, int, int, int], Ring] = {}


def seal_bytes(table: str, column: str, id: object, data: bytes) -> bytes:
    """Seal data for one column of one row (加密); elsewhere it does not open."""
    keys, nonce = ring(), secrets.token_bytes(12)
    head = bytes([_FORMAT]) + keys.current.to_bytes(2, "big") + nonce
    return head + keys.data[keys.current].encrypt(nonce, data, _place(table, column, id))


def unseal_bytes(table: str, column: str, id: object, sealed: bytes | memoryview) -> bytes:
    """Open what was sealed for this column of this row.

    raises  Tampered
    """
    sealed = bytes(sealed)
    if len(sealed) < _SHORTEST or sealed[0] != _FORMAT:
        raise Tampered(f"{table}.{column} of {id} is not a sealed value")
    key = ring().data.get(key_of(sealed))
    if key is None:
        raise Tampered(f"{table}.{column} of {id} was sealed with key {key_of(sealed)}, which is not in the key file")
    try:
        return key.decrypt(sealed[_NONCE_AT:_TEXT_AT], sealed[_TEXT_AT:], _place(table, column, id))
    except InvalidTag as error:
        raise Tampered(f"{table}.{column} of {id} was changed or belongs elsewhere") from error


def seal(table: str, column: str, id: object, text: str) -> bytes:
    """Seal a text for one column of one row (加密)."""
    return seal_bytes(table, column, id, text.encode())


def unseal(table: str, column: str, id: object, sealed: bytes | memoryview) -> str:
    """Open a sealed text.

    raises  Tampered
    """
    return unseal_bytes(table, column, id, sealed).decode()


def key_of(sealed: bytes | memoryview) -> int:
    """Return the id of the data key that sealed the value; one that is not `ring().current` may be sealed anew."""
    return int.from_bytes(bytes(sealed[1:_NONCE_AT]), "big")


def lookup(kind: str, value: str) -> str:
    """Return the digest by which a sealed value is found (查找摘要): 64 hex digits, another for each kind."""
    return _hmac(ring().lookup, f"{kind}\0{value}")


def token_digest(token: str) -> str:
    """Return the digest under which a token is stored: the token itself stands nowhere."""
    return _hmac(ring().token, token)


def subject_key() -> bytes:
    """Return a new key for one subject's digests; when it is destroyed, they say nothing any more."""
    return secrets.token_bytes(32)


def digest(subject_key: bytes | memoryview, text: str) -> str:
    """Return the digest that the journal holds in place of personal data (canonical text), 64 hex digits."""
    return _hmac(bytes(subject_key), text)


def root_public_key() -> str:
    """Return the public half of the root key, in hex: who holds it can check roots without us."""
    public = ring().root.public_key()
    return public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw).hex()


def sign_root(data: bytes) -> bytes:
    """Sign a journal root (Ed25519)."""
    return ring().root.sign(data)


def verify_root(public_key: str, data: bytes, signature: bytes) -> bool:
    """Say whether the signature over the root is the key's."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def _place(table: str, column: str, id: object) -> bytes:
    return f"{table}|{column}|{id}".encode()


def _hmac(key: bytes, text: str) -> str:
    return hmac.digest(key, text.encode(), hashlib.sha256).hex()


def _text(key: bytes) -> str:
    return b64encode(key).decode()


def _key(text: str) -> bytes:
    key = b64decode(text, validate=True)
    if len(key) != 32:
        raise ValueError("a key has 32 bytes")
    return key


def _ring(keys: dict[str, Any]) -> Ring:
    if keys["format"] != _FORMAT:
        raise ValueError("another format")
    data = {int(id): AESGCM(_key(text)) for id, text in keys["data"].items()}
    if keys["current"] not in data:
        raise ValueError("the current key is missing")
    root = Ed25519PrivateKey.from_private_bytes(_key(keys["root"]))
    return Ring(keys["current"], data, _key(keys["lookup"]), _key(keys["token"]), root)


def _written_beside(path: Path, keys: dict[str, Any]) -> Path:
    """Write the keys into a new file of the owner's alone beside the path, down to the disk."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(keys, file, indent=1)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    return fresh


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
