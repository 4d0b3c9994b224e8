"""What the tests of the portal share: a person with a browser, who reads pages and sends the forms that stand there."""

from __future__ import annotations

import io
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from onewindow.accounts.doors import SESSION
from onewindow.accounts.rules import Resident, session_word
from tests.cases.given import ANSWERS

ASK = f"/items/CG04/ask?{urlencode(ANSWERS)}"
BEGIN = f"/items/CG04/begin?{urlencode(ANSWERS)}"


class Forms(HTMLParser):
    """The forms of a page by their address, each with the values that it would send as it stands."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: dict[str, dict[str, Any]] = {}
        self._now: dict[str, Any] = {}
        self._area = self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        kind = given.get("type", "")
        if tag == "form":
            self._now = self.found.setdefault(given.get("action", ""), {})
        elif tag == "input" and kind in ("radio", "checkbox"):
            if "checked" in given:
                self._now[given["name"]] = given.get("value", "on")
        elif tag == "input" and "name" in given and kind != "file":
            self._now[given["name"]] = given.get("value", "")
        elif tag == "textarea":
            self._area, self._now[given["name"]] = given["name"], ""
        elif tag == "select":
            self._select = given["name"]
        elif tag == "option" and self._select and ("selected" in given or self._select not in self._now):
            self._now[self._select] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._area:
            self._now[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._now[self._area] = self._now[self._area].removeprefix("\n")
            self._area = ""
        elif tag == "select":
            self._select = ""


class Visitor:
    """Someone with a browser of their own, signed in or not."""

    def __init__(self, asker: Resident | None = None, language: str = "zh-CN") -> None:
        self.client = Client(headers={"accept-language": language})
        if asker:
            session = self.client.session
            session[SESSION] = session_word(asker)
            session.save()
        self.page = self.at = ""

    def get(self, path: str, status: int = 200) -> str:
        """Open a page and return its text."""
        self.at = path
        return self._read(self.client.get(path), status)

    def form(self, path: str = "") -> dict[str, Any]:
        """Return what the form at this address, on the page that was read last, would send."""
        return Forms(self.page).found[path]

    def send(self, path: str, status: int = 303, form: str | None = None, **typed: Any) -> str:
        """Send the form that stands on the page, with what was typed into it; return where it leads."""
        given = {**self.form(path if form is None else form), **typed}
        response = self.client.post(path, {name: value for name, value in given.items() if value is not None})
        self._read(response, status)
        return str(response.headers.get("Location", ""))

    def post(self, path: str, given: dict[str, Any]) -> HttpResponse:
        """Send a form as it was kept, as a second tab or a double click does."""
        return self.client.post(path, given)

    def _read(self, response: Any, status: int) -> str:
        text: str = response.content.decode(errors="replace")
        main = text[text.find("<main") :]
        assert response.status_code == status, (response.status_code, main[:2500])
        self.page = text
        return text


def picture(name: str = "id.jpg", size: tuple[int, int] = (60, 40), kind: str = "JPEG") -> SimpleUploadedFile:
    """Return an honest picture."""
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, format=kind)
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")


def file(name: str, data: bytes) -> SimpleUploadedFile:
    """Return a file with these bytes."""
    return SimpleUploadedFile(name, data)


TYPED = {
    "person.mail_address": "山西省太原市迎泽区某街 1 号",
    "buyer.address": "山西省太原市迎泽区某街 1 号",
    "vehicle.plate_type": "小型汽车",
    "vehicle.plate": "晋A·12345",
    "vehicle.vin": "LSVAA4187E2123456",
    "vehicle.certificate_number": "140012345678",
    "vehicle.delivered_on": "2026-11-02",
    "vehicle.use": "非营运",
    "vehicle.plate_choice": "random",
    "vehicle.trade_place": "太原市",
    "delivery.mode": "window",
    "seller.name": "王五",
    "site": "14010002",
}


def begun(visitor: Visitor) -> str:
    """Begin an application for CG04 and return its number."""
    visitor.get(ASK)
    return visitor.send(BEGIN).split("/")[2]
