"""WSGI entry point; `manage.py serve` serves it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "publication.settings")
application = get_wsgi_application()
