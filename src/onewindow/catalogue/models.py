"""Tables of the catalogue: its editions, and what each says of every item. Published rows are never changed."""

from django.db import models
from django.db.models import Q


class Edition(models.Model):
    """One state of the whole catalogue (目录版本): proposed by one person, published by another.

    number  year, serial and the beginning of its digest: 2026-01-3f9c2a; its subject in the journal
    book    the dictionaries, canonical JSON
    """

    number = models.CharField(max_length=16, unique=True)
    digest = models.CharField(max_length=64)
    book = models.TextField()
    items = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10)
    version = models.PositiveIntegerField()
    proposed_by = models.CharField(max_length=48)
    proposed_at = models.DateTimeField()
    published_by = models.CharField(max_length=48, default="")
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["status"], name="catalogue_one_published", condition=Q(status="published")),
            models.UniqueConstraint(fields=["status"], name="catalogue_one_proposed", condition=Q(status="proposed")),
            models.CheckConstraint(
                name="catalogue_status",
                condition=Q(status="proposed", published_at__isnull=True)
                | Q(status="withdrawn", published_at__isnull=True)
                | Q(status__in=["published", "replaced"], published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.status}"


class ItemRow(models.Model):
    """What an edition says of one item (事项): its body as one JSON document, and what the search compares."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="rows")
    code = models.CharField(max_length=12)
    place = models.PositiveSmallIntegerField()  # its place in lists: by theme, then by code
    theme = models.CharField(max_length=32)
    department = models.CharField(max_length=32)
    depth = models.CharField(max_length=8)
    status = models.CharField(max_length=8)
    digest = models.CharField(max_length=64)
    body = models.TextField()  # canonical JSON, completed from the dictionaries
    words = models.TextField()  # JSON list: name and everyday words
    pinyin = models.TextField()  # JSON list: how each of them is read, "" where it is not Chinese

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="catalogue_item_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.depth}"
