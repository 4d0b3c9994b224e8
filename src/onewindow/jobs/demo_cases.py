"""Cases of the demo province (演示办件): each from a seed and its number alone, through the real commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from onewindow.accounts.rules import Resident, Staff
from onewindow.calendars import queries as calendars
from onewindow.cases import commands, queries
from onewindow.cases.rules import Fault
from onewindow.catalogue import queries as catalogue
from onewindow.catalogue import rules as items
from onewindow.core import clock
from onewindow.core.clock import SHANGHAI
from onewindow.core.once import Once
from onewindow.jobs import demo_people
from onewindow.jobs.demo_forms import typed, walk
from onewindow.jobs.demo_people import PROVINCE, Neighbour
from onewindow.payments import commands as takings
from onewindow.payments import queries as payments
from onewindow.payments.rules import Way
from onewindow.places import queries as places

WEIGHTS = {"CG04": 34, "JG01": 14, "HZ12": 14, "CG02": 4}  # the rest is spread over all other items
TAIYUAN, VEHICLES = "140100", "police-vehicles"
STOPS = {
    "received": 3,
    "corrected": 2,
    "accepted": 3,
    "checked": 2,
    "review": 3,
    "paused": 2,
    "decided": 2,
    "made": 1,
    "delivered": 1,
    "withdrawn": 4,
}
DELAYS = {
    "load": "这几天办件集中，已加派人手。",
    "other_office": "已去函，等对方复函。",
    "applicant": "已两次电话联系，约好来窗口。",
    "system": "查询接口停了两天，现已恢复。",
}
LONGEST = 75  # days back that the oldest case was handed in


class Province:
    """Makes the demo's cases one by one; the same seed and instant give the same cases."""

    def __init__(self, seed: int, at: datetime) -> None:
        self.seed, self.at = seed, at
        self.calendar = calendars.work_calendar()
        self.edition = catalogue.current_edition()
        self.items = {item.code: item for item in catalogue.items(self.edition) if not item.closed}
        self.residents = demo_people.residents(at)
        self.cities = [city.code for city in places.divisions(parent=PROVINCE)]
        self.sites = {city: places.sites(division=city) for city in self.cities}
        self.clerks = {city: demo_people.clerk_of(city, at) for city in self.cities}
        self.reviewers = {city: demo_people.reviewer_of(city, at) for city in self.cities}

    def there(self) -> int:
        """Return how many cases there are already."""
        return queries.count()

    def case(self, number: int) -> None:
        """Make one case and carry it to where its luck lets it stop."""
        luck = Random(f"{self.seed}:{number}")
        item, city = self._item(luck), TAIYUAN if luck.random() < 0.3 else luck.choice(self.cities)
        site = next(site for site in reversed(self.sites[city]) if item.department in site.departments)
        neighbour = self.residents[luck.randrange(len(self.residents))]
        answers = walk(item, luck)
        stop = luck.choices([*STOPS, ""], [*STOPS.values(), 77])[0]
        days_back = luck.randrange(4, LONGEST) if not stop or luck.random() < 0.2 else luck.randrange(0, 5)
        at = min(self._next(self.at - timedelta(days=days_back, hours=3), luck, least=0), self.at)
        fields = typed(item, answers, neighbour, luck, at)
        number_ = commands.submit(
            by=Resident(neighbour.person, 2, "web"),
            item=item.code,
            site=site.code,
            answers=answers,
            fields=fields,
            papers=[commands.Handed(need.key, need.holder) for need in items.wanted_papers(item, answers)],
            at=at,
            key=Once(f"demo-{self.seed}-{number}"),
        )
        self._live(number_, item, city, Applied(neighbour, fields), stop, at, luck)

    def _item(self, luck: Random) -> items.Item:
        others = [code for code in sorted(self.items) if code not in WEIGHTS]
        code = luck.choices([*WEIGHTS, ""], [*WEIGHTS.values(), 34])[0] or luck.choice(others)
        return self.items[code]

    def _next(self, at: datetime, luck: Random, least: float = 0.5, most: float = 5) -> datetime:
        """Return a moment in office hours some hours on."""
        local = clock.local(at + timedelta(hours=luck.uniform(least, most)))
        if local.hour >= 17:
            local += timedelta(days=1)
            local = local.replace(hour=9, minute=luck.randrange(60))
        if local.hour < 9:
            local = local.replace(hour=9, minute=luck.randrange(60))
        while not self.calendar.counts(local.date()):
            local += timedelta(days=1)
        return local.replace(second=luck.randrange(60), microsecond=0, tzinfo=SHANGHAI)

    def _live(
        self, number: str, item: items.Item, city: str, applied: Applied, stop: str, at: datetime, luck: Random
    ) -> None:
        clerk, reviewer, who = self.clerks[city], self.reviewers[city], applied.who
        acts = [*first_acts(clerk, applied, luck), *plan(item, clerk, reviewer, luck)]
        if stop == "withdrawn":
            commands.withdraw(
                number=number, by=Resident(who.person, 2, "web"), at=at, version=1, key=Once(f"{number}-back")
            )
            return
        version, slow = 1, luck.random() < 0.08  # some offices are late
        for place, (stage, act) in enumerate(acts):
            at = self._next(at, luck, *((30, 90) if slow and stage == "review" else (0.5, 6)))
            if at >= self.at or stage_before(stop, stage):
                self._explain(number, clerk, reviewer, luck)
                return
            version = act(number, at, version, Once(f"{number}-{place}")).version

    def _explain(self, number: str, clerk: Staff, reviewer: Staff, luck: Random) -> None:
        """Say of two late cases in three why they are late: supervision sees reasons, and some that are missing."""
        case = queries.case_for(reviewer, number)
        by = {"accepted": reviewer, "review": reviewer, "decided": reviewer, "made": clerk}.get(case.stage)
        today = clock.day_of(self.at)
        if by is None or case.due_on >= today or luck.random() > 2 / 3:
            return
        cause = luck.choice(sorted(DELAYS))
        commands.explain(
            number=number, by=by, at=self.at, version=case.version, key=Once(f"{number}-late"),
            cause=cause, expected_on=today + timedelta(days=3), remark=DELAYS[cause],
        )  # fmt: skip


