"""PostgreSQL as the house runs it: Django's own backend, and a straight way for the hottest statements."""
