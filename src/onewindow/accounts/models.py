"""Tables of people. Names, identity numbers and phones are sealed; what must be found is kept as a digest."""

from django.db import models
from django.db.models import F, Q


class Person(models.Model):
    """A person who asks or applies (自然人): known by phone (level 1) or by an identity that was shown (level 2)."""

    # Given before the row is stored, for what is sealed is bound to it; random, so that it tells nothing.
    id = models.BigIntegerField(primary_key=True)
    name = models.BinaryField(null=True)
    name_lookup = models.CharField(max_length=64, default="")
    id_type = models.CharField(max_length=24, default="")
    id_number = models.BinaryField(null=True)
    id_lookup = models.CharField(max_length=64, null=True)
    phone = models.BinaryField(null=True)
    phone_lookup = models.CharField(max_length=64, default="")
    # They came in by a code to this phone: the next code to it lets them in again. A number that a clerk or another
    # system told us proves nothing.
    phone_proved = models.BooleanField(default=False)
    level = models.PositiveSmallIntegerField()
    registered_at = models.DateTimeField()
    version = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id_lookup"], name="accounts_person_once"),
            models.UniqueConstraint(
                fields=["phone_lookup"], condition=Q(phone_proved=True), name="accounts_person_by_phone_once"
            ),
            models.CheckConstraint(
                condition=Q(level=1) | Q(level=2, id_lookup__isnull=False, name__isnull=False),
                name="accounts_person_level_two_is_named",
            ),
        ]
        indexes = [
            models.Index(fields=["name_lookup"], name="accounts_person_name"),
            models.Index(fields=["phone_lookup"], name="accounts_person_phone"),
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"


class Firm(models.Model):
    """An organisation that applies (法人和其他组织); its name and code are public by law."""

    code = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=120)
    registered_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.code


class Staff(models.Model):
    """A member of staff (工作人员); what they may do stands in their duties."""

    login = models.CharField(max_length=40, unique=True)
    name = models.BinaryField()
    division = models.CharField(max_length=6)
    office = models.CharField(max_length=40)  # where they belong: an office's or a site's code
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    joined_on = models.DateField()
    left_on = models.DateField(null=True)
    version = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")), name="accounts_staff_span"
            )
        ]

    def __str__(self) -> str:
        return self.login


class DutyRow(models.Model):
    """A duty held for a scope during a span of days (岗位): [from_on, until_on), open when until_on is empty."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="duties")
    duty = models.CharField(max_length=12)
    scope = models.CharField(max_length=40)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    granted_by = models.CharField(max_length=48)
    waiting = models.BooleanField(default=False)  # proposed by one administrator, not yet approved by another

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "duty", "scope"], condition=Q(until_on__isnull=True), name="accounts_duty_once"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="accounts_duty_span"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty} {self.scope}"


class Token(models.Model):
    """A key for programs (令牌): only its digest is kept; it acts as one person or one member of staff."""

    digest = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    staff = models.ForeignKey(Staff, null=True, on_delete=models.CASCADE, related_name="+")
    label = models.CharField(max_length=60)
    scopes = models.CharField(max_length=200)  # words parted by blanks
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True, staff__isnull=False) | Q(person__isnull=False, staff__isnull=True),
                name="accounts_token_of_one",
            )
        ]

    def __str__(self) -> str:
        return f"token {self.pk}"


class ReadLog(models.Model):
    """Who opened what of a person's data, and why (查阅记录); rows are added, never changed."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reader = models.CharField(max_length=48)
    staff = models.BigIntegerField(null=True)
    office = models.CharField(max_length=40)
    what = models.CharField(max_length=40)
    why = models.CharField(max_length=200)
    subject = models.CharField(max_length=48, default="")  # the case it was opened for
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["person", "-at"], name="accounts_read_person"),
            models.Index(fields=["reader", "-at"], name="accounts_read_reader"),
        ]

    def __str__(self) -> str:
        return f"{self.reader} {self.what} {self.at:%Y-%m-%d}"


