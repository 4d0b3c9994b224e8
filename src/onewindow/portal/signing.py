"""What people fill in to come in (登录): staff and residents."""

from __future__ import annotations

import re

from django import forms

from onewindow.accounts.rules import plain
from onewindow.look.forms import PlainForm, pair


def _authenticator_code() -> forms.Field:
    return forms.RegexField(
        label=pair("动态口令", "Code"),
        help_text=pair("验证器上的 6 位数字", "The 6 digits that your authenticator shows"),
        regex=re.compile(r"\d{6}", re.ASCII),
        max_length=6,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


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
    code = _authenticator_code()


class EnrolForm(PlainForm):
    """A new password, and the first code of the authenticator."""

    password = forms.CharField(
        label=pair("新口令", "New password"),
        help_text=pair("至少 12 位，可以是一句话", "12 characters or more; a sentence is fine"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    code = _authenticator_code()


class PhoneForm(PlainForm):
    """The phone to which a code shall go."""

    phone = forms.CharField(
        label=pair("手机号", "Mobile number"),
        help_text=pair("国外的号码先写 + 和国家号", "From abroad, begin with + and the country"),
        max_length=24,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )


class CodeForm(PlainForm):
    """The code that came to the phone; blanks between and digits of full width are as good."""

    code = forms.CharField(
        label=pair("短信验证码", "Code from the text message"),
        help_text=pair("短信里的 6 位数字", "The 6 digits in the message"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def clean_code(self) -> str:
        code = plain(self.cleaned_data["code"])
        if not re.fullmatch(r"\d{6}", code, re.ASCII):
            raise forms.ValidationError(pair("要 6 位数字", "It has 6 digits"))
        return code


class BareForm(PlainForm):
    """Another code to the same phone, a going to the service of identities: there is nothing to fill in."""


class BackForm(PlainForm):
    """What the service of identities sends back by the browser: a code, or why there is none."""

    state = forms.CharField(widget=forms.HiddenInput, max_length=100, required=False)
    code = forms.CharField(widget=forms.HiddenInput, max_length=4096, required=False, strip=False)


class ActForm(PlainForm):
    """For whom to act: a mandate's key, or nothing for oneself."""

    whom = forms.RegexField(
        widget=forms.HiddenInput,
        regex=re.compile(r"(letter|guardian|legal_rep|operator)-\d{1,19}", re.ASCII),
        max_length=32,
        required=False,
    )
