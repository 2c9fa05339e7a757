"""WSGI entry point; `manage.py serve` serves it."""

import os
from wsgiref.types import WSGIApplication

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "publication.settings")
application: WSGIApplication = get_wsgi_application()

from publication.entrance import Entrance  # noqa: E402 (they need the models)
from publication.turns import Turns  # noqa: E402

django = application = Turns(application)

if not settings.DEBUG:  # whoever edits a template wants to see it
    from publication.floods.serving import Floods
    from publication.pagecache.serving import PageCache

    application = Floods(PageCache(application))
application = Entrance(application)
