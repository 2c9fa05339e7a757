"""The site's settings with static files hashed but not compressed: collected in seconds."""

from publication.settings import *  # noqa: F403

WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("css", "js", "svg", "txt", "json", "map", "md", "mjs")
