"""The publication's settings, for collecting its own static files alone: what public pages load,
compressed as it is for readers, without the newsroom's megabytes."""

from publication.settings import *  # noqa: F403

STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
