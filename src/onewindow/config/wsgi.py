"""The WSGI application that the web workers serve: Django's, and before it the straight way of the hottest request."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onewindow.config.settings")
_ordinary = get_wsgi_application()

from onewindow.api.straight import Way  # noqa: E402 - its room can be opened only now

application = Way(_ordinary)
