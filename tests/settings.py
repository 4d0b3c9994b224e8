"""The settings of a test run: a folder of its own for keys, files and SQLite, named before the settings are read."""

import atexit
import os
import shutil

from tests import databases

_VAR = databases.scratch("test")
atexit.register(shutil.rmtree, _VAR, ignore_errors=True)
os.environ.setdefault("DATABASE_URL", f"sqlite:///{_VAR / 'onewindow.sqlite3'}")
os.environ["ONEWINDOW_ENV"] = "test"
os.environ["ONEWINDOW_VAR"] = str(_VAR)
for _name in ("KEYS", "FILES", "ROOTS", "SECRET", "HOSTS"):
    os.environ.pop(f"ONEWINDOW_{_name}", None)

from onewindow.config.settings import *  # noqa: E402, F403 - the settings themselves, read with the names set above
from onewindow.config.settings import DATABASES, KEY_FILE  # noqa: E402 - the same
from onewindow.core.keys import make_key_file  # noqa: E402 - it asks the settings

make_key_file(KEY_FILE)
PASSWORD_HASHERS = ["tests.hashing.QuickArgon2"]
WHITENOISE_AUTOREFRESH = True  # each client of a test would else read the static files
if DATABASES["default"]["ENGINE"] == "onewindow.core.sqlite":
    # A file, not memory: threads and other processes shall meet in it as they do in a service.
    DATABASES["default"]["TEST"] = {"NAME": str(_VAR / "test.sqlite3")}
