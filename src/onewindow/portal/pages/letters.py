"""What a stranger who holds a letter may learn of it (文书核验)."""

from __future__ import annotations

import hashlib
from typing import Any

from onewindow.notices import queries


def checked(code: str, upload: bytes | None = None) -> dict[str, Any]:
    """Return the context of portal/verify.html: what the code tells, and whether a file is the one that was issued.

    queries  none without a code, else 4 at most
    """
    code = code.strip()[:64]
    digest = hashlib.sha256(upload).hexdigest() if upload is not None else ""
    known = queries.verify_letter(code, sha256=digest) if code else None
    return {"code": code, "known": known, "asked": bool(code)}
