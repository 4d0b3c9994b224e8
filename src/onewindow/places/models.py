"""Tables of places, loaded from data/places by a command; a row that left the files is kept and not offered."""

from django.db import models


class Division(models.Model):
    """An administrative division (行政区划)."""

    code = models.CharField(max_length=6, primary_key=True)
    name_zh = models.CharField(max_length=40)
    name_en = models.CharField(max_length=80)
    pinyin = models.CharField(max_length=40)
    level = models.CharField(max_length=8)
    parent = models.CharField(max_length=6)
    lat = models.FloatField()
    lon = models.FloatField()
    population = models.PositiveIntegerField(null=True)
    in_use = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["parent"], name="places_division_parent")]

    def __str__(self) -> str:
        return f"{self.code} {self.name_zh}"


class Township(models.Model):
    """A township or street (乡镇街道)."""

    code = models.CharField(max_length=9, primary_key=True)
    name = models.CharField(max_length=60)
    county = models.CharField(max_length=6, db_index=True)
    in_use = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class IssuedCode(models.Model):
    """A division's code in the yearly lists (历史区划代码), one row for each name that it had."""

    code = models.CharField(max_length=6)
    name = models.CharField(max_length=40)
    city = models.CharField(max_length=40)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    in_use = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "name", "first_year"], name="places_issued_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.name} {self.first_year}-{self.last_year}"


class Office(models.Model):
    """The organ of one department in one division (承办机构)."""

    code = models.CharField(max_length=40, primary_key=True)
    department = models.CharField(max_length=32)
    division = models.CharField(max_length=6)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=160)
    in_use = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["division", "department"], name="places_office_one")]

    def __str__(self) -> str:
        return f"{self.code} {self.name_zh}"


class Site(models.Model):
    """A place to which people come (服务站点)."""

    code = models.CharField(max_length=8, primary_key=True)
    kind = models.CharField(max_length=24)
    division = models.CharField(max_length=6, db_index=True)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=160)
    address_zh = models.CharField(max_length=160)
    address_en = models.CharField(max_length=240)
    phone = models.CharField(max_length=24)
    lat = models.FloatField()
    lon = models.FloatField()
    departments = models.JSONField()
    facilities = models.JSONField()
    hours = models.JSONField()
    in_use = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"{self.code} {self.name_zh}"
