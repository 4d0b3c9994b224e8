"""The JSON that other systems send and get: shapes are pinned by tests/api/test_shapes.py."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema
from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    """A body of which every key is known: a misspelt one is told, not dropped."""

    model_config = ConfigDict(extra="forbid")


class PaperIn(Shape):
    key: str = Field(max_length=40)
    holder: str = Field(default="", max_length=24)
    file: str = Field(default="", max_length=32, description="id of an uploaded file; empty: it will be brought")


class CaseIn(Shape):
    item: str = Field(max_length=12)
    site: str = Field(pattern=r"^\d{8}$")
    answers: dict[str, str | int] = Field(default_factory=dict)
    fields: dict[str, str] = Field(default_factory=dict)
    papers: list[PaperIn] = Field(default_factory=list, max_length=40)


class MadeOut(Schema):
    number: str
    version: int
    url: str


class FileOut(Schema):
    id: str


class ClockOut(Schema):
    kind: str
    number: str
    unit: str
    started_at: datetime
    due_on: date | None
    due_at: datetime | None
    light: str
    provisional: bool


class ActOut(Schema):
    seq: int
    act: str
    at: datetime
    noted_at: datetime


class CaseOut(Schema):
    number: str
    item: str
    stage: str
    outcome: str
    version: int
    site: str
    office: str
    received_at: datetime
    due_on: date | None
    clocks: list[ClockOut]
    acts: list[ActOut]


class Fault(Schema):
    code: str
    message: str
    facts: dict[str, object]