Doing = Callable[[str, datetime, int, Once], queries.Case]


@dataclass(frozen=True, slots=True)
class Applied:
    """Who applied, and what they typed into the form."""

    who: Neighbour
    fields: Mapping[str, str]


def first_acts(clerk: Staff, applied: Applied, luck: Random) -> list[tuple[str, Doing]]:
    """Return a correction notice and its answer for one application in twelve, with the stage before each."""
    if luck.random() > 1 / 12 or not applied.fields:
        return []
    key = luck.choice(sorted(applied.fields))
    fault = Fault("field", key)

    def send_back(number: str, at: datetime, version: int, once: Once) -> queries.Case:
        until_on = clock.day_of(at) + timedelta(days=21)
        notes = {fault.name: "与所附材料不一致，请核对。"}
        return commands.send_back(
            number=number, by=clerk, at=at, version=version, key=once, faults=[fault], until_on=until_on, notes=notes
        )

    def supplement(number: str, at: datetime, version: int, once: Once) -> queries.Case:
        by, fields = Resident(applied.who.person, 2, "web"), {key: applied.fields[key]}
        return commands.supplement(number=number, by=by, at=at, version=version, key=once, fields=fields, papers=[])

    return [("received", send_back), ("corrected", supplement)]


def pausing(item: items.Item, reviewer: Staff, luck: Random) -> list[tuple[str, Doing]]:
    """Return a special procedure and its end for one licence in fifteen (行政许可法 §45)."""
    if item.type_code != "01" or luck.random() > 1 / 15:
        return []

    def pause(number: str, at: datetime, version: int, once: Once) -> queries.Case:
        reason, expected_on = luck.choice(["testing", "appraisal", "experts"]), clock.day_of(at) + timedelta(days=10)
        return commands.pause(
            number=number, by=reviewer, at=at, version=version, key=once, reason=reason, expected_on=expected_on,
            remark="已委托有资质的机构，时间另行告知。",
        )  # fmt: skip

    def resume(number: str, at: datetime, version: int, once: Once) -> queries.Case:
        return commands.resume(number=number, by=reviewer, at=at, version=version, key=once)

    return [("review", pause), ("paused", resume)]


def plan(item: items.Item, clerk: Staff, reviewer: Staff, luck: Random) -> list[tuple[str, Doing]]:
    """Return the acts of a case's life in their order, each with the stage at which a case may stop before it."""
    approved = luck.random() < 0.9 or not item.refusals

    def check(number: str, at: datetime, version: int, key: Once) -> queries.Case:
        return commands.check(number=number, by=clerk, at=at, version=version, key=key, held_at=at, passed=True)

    def review(number: str, at: datetime, version: int, key: Once) -> queries.Case:
        remark = "材料齐全，与档案一致。" if approved else "有不符合之处。"
        return commands.review(number=number, by=reviewer, at=at, version=version, key=key, remark=remark)

    def decide(number: str, at: datetime, version: int, key: Once) -> queries.Case:
        if approved:
            return commands.approve(number=number, by=reviewer, at=at, version=version, key=key)
        reasons = [luck.choice(item.refusals).key]
        return commands.refuse(number=number, by=reviewer, at=at, version=version, key=key, reasons=reasons)

    def deliver(number: str, at: datetime, version: int, key: Once) -> queries.Case:
        way, receipt = luck.choice(
            [("counter", "本人签收"), ("post", f"XA{luck.randrange(10**9):09d}CN"), ("electronic", "")]
        )
        return commands.deliver(number=number, by=clerk, at=at, version=version, key=key, way=way, receipt=receipt)

    acts: list[tuple[str, Doing]] = [("received", _by(commands.accept, clerk))]
    if item.needs_check:
        acts.append(("accepted", check))
    acts += [("checked", review), *pausing(item, reviewer, luck), ("review", decide)]
    acts += _after_approval(item, clerk, reviewer, luck) if approved else []
    return [*acts, ("made", deliver), ("delivered", _by(commands.conclude, clerk))]


def _after_approval(item: items.Item, clerk: Staff, reviewer: Staff, luck: Random) -> list[tuple[str, Doing]]:
    paying = [("decided", _taking(clerk, luck))] if item.fees else []
    making = [("decided", _by(commands.make, reviewer))] if item.makes_certificate else []
    return [*paying, *making]


def _taking(clerk: Staff, luck: Random) -> Doing:
    """Take what is owed, if anything; the case itself stays as it is."""
    way = luck.choice([Way.CASH, Way.POS])

    def take(number: str, at: datetime, version: int, key: Once) -> queries.Case:
        charge = payments.charge_of(number)
        if charge is not None and not charge.settled:
            takings.take(subject=number, way=way, by=clerk, at=at, version=charge.version, key=key)
        return queries.case_for(clerk, number)

    return take


def _by(command: Callable[..., queries.Case], by: Staff) -> Doing:
    return lambda number, at, version, key: command(number=number, by=by, at=at, version=version, key=key)


_ORDER = ["received", "corrected", "accepted", "checked", "review", "paused", "decided", "made", "delivered"]


def stage_before(stop: str, stage: str) -> bool:
    """Say whether a case that stops at `stop` does not come to the act after `stage`."""
    return bool(stop) and _ORDER.index(stage) >= _ORDER.index(stop)
