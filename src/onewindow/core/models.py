"""Tables of the ground: journal, idempotency, jobs, numbers, files and the database's own nature."""

from django.db import models


class Installation(models.Model):
    """What this database is, fixed at creation (one row): a demo can never become a real office."""

    only = models.PositiveSmallIntegerField(primary_key=True, default=1)
    demo = models.BooleanField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(only=1), name="core_installation_only_one")]

    def __str__(self) -> str:
        return "demo" if self.demo else "real"


class Entry(models.Model):
    """One act in the chain of one subject (办理记录); rows are added, never changed."""

    kind = models.CharField(max_length=16)
    subject = models.CharField(max_length=48)
    seq = models.PositiveIntegerField()
    act = models.CharField(max_length=40)
    staff = models.BigIntegerField(null=True)
    office = models.CharField(max_length=40)
    division = models.CharField(max_length=6)
    channel = models.CharField(max_length=16)
    at = models.DateTimeField()
    noted_at = models.DateTimeField()
    facts = models.TextField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "subject", "seq"], name="core_entry_chain")]
        indexes = [
            # Few and far between: what silence accepted, which no one of the staff did.
            models.Index(
                fields=["noted_at"],
                name="core_entry_silence",
                condition=models.Q(act="case.accept", staff__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} #{self.seq} {self.act}"


class Claim(models.Model):
    """A POST that was carried out, under the key that its asker gave (幂等): repeated, it is answered, not redone."""

    asker = models.CharField(max_length=48)
    act = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    subject = models.CharField(max_length=48)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asker", "act", "key"], name="core_claim_once")]

    def __str__(self) -> str:
        return f"{self.act} {self.subject}"


class Job(models.Model):
    """Work to be done at least once after its transaction: leased, retried, at last set aside (dead)."""

    kind = models.CharField(max_length=48)
    payload = models.TextField()
    run_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    lease = models.CharField(max_length=36, default="")
    leased_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)
    error = models.TextField(default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["run_at", "id"],
                name="core_job_waiting",
                condition=models.Q(done_at__isnull=True, dead_at__isnull=True),
            ),
            models.Index(fields=["id"], name="core_job_dead", condition=models.Q(dead_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"


class Counter(models.Model):
    """The last number given under a name: one row a site and day, so that sites never wait for each other."""

    name = models.CharField(max_length=48, primary_key=True)
    last = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.name} {self.last}"


class StoredFile(models.Model):
    """A file kept sealed outside the database (密封文件): what it is, whose, and its digest."""

    id = models.CharField(max_length=32, primary_key=True)
    owner = models.CharField(max_length=48)
    kind = models.CharField(max_length=40)
    name = models.BinaryField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    subject = models.CharField(max_length=48, default="")
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["owner", "at"], name="core_file_owner"),
            models.Index(fields=["at"], name="core_file_orphan", condition=models.Q(subject="")),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.kind}"


class Beat(models.Model):
    """When a worker was last seen at work, so that a stopped one shows."""

    worker = models.CharField(max_length=48, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker
