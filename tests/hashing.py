"""Passwords in tests: the service's own hash at a small part of its cost."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    """Argon2id as in the service, with little memory."""

    time_cost = 1
    memory_cost = 1024
