"""WSGI entry point; `manage.py serve` serves it."""

import os
from wsgiref.types import WSGIApplication

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "publication.settings")
django: WSGIApplication = get_wsgi_application()
application = django

from publication.entrance import Entrance  # noqa: E402 (it needs the models)

if not settings.DEBUG:  # whoever edits a template wants to see it
    from publication.floods.serving import Floods
    from publication.pagecache.serving import PageCache

    application = Floods(PageCache(application))
application = Entrance(application)
