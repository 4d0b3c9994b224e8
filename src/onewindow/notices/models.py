"""Messages to people: the inbox, and what became of the copy that went out."""

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
