"""`onewindow staff`: who serves: add, invite to sign in, leave, and the duties that one proposes and another approves.

The first two administrators enter an empty database so.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from onewindow.accounts import commands, queries
from onewindow.accounts.rules import ANYWHERE, Duty, Staff, System
from onewindow.core import clock
from onewindow.jobs import keepers

HOUSE = System("command")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    add = acts.add_parser("add", help="take someone in and print the link by which they set password and authenticator")
    add.add_argument("login")
    add.add_argument("--name", required=True)
    add.add_argument("--division", required=True, metavar="CODE", help="six digits")
    add.add_argument("--office", default="", metavar="CODE", help="an office's or a site's code")
    invite = acts.add_parser("invite", help="print a new link: password or authenticator were lost")
    invite.add_argument("login")
    leave = acts.add_parser("leave", help="from that day on sign-in, session and tokens open nothing")
    leave.add_argument("login")
    leave.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="today unless given")
    grant = acts.add_parser("grant", help="propose a duty; it holds once another administrator has approved it")
    approve = acts.add_parser("approve", help="let a proposed duty hold")
    decline = acts.add_parser("decline", help="turn a proposed duty down")
    for each in (grant, approve, decline):
        each.add_argument("login")
        each.add_argument("duty", choices=[duty.value for duty in Duty])
        each.add_argument("scope", help="a site, an office or *")
    waiting = acts.add_parser("waiting", help="show the duties that wait for a second administrator")
    for each in (add, invite, leave, grant, approve, decline, waiting):
        each.add_argument("--by", metavar="LOGIN", help="the administrator; not needed while there is none")


def run(args: argparse.Namespace) -> int:
    at = clock.now()
    by: Staff | System | None = keepers.keeper(args.by, Duty.ADMIN, at)
    if by is None and queries.administrators(clock.day_of(at)) < 2 and not args.by:
        by = HOUSE
    if by is None:
        return keepers.refuse("staff", args.by, "an administrator")
    return _ACTS[args.act](args, by, at)


@transaction.atomic
def _add(args: argparse.Namespace, by: Staff | System, at: datetime) -> int:
    staff = commands.add_staff(
        login=args.login, name=args.name, division=args.division, office=args.office, by=by, at=at
    )
    link = commands.invite_staff(staff=staff, by=by, at=at)
    if isinstance(by, System):  # the first one administers, or there would never be a second
        commands.grant(staff=staff, duty=Duty.ADMIN, scope=ANYWHERE, by=by, at=at)
    return _say(link)


def _invite(args: argparse.Namespace, by: Staff | System, at: datetime) -> int:
    return _say(commands.invite_staff(staff=queries.staff_id(args.login), by=by, at=at))


def _leave(args: argparse.Namespace, by: Staff | System, at: datetime) -> int:
    commands.remove_staff(staff=queries.staff_id(args.login), left_on=args.on or clock.day_of(at), by=by, at=at)
    return 0


def _grant(args: argparse.Namespace, by: Staff | System, at: datetime) -> int:
    commands.grant(staff=queries.staff_id(args.login), duty=Duty(args.duty), scope=args.scope, by=by, at=at)
    return 0


def _settle(args: argparse.Namespace, by: Staff | System, at: datetime) -> int:
    """Approve or decline what another has proposed."""
    if isinstance(by, System):
        return keepers.refuse("staff", args.by, "no second administrator")
    settle = commands.approve_grant if args.act == "approve" else commands.decline_grant
    settle(staff=queries.staff_id(args.login), duty=Duty(args.duty), scope=args.scope, by=by, at=at)
    return 0


def _waiting(args: argparse.Namespace, by: Staff | System, at: datetime) -> int:
    for login, held in queries.waiting_grants():
        sys.stdout.write(f"{login} {held.duty} {held.scope} from {held.from_on}\n")
    return 0


def _say(link: str) -> int:
    sys.stdout.write(f"{reverse('portal:enrol', args=[link])}\n")
    return 0


_ACTS = {
    "add": _add,
    "invite": _invite,
    "leave": _leave,
    "grant": _grant,
    "approve": _settle,
    "decline": _settle,
    "waiting": _waiting,
}
