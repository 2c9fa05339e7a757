"""The publication's own settings, made quick and self-contained for the test suite."""

import atexit
import os
import re
import shutil
import tempfile
from pathlib import Path

# Whoever tries the publication here has a .env, or has said the same to their shell: not for tests,
# but for the database that they are to use.
for line in Path(__file__).parent.with_name(".env.example").read_text().splitlines():
    if (named := re.match(r"#? ?([A-Z_]+)=", line)) and named[1] != "DATABASE_URL":
        os.environ.pop(named[1], None)
os.environ["SECRET_KEY"] = "only-for-the-test-suite-" + "x" * 40
os.environ["HTTPS"] = "false"
os.environ["ENV_FILE"] = os.devnull
os.environ["LOOK_DIR"] = ""  # nor is a look of its own

from publication.settings import *  # noqa: E402, F403
from publication.settings import DATABASES, STORAGES  # noqa: E402

IN_MEMORY = Path("/dev/shm")


# The folders of this run, in memory where the machine has such a place. Those of xdist's workers,
# which end without their last words, go with that of the process that began them.
_OF_THE_RUN = "FOLDER_OF_THE_TESTS"
if _OF_THE_RUN not in os.environ:
    os.environ[_OF_THE_RUN] = tempfile.mkdtemp(
        prefix="publication-tests-", dir=IN_MEMORY if IN_MEMORY.is_dir() else None
    )
    atexit.register(shutil.rmtree, os.environ[_OF_THE_RUN], ignore_errors=True)


def _folder() -> str:
    return tempfile.mkdtemp(dir=os.environ[_OF_THE_RUN])


SITE_URL = "http://testserver"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MEDIA_ROOT = _folder()
STORAGES = STORAGES | {
    "originals": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": _folder(), "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PAGE_STORE = f"{_folder()}/pages.sqlite3"
WHITENOISE_USE_FINDERS = True
COMMENTS_POSTS_A_SECOND = 0  # its own test asks for a limit
WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as on a server: threads then have connections of their own, and really meet.
    DATABASES["default"]["TEST"] = {"NAME": f"{_folder()}/tests.sqlite3"}
