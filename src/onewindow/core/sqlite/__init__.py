"""SQLite as the house runs it: safe on disk, and its writers in a fair queue."""
