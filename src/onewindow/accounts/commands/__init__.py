"""Writes of people: who is registered, who serves, who may do what, and each opening of what is sealed."""

from onewindow.accounts.commands.demo import enter_cast
from onewindow.accounts.commands.persons import change_phone, register, register_firm, register_phone
from onewindow.accounts.commands.reading import note_reading, unmask
from onewindow.accounts.commands.staff import add_staff, end_duty, grant, remove_staff
from onewindow.accounts.commands.tokens import Issued, issue_token, revoke_token

__all__ = [
    "Issued",
    "add_staff",
    "change_phone",
    "end_duty",
    "enter_cast",
    "grant",
    "issue_token",
    "note_reading",
    "register",
    "register_firm",
    "register_phone",
    "remove_staff",
    "revoke_token",
    "unmask",
]
