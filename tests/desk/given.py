"""What the tests of the desk share: a clerk at the screen, who reads pages and sends the forms that stand there."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client

from onewindow.accounts.doors import SESSION
from onewindow.accounts.rules import Resident, Staff, session_word


class Forms(HTMLParser):
    """The forms of a page by their address, each with the values that it would send as it stands."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: dict[str, dict[str, Any]] = {}
        self._now: dict[str, Any] = {}
        self._area = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._now = self.found.setdefault(given.get("action", ""), {})
        elif tag == "input" and given.get("type") in ("radio", "checkbox"):
            if "checked" in given:
                self._now.setdefault(given["name"], []).append(given.get("value", "on"))
        elif tag == "input" and "name" in given:
            self._now[given["name"]] = given.get("value", "")
        elif tag == "textarea":
            self._area, self._now[given["name"]] = given["name"], ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self._now[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._now[self._area] = self._now[self._area].removeprefix("\n")
            self._area = ""


class Desk:
    """Someone signed in, with a browser of their own."""

    def __init__(self, asker: Staff | Resident, language: str = "zh-CN") -> None:
        self.client = Client(headers={"accept-language": language})
        session = self.client.session
        session[SESSION] = session_word(asker)
        session.save()
        self.page = ""

    def get(self, path: str, status: int = 200) -> str:
        """Open a page and return its text."""
        return self._read(self.client.get(path), status)

    def form(self, path: str) -> dict[str, Any]:
        """Return what the form at this address, on the page that was read last, would send."""
        return Forms(self.page).found[path]

    def send(self, path: str, status: int = 303, **typed: Any) -> str:
        """Send the form that stands on the page, with what was typed into it."""
        return self._read(self.client.post(path, {**self.form(path), **typed}), status)

    def act(self, number: str, act: str, status: int = 303, **typed: Any) -> str:
        """Open a case, send one of its acts and read the page on which that ends."""
        self.get(f"/desk/cases/{number}")
        text = self.send(f"/desk/cases/{number}/{act}", status, **typed)
        return self.get(f"/desk/cases/{number}") if status == 303 else text

    def _read(self, response: HttpResponse, status: int) -> str:
        assert response.status_code == status, (response.status_code, response.content.decode()[:3000])
        self.page = response.content.decode()
        return self.page
