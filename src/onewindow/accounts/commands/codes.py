"""Coming in by a code to one's phone (手机验证码登录): asked for, sent by a job, typed in the browser that asked."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta
from math import ceil

from django.db import transaction

from onewindow.accounts import models, queries, rules
from onewindow.accounts.commands.persons import register_phone
from onewindow.accounts.queries.signing import CODES, browser_digest, code_of
from onewindow.accounts.rules import Public, Resident
from onewindow.core import jobs, keys
from onewindow.core.errors import Refusal
from onewindow.notices.gateways import Sender

KEPT = timedelta(days=1)
LEVEL = 1


@transaction.atomic
def ask_code(*, phone: str, handle: str, address: str, at: datetime) -> None:
    """Have a code sent to the phone, good in this browser alone; one asked for here before dies (获取验证码).

    Whether anyone is known by the phone makes no difference. A second asking within the pause from the same browser - a
    double click - is answered by the code that is under way.

    handle   the secret that the asking browser holds
    address  where the asker comes from, as counts are kept by it
    raises   Refusal accounts.mobile, accounts.code_soon, accounts.code_limit
    """
    number = rules.plain_phone(phone)
    if rules.mobile_fault(number):
        raise Refusal("accounts.mobile", fields={"phone": "accounts.mobile"})
    lookup, place, browser = queries.phone_lookup(number), keys.lookup("code.address", address), browser_digest(handle)
    for subject in (lookup, place, browser):
        _hold(subject, at)
    lately = models.PhoneCode.objects.filter(asked_at__gt=at - rules.CODE_WINDOW).order_by("-asked_at")
    by_phone = list(lately.filter(phone_lookup=lookup))
    if by_phone and at - by_phone[0].asked_at < rules.AGAIN_AFTER:
        last = by_phone[0]
        if last.browser == browser and last.ended_at is None and last.tries < rules.CODE_TRIES:
            return
        raise _soon(last.asked_at + rules.AGAIN_AFTER, at)
    by_place = list(lately.filter(address_lookup=place).values_list("asked_at", flat=True))
    wait = max(
        rules.wait_for_next([row.asked_at for row in by_phone], rules.CODES_BY_PHONE, at),
        rules.wait_for_next(by_place, rules.CODES_BY_ADDRESS, at),
    )
    if wait:
        raise _refused("accounts.code_limit", "phone", minutes=ceil(wait / timedelta(minutes=1)))
    models.PhoneCode.objects.filter(browser=browser, ended_at__isnull=True).update(ended_at=at)
    code = secrets.randbits(63)
    models.PhoneCode.objects.create(
        id=code,
        phone=keys.seal(CODES, "phone", code, number),
        phone_lookup=lookup,
        address_lookup=place,
        browser=browser,
        asked_at=at,
        until=at + rules.CODE_GOOD_FOR,
    )
    jobs.put(kind="accounts.code", payload={"code": code}, run_at=at)


def ask_code_again(*, handle: str, address: str, at: datetime) -> None:
    """Have another code sent to the phone that this browser gave (重新获取验证码).

    raises  Refusal accounts.code_over, accounts.code_soon, accounts.code_limit
    """
    sent = queries.code_sent(handle, at)
    if sent is None:
        raise _refused("accounts.code_over", "code")
    if at < sent.again_at:
        raise _soon(sent.again_at, at)
    ask_code(phone=sent.phone, handle=handle, address=address, at=at)


def send_code(*, code: int, sender: Sender, at: datetime) -> None:
    """Send a code's text and note that it went; one that is over or went before is left alone (发送验证码).

    A gateway that is away is tried again while the code is good; one that takes a text twice knows it by its reference.
    """
    row = models.PhoneCode.objects.filter(
        pk=code, ended_at__isnull=True, sent_at__isnull=True, until__gt=at, tries__lt=rules.CODE_TRIES
    ).first()
    if row is None:
        return
    phone = keys.unseal(CODES, "phone", row.pk, row.phone)
    sender.send(phone, rules.code_text(code_of(row.pk)), reference=f"code-{row.pk}")
    models.PhoneCode.objects.filter(pk=code).update(sent_at=at)


def sign_in_by_code(*, handle: str, code: str, at: datetime) -> Resident:
    """Return who comes with the code that this browser asked for, registered now if new (验证码登录, level 1).

    A try is counted before it is judged. Outside a transaction: what is counted stays when the try is refused.

    raises  Refusal accounts.code_over, accounts.code_wrong
    """
    row = _tried(handle, at)
    if not hmac.compare_digest(code_of(row.pk).encode(), code.encode()):
        left = rules.CODE_TRIES - row.tries
        raise _refused("accounts.code_wrong", "code", left=left) if left else _refused("accounts.code_over", "code")
    return _taken(row.pk, at)


@transaction.atomic
def forget_codes(*, at: datetime) -> None:
    """Throw away codes and counts of failures that count no more (清理验证码)."""
    models.PhoneCode.objects.filter(asked_at__lt=at - KEPT).delete()
    models.Attempt.objects.filter(last_at__lt=at - KEPT, wait_until__lt=at).delete()


@transaction.atomic
def _tried(handle: str, at: datetime) -> models.PhoneCode:
    """Count a try at this browser's code and return its row."""
    alive = models.PhoneCode.objects.select_for_update().filter(ended_at__isnull=True, until__gt=at)
    row = alive.filter(browser=browser_digest(handle), tries__lt=rules.CODE_TRIES).first()
    if row is None:
        raise _refused("accounts.code_over", "code")
    row.tries += 1
    row.save(update_fields=["tries"])
    return row


@transaction.atomic
def _taken(code: int, at: datetime) -> Resident:
    """Use the code up, once, and return whose phone it was sent to."""
    row = models.PhoneCode.objects.select_for_update().filter(pk=code, ended_at__isnull=True).first()
    if row is None:
        raise _refused("accounts.code_over", "code")
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    person = register_phone(phone=keys.unseal(CODES, "phone", row.pk, row.phone), by=Public(), at=at)
    return queries.resident_asker(person, LEVEL, "web")


def _hold(subject: str, at: datetime) -> None:
    """Let those who ask for the same phone, from the same address or the same browser come one after the other."""
    models.Attempt.objects.get_or_create(guard="code", subject=subject, defaults={"last_at": at, "wait_until": at})
    row = models.Attempt.objects.select_for_update().get(guard="code", subject=subject)
    row.last_at = at
    row.save(update_fields=["last_at"])


def _soon(again_at: datetime, at: datetime) -> Refusal:
    return _refused("accounts.code_soon", "phone", seconds=ceil((again_at - at) / timedelta(seconds=1)))


def _refused(code: str, field: str, **facts: int) -> Refusal:
    """A no that stands beside its field."""
    return Refusal(code, fields={field: Refusal(code, **facts)})
