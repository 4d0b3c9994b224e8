"""Tables of the payments. A charge's row is the fold of its journal, a posting one entry of it; neither is edited."""

from django.db import models
from django.db.models import Q

_RECEIVED = ["paid", "refunded"]
_ADDS, _UNDOES = ["take", "waive"], ["void", "refund"]


class ChargeRow(models.Model):
    """What is to be paid for one case (收费单)."""

    subject = models.CharField(max_length=24, unique=True)
    division = models.CharField(max_length=6)
    site = models.CharField(max_length=8)
    party = models.BigIntegerField(null=True)
    lines = models.TextField()  # canonical JSON
    cents = models.BigIntegerField()
    status = models.CharField(max_length=10)
    way = models.CharField(max_length=8, default="")
    receipt = models.CharField(max_length=24, default="")
    by = models.BigIntegerField(null=True)
    at = models.DateTimeField(null=True)
    ground = models.CharField(max_length=16, default="")
    law = models.CharField(max_length=120, default="")
    mistake = models.CharField(max_length=16, default="")
    version = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(cents__gte=0), name="payments_charge_is_not_negative"),
            models.CheckConstraint(
                condition=(Q(status__in=_RECEIVED) & ~Q(receipt="") & Q(way__in=["cash", "pos"]))
                | (~Q(status__in=_RECEIVED) & Q(receipt="", way="")),
                name="payments_paid_has_its_receipt",
            ),
            models.CheckConstraint(
                condition=~Q(status="waived") | (~Q(ground="") & ~Q(law="")), name="payments_waived_names_its_law"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["free", "due", "paid", "waived", "void", "refunded"]),
                name="payments_charge_has_a_status",
            ),
            models.CheckConstraint(
                condition=Q(status="free") | Q(cents__gt=0), name="payments_only_a_free_charge_costs_nothing"
            ),
            models.UniqueConstraint(
                fields=["receipt"], condition=~Q(receipt=""), name="payments_receipt_of_one_charge"
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class PostingRow(models.Model):
    """One line of a clerk's day (收款流水)."""

    subject = models.CharField(max_length=24)
    seq = models.PositiveIntegerField()
    division = models.CharField(max_length=6)
    site = models.CharField(max_length=8)
    day = models.DateField()
    clerk = models.BigIntegerField()
    act = models.CharField(max_length=8)
    way = models.CharField(max_length=8, default="")
    receipt = models.CharField(max_length=24, default="")
    cents = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "seq"], name="payments_posting_once"),
            models.CheckConstraint(condition=Q(cents__gt=0), name="payments_posting_is_some_money"),
            models.CheckConstraint(condition=Q(act__in=[*_ADDS, *_UNDOES]), name="payments_posting_has_an_act"),
            models.CheckConstraint(
                condition=(Q(act__in=["take", "refund"]) & ~Q(receipt="") & ~Q(way=""))
                | (Q(act="waive") & Q(receipt="", way=""))
                | Q(act="void"),
                name="payments_money_has_a_receipt",
            ),
            models.UniqueConstraint(fields=["receipt"], condition=Q(act="take"), name="payments_receipt_given_once"),
            models.UniqueConstraint(
                fields=["receipt"], condition=Q(act__in=_UNDOES) & ~Q(receipt=""), name="payments_receipt_undone_once"
            ),
        ]
        indexes = [models.Index(fields=["site", "day", "clerk"], name="payments_day")]

    def __str__(self) -> str:
        return f"{self.act} {self.subject} #{self.seq}"


class TillRow(models.Model):
    """A clerk's day at a site (日结): closed, it takes no more."""

    number = models.CharField(max_length=40, unique=True)
    division = models.CharField(max_length=6)
    site = models.CharField(max_length=8)
    day = models.DateField()
    clerk = models.BigIntegerField()
    closed_by = models.BigIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)
    counted_cents = models.BigIntegerField(null=True)  # the cash that was counted when the day was closed
    version = models.PositiveIntegerField(default=0)  # 0: it was never closed, nothing stands in the journal

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "day", "clerk"], name="payments_till_once"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, counted_cents__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False, counted_cents__gte=0),
                name="payments_closed_till_was_counted",
            ),
        ]

    def __str__(self) -> str:
        return self.number
