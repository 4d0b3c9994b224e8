"""Tables of the cases. A state column is only the latest of its journal entries; names and forms are sealed."""

from django.db import models
from django.db.models import Q

STILL_OPEN = Q(ended_at__isnull=True)


class Draft(models.Model):
    """What a person has typed so far for an item (草稿): kept until sent in or thrown away."""

    number = models.CharField(max_length=22, unique=True)
    person = models.BigIntegerField()
    ground = models.CharField(max_length=32, default="")  # for whom it was begun: "" oneself, else "letter-12"
    by_phone = models.BooleanField(default=False)  # begun after a sign-in by phone code alone (level 1)
    item = models.CharField(max_length=12)
    edition = models.CharField(max_length=16)
    division = models.CharField(max_length=6, default="")
    site = models.CharField(max_length=8, default="")
    form = models.BinaryField()  # sealed: answers, fields, papers
    version = models.PositiveIntegerField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "ground", "item"], name="cases_draft_one")]

    def __str__(self) -> str:
        return self.number


class Sitting(models.Model):
    """What a clerk takes in of a person at the counter in one sitting (窗口收件): the clerk's alone; then its cases."""

    number = models.CharField(max_length=22, unique=True)
    staff = models.BigIntegerField()
    site = models.CharField(max_length=8)
    person = models.BigIntegerField()
    taken = models.BinaryField()  # sealed: items, answers, fields, papers; empty once it is done
    version = models.PositiveIntegerField()
    saved_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    cases = models.TextField(default="")  # numbers parted by blanks

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, cases="") | (Q(done_at__isnull=False) & ~Q(cases="")),
                name="cases_sitting_done_has_cases",
            )
        ]
        indexes = [models.Index(fields=["staff", "-saved_at"], name="cases_sitting_staff")]

    def __str__(self) -> str:
        return self.number


class Case(models.Model):
    """One application for one item (办件)."""

    number = models.CharField(max_length=24, unique=True)
    division = models.CharField(max_length=6)
    site = models.CharField(max_length=8)
    office = models.CharField(max_length=40)
    item = models.CharField(max_length=12)
    edition = models.CharField(max_length=16)  # questions and papers: in force at submission
    limits_edition = models.CharField(max_length=16)  # limits: in force at acceptance
    person = models.BigIntegerField()  # the applicant
    firm = models.CharField(max_length=18, default="")  # for which organisation the person applied
    agent = models.BigIntegerField(null=True)  # who acted for the applicant, where it was another
    basis = models.CharField(max_length=10, default="")  # why they may: letter, guardian, legal_rep, operator
    helper = models.BigIntegerField(null=True)  # the member of staff who helped (帮办)
    channel = models.CharField(max_length=16)
    by_phone = models.BooleanField(default=False)  # its draft was begun by phone code alone: level 1 sees it, too
    name = models.BinaryField(null=True)  # sealed: the applicant's name as it was
    form = models.BinaryField(null=True)  # sealed: answers, fields, the plan as told
    secret = models.BinaryField(null=True)  # sealed: key of the digests that stand in the journal
    plate_lookup = models.CharField(max_length=64, default="")  # digest of the vehicle's number, to find the case by
    stage = models.CharField(max_length=12)
    outcome = models.CharField(max_length=10, default="")
    need = models.CharField(max_length=40)  # what the item asks of the life, words by blanks
    limits = models.TextField()  # the rows in force, canonical JSON
    received_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)  # a special procedure runs (特别程序)
    closes_on = models.DateField(null=True)  # the person's own day to hand in what a notice named
    claimed_by = models.BigIntegerField(null=True)  # the member of staff who has it in hand
    # Indexes for lists, re-derivable (`onewindow journal dates --check`); NULL where no clock of that kind runs.
    yellow_on = models.DateField(null=True)
    promised_on = models.DateField(null=True)
    statute_on = models.DateField(null=True)
    told_on = models.DateField(null=True)  # the day the person was told: a notice loaded later makes no one late
    due_on = models.DateField()  # what lists sort by: the shown due day, 9999-12-31 without a clock
    version = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(promised_on__isnull=True, statute_on__isnull=True),
                name="cases_ended_case_has_no_due_day",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=["concluded", "withdrawn", "declined", "lapsed", "revoked"])
                | Q(ended_at__isnull=False),
                name="cases_done_case_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(paused_at__isnull=True)
                | Q(promised_on__isnull=True, statute_on__isnull=True, yellow_on__isnull=True),
                name="cases_paused_case_has_no_due_day",
            ),
        ]
        indexes = [
            # The last two columns let the lights be counted without a look at the rows.
            models.Index(
                fields=["site", "due_on", "id", "yellow_on", "statute_on"], name="cases_work_site", condition=STILL_OPEN
            ),
            models.Index(
                fields=["office", "due_on", "id", "yellow_on", "statute_on"],
                name="cases_work_office",
                condition=STILL_OPEN,
            ),
            # The board: a province's lights are counted, and the rows behind a figure chosen, in the index alone.
            models.Index(
                fields=["site", "office", "item", "due_on", "id", "yellow_on", "statute_on", "paused_at"],
                name="cases_board",
                condition=STILL_OPEN,
            ),
            models.Index(
                fields=["closes_on", "id"], name="cases_closing", condition=STILL_OPEN & Q(closes_on__isnull=False)
            ),
            models.Index(
                fields=["paused_at", "id"], name="cases_halted", condition=STILL_OPEN & Q(paused_at__isnull=False)
            ),
            models.Index(
                fields=["claimed_by", "due_on", "id"],
                name="cases_in_hand",
                condition=STILL_OPEN & Q(claimed_by__isnull=False),
            ),
            models.Index(fields=["person", "-id"], name="cases_of_person"),
            models.Index(fields=["firm", "-id"], name="cases_of_firm", condition=~Q(firm="")),
            models.Index(fields=["agent", "-id"], name="cases_by_agent", condition=Q(agent__isnull=False)),
            models.Index(fields=["plate_lookup", "-id"], name="cases_of_plate", condition=~Q(plate_lookup="")),
        ]

    def __str__(self) -> str:
        return self.number


class Paper(models.Model):
    """One paper of a case (材料): handed in as a file, brought, or had from elsewhere."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE)
    division = models.CharField(max_length=6)
    key = models.CharField(max_length=40)
    holder = models.CharField(max_length=24, default="")
    state = models.CharField(max_length=12)
    file = models.CharField(max_length=32, default="")
    sha256 = models.CharField(max_length=64, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "key", "holder"], name="cases_paper_once")]

    def __str__(self) -> str:
        return self.key


class Remark(models.Model):
    """The words written with an act (意见、理由): sealed; the journal holds their digest."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE)
    seq = models.PositiveIntegerField()
    text = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="cases_remark_once")]

    def __str__(self) -> str:
        return f"{self.case_id} #{self.seq}"
