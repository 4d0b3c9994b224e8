"""`onewindow token issue`: a token for another system, shown this once."""

import argparse
import sys
from datetime import timedelta

from onewindow.accounts import commands, queries
from onewindow.accounts.rules import IdType, System
from onewindow.core import clock
from onewindow.core.errors import NotFound
from onewindow.jobs.demo_people import cast

SCOPES = ["cases:submit", "cases:read", "files:upload"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    issue = acts.add_parser("issue", help="issue a token; its text is never shown again")
    whose = issue.add_mutually_exclusive_group(required=True)
    whose.add_argument("--staff", metavar="LOGIN")
    whose.add_argument("--id-number", metavar="NUMBER", help="of a registered resident")
    whose.add_argument("--persona", metavar="KEY", help="of a demo: applicant, second …")
    issue.add_argument("--scope", action="append", choices=SCOPES, help="what it opens; all unless named")
    issue.add_argument("--days", type=int, default=30)
    issue.add_argument("--label", default="command line")


def run(args: argparse.Namespace) -> int:
    at = clock.now()
    issued = commands.issue_token(
        label=args.label,
        scopes=args.scope or SCOPES,
        expires_at=at + timedelta(days=args.days),
        by=System("command"),
        at=at,
        staff=queries.staff_id(args.staff) if args.staff else None,
        person=None if args.staff else _person(args),
    )
    sys.stdout.write(issued.text + "\n")
    return 0


def _person(args: argparse.Namespace) -> int:
    number = args.id_number or next((each.id_number for each in cast().people if each.key == args.persona), "")
    person = queries.person_of_identity(IdType.RESIDENT_ID, number)
    if person is None:
        raise NotFound("no such person")
    return person
