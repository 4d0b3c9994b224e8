"""The years of the working calendar, each as a notice said it."""

from django.db import models


class CalendarYear(models.Model):
    """What one notice says of one year (年度放假安排): proposed by one person, published by another.

    code       year and serial, its subject in the journal: 2027-2
    announced  False: no notice yet, only the days off by law
    rest       {day: holiday}; work {day: holiday}; days in ISO
    """

    code = models.CharField(max_length=12, unique=True)
    year = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=40)
    announced = models.BooleanField()
    rest = models.JSONField()
    work = models.JSONField()
    digest = models.CharField(max_length=64)
    status = models.CharField(max_length=10)
    version = models.PositiveIntegerField()
    proposed_by = models.CharField(max_length=48)
    proposed_at = models.DateTimeField()
    published_by = models.CharField(max_length=48, default="")
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year"], name="calendars_one_published", condition=models.Q(status="published")
            ),
            models.UniqueConstraint(
                fields=["year"], name="calendars_one_proposed", condition=models.Q(status="proposed")
            ),
            models.CheckConstraint(
                name="calendars_status",
                condition=models.Q(status="proposed", published_at__isnull=True)
                | models.Q(status="withdrawn", published_at__isnull=True)
                | models.Q(status__in=["published", "replaced"], published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.status}"
