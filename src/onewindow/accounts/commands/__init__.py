"""Writes of people: who is registered, who serves, who may do what, and each opening of what is sealed."""

from onewindow.accounts.commands.codes import ask_code, ask_code_again, forget_codes, send_code, sign_in_by_code
from onewindow.accounts.commands.demo import enter_cast, give
from onewindow.accounts.commands.persons import change_phone, register, register_firm, register_phone
from onewindow.accounts.commands.reading import note_reading, unmask
from onewindow.accounts.commands.real_names import go_for_name, sign_in_by_name, verify_at_counter
from onewindow.accounts.commands.signing import enrol, invite_staff, sign_in_staff
from onewindow.accounts.commands.staff import add_staff, approve_grant, decline_grant, end_duty, grant, remove_staff
from onewindow.accounts.commands.standing import (
    end_firm_role,
    end_guardian,
    give_letter,
    give_letter_to,
    grant_operator,
    grant_operator_to,
    note_guardian,
    note_legal_rep,
    revoke_letter,
)
from onewindow.accounts.commands.tokens import Issued, issue_token, revoke_token

__all__ = [
    "Issued",
    "add_staff",
    "approve_grant",
    "ask_code",
    "ask_code_again",
    "change_phone",
    "decline_grant",
    "end_duty",
    "end_firm_role",
    "end_guardian",
    "enrol",
    "enter_cast",
    "forget_codes",
    "give",
    "give_letter",
    "give_letter_to",
    "go_for_name",
    "grant",
    "grant_operator",
    "grant_operator_to",
    "invite_staff",
    "issue_token",
    "note_guardian",
    "note_legal_rep",
    "note_reading",
    "register",
    "register_firm",
    "register_phone",
    "remove_staff",
    "revoke_letter",
    "revoke_token",
    "send_code",
    "sign_in_by_code",
    "sign_in_by_name",
    "sign_in_staff",
    "unmask",
    "verify_at_counter",
]
