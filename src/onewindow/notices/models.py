"""Messages and letters to people: what they were told, what was written to them, and what became of it."""

from django.db import models


class Message(models.Model):
    """One thing a person was told (通知): once for each act, whatever becomes of the text message."""

    person = models.BigIntegerField()
    subject = models.CharField(max_length=48)
    seq = models.PositiveIntegerField()
    act = models.CharField(max_length=40)
    at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "seq"], name="notices_message_once")]
        indexes = [models.Index(fields=["person", "-id"], name="notices_inbox")]

    def __str__(self) -> str:
        return f"{self.act} {self.subject}"


class Letter(models.Model):
    """A letter that was issued (文书), in one language: where its file is kept sealed, and the digest of its bytes.

    All but the file's own content stands in the entry "letter.issue" of the chain "letter".
    """

    subject = models.CharField(max_length=24)
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    language = models.CharField(max_length=2)
    number = models.CharField(max_length=48)
    code = models.CharField(max_length=64)
    office_zh = models.CharField(max_length=120)
    office_en = models.CharField(max_length=120)
    issued_on = models.DateField()
    demo = models.BooleanField()
    file = models.CharField(max_length=32)
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "seq", "kind", "language"], name="notices_letter_once"),
            models.UniqueConstraint(fields=["code", "language"], name="notices_letter_code"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.language}"


class Preference(models.Model):
    """Whether a kind of message also goes to a person's phone (通知偏好); no row means that it does."""

    person = models.BigIntegerField()
    kind = models.CharField(max_length=16)
    phone = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="notices_preference_once")]

    def __str__(self) -> str:
        return f"{self.kind} {'on' if self.phone else 'off'}"
