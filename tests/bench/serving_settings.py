"""The publication's settings, with the bare view among its addresses."""

from publication.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.serving_urls"
