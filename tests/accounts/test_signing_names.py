"""Coming in by real name over a service that runs beside the test: whom it lets in, and what is refused, each alike."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from structlog.testing import capture_logs

from onewindow.accounts import commands, gateways, models, queries
from onewindow.accounts.doors import SESSION
from onewindow.accounts.gateways import oidc
from onewindow.accounts.rules import IdType, Public, Resident, read_claim_names, session_word
from onewindow.core import clock, journal
from tests import cast
from tests.accounts import oidc_provider
from tests.accounts.oidc_provider import CLIENT, PERSON, SECRET, Running
from tests.portal.given import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def service() -> Iterator[Running]:
    with oidc_provider.running() as found:
        yield found


@pytest.fixture
def away(service: Running, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    """The service, connected, and as at first."""
    service.switch()
    connect(monkeypatch, service.issuer)
    yield service
    gateways.provider.cache_clear()


def connect(monkeypatch: pytest.MonkeyPatch, issuer: str) -> None:
    for name, value in {"ISSUER": issuer, "CLIENT": CLIENT, "SECRET": SECRET}.items():
        monkeypatch.setattr(settings, f"OIDC_{name}", value)
    gateways.provider.cache_clear()


def go(visitor: Visitor, query: str = "") -> str:
    """Go to the service, and return the address to which it leads back."""
    asks = urlsplit(visitor.client.get(f"/sign-in/name{query}")["Location"])
    line = http.client.HTTPConnection(str(asks.netloc), timeout=10)
    line.request("GET", f"{asks.path}?{asks.query}")
    back = urlsplit(str(line.getresponse().headers["Location"]))
    line.close()
    return f"{back.path}?{back.query}"


def refused(visitor: Visitor, back: str) -> str:
    """Come back, be refused, and have no session."""
    page = visitor.get(back, 422)
    assert "实名登录没有成功" in page
    assert SESSION not in visitor.client.session
    return page


def who(visitor: Visitor) -> models.Person:
    return models.Person.objects.get(pk=int(visitor.client.session[SESSION].split(":")[1]))


def test_someone_comes_in_by_real_name_and_is_the_same_next_time(away: Running) -> None:
    someone = Visitor()
    page = someone.get("/sign-in?next=/inbox")
    assert 'href="/sign-in/name?next=%2Finbox"' in page
    answer = someone.client.get(go(someone, "?next=/inbox"))
    assert (answer.status_code, answer["Location"]) == (303, "/inbox")
    assert "吴*源" in someone.get("/cases")
    first = who(someone)
    identity = queries.identity_of(first.pk)
    assert (identity.level, identity.name, identity.phone) == (2, PERSON["name"], PERSON["phone_number"])
    again = Visitor()
    again.client.get(go(again))
    assert who(again) == first
    assert journal.Entry.objects.filter(kind="person", subject=str(first.pk)).count() == 1


@pytest.mark.parametrize("alg", ["RS256", "ES256", "Ed25519", "EdDSA"])
def test_signatures_that_are_taken(away: Running, alg: str) -> None:
    away.switch(alg=alg)
    someone = Visitor()
    assert someone.client.get(go(someone)).status_code == 303


def test_new_keys_are_fetched_when_a_token_names_one(away: Running) -> None:
    for _ in range(2):
        someone = Visitor()
        assert someone.client.get(go(someone)).status_code == 303
        away.switch(rotate=True)


@pytest.mark.parametrize("what", ["skew", "both", "userinfo"])
def test_what_is_unusual_and_right_is_taken(away: Running, what: str) -> None:
    away.switch(attack=what)
    someone = Visitor()
    assert someone.client.get(go(someone)).status_code == 303


@pytest.mark.parametrize(
    ("attack", "fault"),
    [
        *((name, name) for name in ("iss", "aud", "azp", "nonce", "kid")),
        ("no azp", "azp"),
        ("expired", "exp"),
        ("no exp", "exp"),
        ("old", "iat"),
        ("early", "iat"),
        ("no nonce", "nonce"),
        ("none", "alg"),
        ("hs256", "alg"),
        ("key", "signature"),
        ("changed", "signature"),
        ("garbage", "token"),
        ("other userinfo", "userinfo"),
        ("denied", None),  # then there is no code, and the service is not asked
    ],
)
def test_what_is_not_to_be_believed_is_refused(away: Running, attack: str, fault: str | None) -> None:
    away.switch(attack=attack)
    someone = Visitor()
    back = go(someone)
    with capture_logs() as logs:
        assert "这一次实名认证没有完成" in refused(someone, back)
    assert [entry["fault"] for entry in logs if entry["event"] == "oidc.fault"] == ([fault] if fault else [])
    assert not models.Person.objects.exists()


@pytest.mark.parametrize("attack", ["discovery", "plain", "status", "redirect", "page", "long"])
def test_a_service_in_trouble_is_said_at_once(away: Running, attack: str) -> None:
    away.switch(attack=attack)
    refused(Visitor(), "/sign-in/name")


@pytest.mark.parametrize("attack", ["status", "redirect", "page", "long", "slow"])
def test_a_service_that_fails_on_the_way_back(away: Running, attack: str, monkeypatch: pytest.MonkeyPatch) -> None:
    someone = Visitor()
    back = go(someone)
    monkeypatch.setattr(oidc, "STEP_SECONDS", 0.3)
    away.switch(attack=attack)
    refused(someone, back)


def test_a_service_that_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    connect(monkeypatch, "http://127.0.0.1:9")
    refused(Visitor(), "/sign-in/name")
    gateways.provider.cache_clear()


def test_a_slow_service_takes_few_of_our_threads(away: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    found = gateways.provider()
    assert found is not None
    for _ in range(oidc.AT_ONCE):
        assert found._free.acquire(blocking=False)
    refused(Visitor(), "/sign-in/name")


def test_the_answer_is_good_once_and_in_the_browser_that_asked(away: Running) -> None:
    someone, thief = Visitor(), Visitor()
    back = go(someone)
    refused(thief, back)  # without what the first browser was given
    go(thief)
    refused(thief, back)  # with something of its own
    kept = someone.client.cookies["real_name"].value
    assert someone.client.get(back).status_code == 303
    someone.client.post("/sign-out")
    refused(someone, back)
    someone.client.cookies["real_name"] = kept
    refused(someone, back)  # the service gives nothing for a code twice


def test_another_state_or_none_is_refused(away: Running) -> None:
    someone = Visitor()
    code = parse_qs(urlsplit(go(someone)).query)["code"][0]
    for query in (f"?code={code}&state=another", f"?code={code}", "", "?error=access_denied&state=x"):
        go(someone)
        refused(someone, f"/sign-in/name/back{query}")


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ({"id_type": "library_card"}, "不认识"),
        ({"id_type": None}, "认不出您是谁"),
        ({"name": ""}, "认不出您是谁"),
        ({"id_number": 7}, "认不出您是谁"),
        ({"id_number": "149900199001010011"}, "抄错"),
        ({"name": "<b>"}, "姓名里只能有"),
    ],
)
def test_who_cannot_be_known_by_what_is_said(away: Running, claims: dict[str, Any], said: str) -> None:
    away.switch(claims=claims)
    someone = Visitor()
    assert said in refused(someone, go(someone))
    assert not models.Person.objects.exists()


def test_another_name_for_a_known_number_is_refused(away: Running) -> None:
    told = {"id_type": IdType.RESIDENT_ID, "id_number": PERSON["id_number"], "by": Public(), "at": clock.now()}
    commands.register(name="吴示远", **told)
    someone = Visitor()
    assert "登记的不一样" in refused(someone, go(someone))


def by_code(phone: str = "10000000977") -> Resident:
    return Resident(commands.register_phone(phone=phone, by=Public(), at=clock.now()), 1)


def signed_in(asker: Resident) -> Visitor:
    visitor = Visitor(asker)
    assert visitor.client.session[SESSION] == session_word(asker)
    return visitor


def test_who_came_by_a_code_is_from_now_on_known_by_name(away: Running) -> None:
    asker = by_code()
    someone = signed_in(asker)
    assert someone.client.get(go(someone)).status_code == 303
    assert who(someone).pk == asker.person
    identity = queries.identity_of(asker.person)
    assert (identity.level, identity.name, identity.phone) == (2, PERSON["name"], "10000000977")
    assert by_code() == asker
    acts = journal.Entry.objects.filter(kind="person", subject=str(asker.person)).order_by("seq")
    assert [entry.act for entry in acts] == ["person.register", "person.verify"]
    assert PERSON["name"] not in str(acts[1].facts)


def test_a_known_identity_is_never_given_to_another_person(away: Running) -> None:
    first = Visitor()
    first.client.get(go(first))
    asker = by_code()
    someone = signed_in(asker)
    someone.client.get(go(someone))
    assert who(someone) == who(first)
    assert queries.identity_of(asker.person).level == 1


def test_someone_elses_session_is_not_taken_along(away: Running) -> None:
    people = cast.enter()
    someone = signed_in(people.applicant)
    someone.client.get(go(someone))
    assert who(someone).pk != people.applicant.person


def test_where_nothing_is_connected_nothing_is_offered() -> None:
    gateways.provider.cache_clear()
    someone = Visitor()
    assert "/sign-in/name" not in someone.get("/sign-in?level=2")
    for path in ("/sign-in/name", "/sign-in/name/back"):
        assert someone.client.get(path).status_code == 404


def test_the_settings_say_what_the_service_calls_things() -> None:
    names = read_claim_names(
        "name=xm, id_number=zjhm,id_type=zjlx,type:01=resident_id,type:02=passport,scope=openid id"
    )
    assert (names.name, names.scope, names.kinds["02"]) == ("xm", "openid id", IdType.PASSPORT)
    assert names.wanted == {"xm", "zjhm", "zjlx"}
    assert read_claim_names("type:*=resident_id").wanted == {"name", "id_number"}
    for wrong in ("nme=xm", "name", "name=", "type:01=library_card"):
        with pytest.raises(ValueError):
            read_claim_names(wrong)


def test_a_short_key_is_none() -> None:
    with pytest.raises(oidc.OidcFault, match="key"):
        oidc._imported("RSA", {"kty": "RSA", "n": "1ZzQ" * 40, "e": "AQAB"})
