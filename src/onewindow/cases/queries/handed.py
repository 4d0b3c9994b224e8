"""Which case a draft has become (草稿去向)."""

from __future__ import annotations

from onewindow.accounts.rules import Applicant
from onewindow.core.models import Claim

ACT = "draft.submit"


def claim_key(draft: str) -> str:
    """Return the key under which a draft is handed in: its own number, for it is handed in once."""
    return f"draft-{draft}"


def handed_in_for(asker: Applicant, draft: str) -> str:
    """Return the number of the case that the asker's draft has become, "" while it has not (one query)."""
    done = Claim.objects.filter(asker=asker.key, act=ACT, key=claim_key(draft)).values_list("subject", flat=True)
    return done.first() or ""
