"""pgbench writing the rows that one submission has written: the same statements, columns and sizes, other numbers.

Each value goes as a parameter of a prepared statement, as ours do. What differs from row to row is the site, the serial
number from its counter, the person, the key and the two files.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.db import connection

from onewindow.cases.models import Case, Paper
from onewindow.core.models import Claim, Entry, Job, StoredFile

_FILE = "md5(concat_ws('-', {round}, {client}, {k}, {place}))"
# One of 300 numbers spread as those of people are; the same for the rows of uploads and for who takes them.
_PERSON = "(mod({k} * 7 + {client}, 300) + 1) * 30744573456182586"


@dataclass(frozen=True, slots=True)
class Script:
    """A script for pgbench, and the values that it uses."""

    path: Path
    values: tuple[str, ...]

    def run(self, url: str, clients: int, transactions: int, number: int) -> float:
        """Run it and return its transactions a second.

        number  of the round: each takes uploads of its own
        """
        defined = [word for value in (*self.values, f"round={number}", "k=0") for word in ("-D", value)]
        command = ["pgbench", "--no-vacuum", "-M", "prepared", "-c", str(clients), "-j", "2", "-f", str(self.path)]
        done = subprocess.run(
            [*command, "-t", str(transactions // clients), *defined, _address(url)],
            capture_output=True,
            text=True,
            check=False,
        )
        found = re.search(r"tps = ([\d.]+) \(without", done.stdout)
        if done.returncode or not found:
            raise RuntimeError(f"pgbench failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        return float(found[1])


def script(key: str, path: Path) -> Script:
    """Write the script from the rows of the submission that was made under the key."""
    claim = Claim.objects.get(key=key)
    case = Case.objects.get(number=claim.subject)
    papers = list(Paper.objects.filter(case=case).order_by("id"))
    entry = Entry.objects.get(kind="case", subject=case.number)
    jobs = [job for job in Job.objects.order_by("id") if case.number in job.payload]
    values: list[str] = [f"day={case.number[9:17]}"]
    number = "(:site::text || '-' || :day || '-' || lpad(:last::text, 5, '0'))"
    asker, its_key = "('person:' || :person::text)", "substr(md5(:key::text), 1, 24)"
    files = ", ".join(_FILE.format(round=":round::int", client=":client_id::int", k=":k::int", place=i) for i in (0, 1))
    lines = [
        r"\set site random(1, 200) + 90000000",
        r"\set k :k + 1",
        rf"\set person {_PERSON.format(k=':k', client=':client_id')}",
        r"\set key random(1, 9000000000000000000)",
        "BEGIN;",
        _insert([claim], {"asker": asker, "key": its_key, "subject": "''"}, values)
        + " ON CONFLICT (asker, act, key) DO NOTHING;",
        "INSERT INTO core_counter (name, last) VALUES ('case' || chr(58) || :site::text || chr(58) || :day, 1)"
        " ON CONFLICT (name) DO UPDATE SET last = core_counter.last + 1 RETURNING last \\gset",
        _insert([case], {"number": number, "site": ":site::text", "person": ":person"}, values)
        + " RETURNING id AS made \\gset",
        _insert(papers, {"case_id": ":made"}, values) + ";",
        _insert([entry], {"subject": number}, values) + ";",
        _insert(jobs, {}, values) + ";",
        f"UPDATE core_claim SET subject = {number} WHERE asker = {asker} AND act = '{claim.act}' AND key = {its_key};",
        f"UPDATE core_storedfile SET subject = {number} WHERE id IN ({files}) AND owner = {asker} AND subject = '';",
        "COMMIT;",
    ]
    path.write_text("\n".join(lines).replace("'person:'", "'person' || chr(58)") + "\n", encoding="utf-8")
    return Script(path, tuple(values))


def upload(rounds: int, transactions: int, clients: int) -> None:
    """Put down the uploads that the script's transactions will take, like one that is there."""
    like = StoredFile.objects.exclude(subject="").order_by("at")[0]
    file = _FILE.format(round="r", client="c", k="k", place="place")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_storedfile (id, owner, kind, name, size, sha256, subject, at)"
            f" SELECT {file}, 'person:' || {_PERSON.format(k='k', client='c')}, kind, name, size, sha256, '', at"
            " FROM core_storedfile, generate_series(0, %s) r, generate_series(0, %s) c,"
            " generate_series(1::bigint, %s) k, generate_series(0, 1) place WHERE core_storedfile.id = %s",
            [rounds - 1, clients - 1, transactions // clients, like.pk],
        )


def _insert(rows: Sequence[Any], instead: dict[str, str], values: list[str]) -> str:
    """Return an INSERT of rows as they stand; `instead` names the columns whose value is an expression."""
    fields = [field for field in rows[0]._meta.concrete_fields if field.column != "id"]
    lines = [
        [instead.get(field.column) or _value(getattr(row, field.attname), values) for field in fields] for row in rows
    ]
    names = ", ".join(field.column for field in fields)
    told = ", ".join(f"({', '.join(line)})" for line in lines)
    return f"INSERT INTO {rows[0]._meta.db_table} ({names}) VALUES {told}"


def _value(value: Any, values: list[str]) -> str:
    """Return a value as a variable of the script; its text joins the values."""
    if value is None or value == "":
        return "NULL" if value is None else "''"  # pgbench knows no empty variable
    text = "\\x" + bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)
    values.append(f"v{len(values)}={text}")
    return f":v{len(values) - 1}"


def _address(url: str) -> str:
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query))
    facts = {
        "host": asked.get("host", parts.hostname or ""),
        "port": str(parts.port or ""),
        "user": parts.username or "",
        "password": parts.password or "",
        "dbname": parts.path[1:],
    }
    return " ".join(f"{name}='{value}'" for name, value in facts.items() if value)