class Guardianship(models.Model):
    """Who guards whom (监护关系), noted by staff from a document that they saw."""

    guardian = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ward = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    relation = models.CharField(max_length=12)
    need = models.CharField(max_length=12)
    proof = models.CharField(max_length=24)  # the kind of document seen, a word of Proof
    born_on = models.BinaryField(null=True)  # sealed; where the ward's number does not say it
    noted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["guardian", "ward"], condition=Q(ended_at__isnull=True), name="accounts_guardian_once"
            ),
            models.CheckConstraint(condition=~Q(guardian=F("ward")), name="accounts_guardian_of_another"),
        ]

    def __str__(self) -> str:
        return f"guardianship {self.pk}"


class Authority(models.Model):
    """A letter of authority (授权委托书): a person or a firm lets a person act, in [from_on, until_on)."""

    principal = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    firm = models.ForeignKey(Firm, null=True, on_delete=models.PROTECT, related_name="+")
    agent = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    items = models.CharField(max_length=400)  # codes parted by blanks; "" for all that the principal may do
    from_on = models.DateField()
    until_on = models.DateField()
    on_paper = models.BooleanField()  # noted by staff from a letter that they saw
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(principal__isnull=True, firm__isnull=False) | Q(principal__isnull=False, firm__isnull=True),
                name="accounts_authority_of_one",
            ),
            models.CheckConstraint(
                condition=Q(principal__isnull=True) | ~Q(principal=F("agent")), name="accounts_authority_to_another"
            ),
            models.CheckConstraint(condition=Q(until_on__gt=F("from_on")), name="accounts_authority_span"),
        ]

    def __str__(self) -> str:
        return f"authority {self.pk}"


class FirmRole(models.Model):
    """Who acts for a firm by office (法定代表人、经办人)."""

    firm = models.ForeignKey(Firm, on_delete=models.PROTECT, related_name="roles")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12)
    proof = models.CharField(max_length=24, default="")  # the kind of document seen; "" where the firm granted it
    granted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["firm", "person", "role"], condition=Q(ended_at__isnull=True), name="accounts_firm_role_once"
            ),
            models.UniqueConstraint(
                fields=["firm"],
                condition=Q(ended_at__isnull=True, role="legal_rep"),
                name="accounts_firm_one_legal_rep",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.firm_id}"


class Credential(models.Model):
    """How a member of staff signs in (登录凭据): password hash, authenticator's secret, an open link."""

    staff = models.OneToOneField(Staff, primary_key=True, on_delete=models.PROTECT, related_name="credential")
    password = models.CharField(max_length=200, default="")
    secret = models.BinaryField(null=True)
    last_step = models.BigIntegerField(default=0)  # of the last code taken: each is good once
    link_digest = models.CharField(max_length=64, null=True, unique=True)
    link_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"credential {self.pk}"


class Attempt(models.Model):
    """Failures under one digest (失败计数), and from when the next try is taken."""

    guard = models.CharField(max_length=8)
    subject = models.CharField(max_length=64)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    wait_until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["guard", "subject"], name="accounts_attempt_once")]

    def __str__(self) -> str:
        return f"{self.guard} {self.failures}"


class PhoneCode(models.Model):
    """A code that was asked for (短信验证码), for one browser; its digits follow from key and id alone."""

    id = models.BigIntegerField(primary_key=True)  # random: the phone is sealed for it, the digits are made of it
    phone = models.BinaryField()
    phone_lookup = models.CharField(max_length=64)
    address_lookup = models.CharField(max_length=64)
    browser = models.CharField(max_length=64)  # digest of the handle in the browser that asked
    asked_at = models.DateTimeField()
    until = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # used, or a newer one took its place

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["browser"], condition=Q(ended_at__isnull=True), name="accounts_code_of_browser_once"
            )
        ]
        indexes = [
            models.Index(fields=["phone_lookup", "-asked_at"], name="accounts_code_phone"),
            models.Index(fields=["address_lookup", "-asked_at"], name="accounts_code_address"),
            models.Index(fields=["asked_at"], name="accounts_code_asked"),
        ]

    def __str__(self) -> str:
        return f"code {self.asked_at:%Y-%m-%d %H:%M}"
