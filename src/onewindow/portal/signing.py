"""What staff fill in to come in (工作人员登录)."""

from __future__ import annotations

import re

from django import forms

from onewindow.look.forms import PlainForm, pair


class StaffSignInForm(PlainForm):
    """Login, password and the authenticator's code, asked together so that nobody learns which was wrong."""

    login = forms.CharField(
        label=pair("登录名", "Login"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=pair("口令", "Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = forms.RegexField(
        label=pair("动态口令", "Code"),
        help_text=pair("验证器上的 6 位数字", "The 6 digits that your authenticator shows"),
        regex=re.compile(r"\d{6}", re.ASCII),
        max_length=6,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class EnrolForm(PlainForm):
    """A new password, and the first code of the authenticator."""

    password = forms.CharField(
        label=pair("新口令", "New password"),
        help_text=pair("至少 12 位，可以是一句话", "12 characters or more; a sentence is fine"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    code = forms.RegexField(
        label=pair("动态口令", "Code"),
        help_text=pair("验证器上的 6 位数字", "The 6 digits that your authenticator shows"),
        regex=re.compile(r"\d{6}", re.ASCII),
        max_length=6,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class ActForm(PlainForm):
    """For whom to act: a mandate's key, or nothing for oneself."""

    whom = forms.RegexField(
        widget=forms.HiddenInput,
        regex=re.compile(r"(letter|guardian|legal_rep|operator)-\d{1,19}", re.ASCII),
        max_length=32,
        required=False,
    )
