"""Settings of the publication: one file, read from the environment, safe by default.

Every name that `.env.example` lists can be set in the environment or in a `.env` file beside
manage.py, or in the file that ENV_FILE names. Nothing here turns a protection off unless it is
asked to by name.
"""

import os
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from reviews.prose import EDITOR_EXTENSIONS

from . import buckets, secret
from .environment import Environment

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = BASE_DIR / "var"  # the embedded database, uploads and collected static files

env = Environment()
# Named in the environment alone; what the environment says goes before the file.
ENV_FILE: str = env.str("ENV_FILE", default=str(BASE_DIR / ".env"))
env.read(ENV_FILE)

DEBUG: bool = env.bool("DEBUG", default=False)
SECRET_KEY: str = env.str("SECRET_KEY", default="")
if _weakness := secret.weakness(SECRET_KEY):
    raise ImproperlyConfigured(f"SECRET_KEY {_weakness}. {secret.HOW_TO_MAKE_ONE}")
# Former keys: what they signed or encrypted stays good. Newest first.
SECRET_KEY_FALLBACKS: list[str] = env.words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS: list[str] = env.words("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
# What links in mails, feeds and pages begin with, whatever host a request named.
SITE_URL: str = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")

INSTALLED_APPS = [
    "publication.newsroom.NewsroomAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django_prose_editor",
    "reviews",
    "comments",
    "publication",
]

MIDDLEWARE = [
    "publication.logs.RequestLogMiddleware",  # whatever is logged further in has its id
    "publication.health.HealthMiddleware",  # before hosts are checked and HTTPS asked for
    "publication.proxies.ForwardedHeadersMiddleware",  # before all that reads X-Forwarded-*
    "publication.security.SecurityHeadersMiddleware",  # of the next two's own answers, too
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "publication.compression.CompressTextMiddleware",
    "publication.languages.NewsroomLanguageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "publication.sessions.NewsroomSessionMiddleware",  # asks who is logged in
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "publication.urls"
WSGI_APPLICATION = "publication.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "publication.indentation.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "publication.context_processors.masthead",
            ],
        },
    }
]
FORM_RENDERER = "publication.form_renderer.Renderer"

# Database: SQLite embedded, or PostgreSQL through DATABASE_URL.
DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'publication.sqlite3'}")
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # Writers take their turn: the lock is asked for at BEGIN, where waiting helps, and not
        # half-way through, where SQLite can only refuse.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,  # seconds a writer waits for another
        # FULL: a comment that was acknowledged outlives a power cut (docs/decisions/0013).
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            # What was erased is overwritten with zeros (docs/decisions/0020).
            "PRAGMA secure_delete=ON;"
            # The log is cut to so many bytes after what wrote more, as a restoration does, and with
            # it what it still told of; what is written every day stays below.
            "PRAGMA journal_size_limit=8388608;"
        ),
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # Seconds: a machine that is gone must not hold a request for the two minutes of TCP.
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 5,
        "prepare_threshold": 5,  # for what is written once (docs/decisions/0024)
        **DATABASES["default"].get("OPTIONS", {}),
    }
# Seconds for which a thread keeps its connection. Opening SQLite’s costs as much as some queries,
# and closing the last one writes the whole log back.
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = ["publication.permissions.PermissionsAtOnce"]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
    {"NAME": "publication.changed_passwords.Told"},
]
# The first is used; what the other made is still read, and made anew at the next login.
PASSWORD_HASHERS = [
    "publication.passwords.SmallArgon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

# A login in the newsroom ends after so many minutes in which nothing was asked and nothing typed,
# and after so many hours at the latest.
NEWSROOM_IDLE_MINUTES: int = max(5, env.int("NEWSROOM_IDLE_MINUTES", default=60))
NEWSROOM_LOGIN_HOURS: int = max(1, env.int("NEWSROOM_LOGIN_HOURS", default=12))
SESSION_COOKIE_AGE = NEWSROOM_IDLE_MINUTES * 60
PASSWORD_RESET_TIMEOUT = 2 * 3600  # seconds; a link to a new one, from when its mail was written

# The language of public pages and mails, one for the whole publication, so that a page is the same
# for every reader. publication/locale/ has what is not English; docs/translating.md how to add it.
LANGUAGES = [("en-gb", "English (UK)"), ("ko", "한국어")]
LANGUAGE_CODE: str = env.one_of("PUBLICATION_LANGUAGE", dict(LANGUAGES), default="en-gb")
LOCALE_PATHS = [BASE_DIR / "publication" / "locale"]
TIME_ZONE: str = env.time_zone("TIME_ZONE", default="Europe/London")
FORMAT_MODULE_PATH = ["publication.formats"]

STATIC_URL = "/static/"
STATIC_ROOT: str = env.str("STATIC_ROOT", default=str(DATA_DIR / "static"))
STATICFILES_DIRS: list[Path | tuple[str, str]] = [BASE_DIR / "static"]
# The publication's own look (docs/design.md): a folder with publication.css, its faces beside it,
# or with icon.png, or both, as they are at the start. Empty: none.
LOOK_DIR: str = env.str("LOOK_DIR", default=str(DATA_DIR / "look"))
LOOK_IS_NAMED = bool(env.str("LOOK_DIR", default=""))
LOOK_FILES = ("publication.css", "icon.png")
LOOK_IS_THERE = bool(LOOK_DIR) and any(
    os.access(Path(LOOK_DIR) / name, os.R_OK) for name in LOOK_FILES
)
if LOOK_IS_THERE:
    STATICFILES_DIRS.append(("look", LOOK_DIR))
MEDIA_URL = "/media/"
MEDIA_ROOT: str = env.str("MEDIA_ROOT", default=str(DATA_DIR / "media"))
ORIGINALS_ROOT: str = env.str("ORIGINALS_ROOT", default=str(DATA_DIR / "originals"))
# Where the nightly backups come to: then somebody is told when none does.
BACKUPS_DIR: str = env.str("BACKUPS_DIR", default="")
STORAGES: dict[str, dict[str, Any]] = {
    # What readers are served: the renditions of pictures, named by their content.
    "default": {"BACKEND": "publication.folders.Folder"},
    # Uploads as they came, with all their metadata: private, without an address.
    "originals": {
        "BACKEND": "publication.folders.Folder",
        "OPTIONS": {"location": ORIGINALS_ROOT, "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "publication.static_files.Collected"
    },
}

# An S3 bucket for each instead, when it is named (docs/deploying.md).
_WHERE: dict[str, Any] = {
    "endpoint": env.str("S3_ENDPOINT_URL", default=None),
    "region": env.str("S3_REGION", default=None),
    "domain": env.str("S3_CUSTOM_DOMAIN", default=None),
}
for _alias, _bucket in (("default", "S3_BUCKET"), ("originals", "S3_ORIGINALS_BUCKET")):
    if env.str(_bucket, default=""):
        STORAGES[_alias] = buckets.storage(_alias, env.str(_bucket), **_WHERE)

DJANGO_PROSE_EDITOR_EXTENSIONS = EDITOR_EXTENSIONS

# What an upload may be; the reasons stand in reviews/pictures.py.
PICTURE_MAX_BYTES: int = env.int("PICTURE_MAX_BYTES", default=25 * 1024 * 1024)
PICTURE_MAX_PIXELS: int = env.int("PICTURE_MAX_PIXELS", default=64_000_000)
# Pictures taken in with one request: a festival's press folder; more are named and left out.
PICTURES_AT_ONCE: int = env.int("PICTURES_AT_ONCE", default=50)
PICTURES_AT_ONCE_MAX_BYTES: int = env.int("PICTURES_AT_ONCE_MAX_BYTES", default=500 * 1024 * 1024)
# Past this Django refuses a request unread; below it, who sent too many is told which.
DATA_UPLOAD_MAX_NUMBER_FILES = 10 * PICTURES_AT_ONCE

# Protections. HTTPS is taken for granted; `make run` says HTTPS=false for 127.0.0.1.
HTTPS: bool = env.bool("HTTPS", default=True)
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0  # a year
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
# No “preload” (W021): by it anybody may have the name put on browsers’ own lists, where it stays
# with all names under it for longer than who runs them may want.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
# Addresses and networks whose X-Forwarded-For and X-Forwarded-Proto are believed, and nobody
# else's; publication/proxies.py takes them away from the others.
TRUSTED_PROXIES: list[str] = env.networks("TRUSTED_PROXIES")
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
# Browsers take a cookie called __Host- only from this very host, secure, for all paths: no other
# site under the same domain can plant one (RFC 6265bis, 4.1.3.2).
_HOST = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_HOST}sessionid", f"{_HOST}csrftoken"
# Of a reader on the way to an account elsewhere: planted, it would lead them back as somebody else.
REPLY_COOKIE_NAME = f"{_HOST}reply"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no third cookie
CSRF_TRUSTED_ORIGINS: list[str] = env.words("CSRF_TRUSTED_ORIGINS")
# Who is told of a weakness, in /.well-known/security.txt: an e-mail address or a page of https://;
# the masthead's contact unless said.
SECURITY_CONTACT: str = env.str("SECURITY_CONTACT", default="")
if any(character.isspace() for character in SECURITY_CONTACT):
    raise ImproperlyConfigured("SECURITY_CONTACT is one e-mail address or one https:// page.")
LOGIN_URL = "admin:login"

# What a form may hold, in bytes without its files and in fields. The longest body at its costliest,
# twelve bytes a character, is 2.4 MB: four times that still comes back with an error at the field
# and every word kept. A formset has at most 1,000 rows, of fewer than ten fields. Comments have
# a smaller limit of their own.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Comments: the rules that look at every post, in this order; all of them run.
COMMENTS_RULES = [
    "comments.spam.rules.filled_honeypot",
    "comments.spam.rules.written_too_fast",
    "comments.spam.rules.too_many_links",
    "comments.spam.rules.seen_in_spam",
    "comments.spam.near_known_spam.near_known_spam",
    "comments.spam.rules.same_text_again",
    "comments.spam.rules.flood_from_address",
    "comments.spam.known_name.known_name",
    "comments.spam.reads_like_spam.reads_like_spam",
    "comments.spam.rulebook.listed_phrase",
    "comments.spam.rulebook.listed_sender",
    "comments.spam.second_opinion.akismet",
]
# Distinct readers whose reports send an approved comment back to the queue; 0: reports never do.
COMMENTS_REPORTS_TO_HOLD: int = env.int("COMMENTS_REPORTS_TO_HOLD", default=3)
# Posts of readers' forms that each web process takes a second, from whomever; what comes beyond is
# answered 429 with its words kept, so that a botnet does not keep readers waiting. 0: all, and all
# searches too.
COMMENTS_POSTS_A_SECOND: int = env.int("COMMENTS_POSTS_A_SECOND", default=5)
# How long, in minutes, a writer may change or withdraw a comment; 0: not at all.
COMMENTS_EDIT_WINDOW: int = env.int("COMMENTS_EDIT_WINDOW", default=15)
# Whether comments of proven writers appear without waiting, and after how many approvals by people.
COMMENTS_TRUST: bool = env.bool("COMMENTS_TRUST", default=True)
COMMENTS_TRUST_APPROVALS: int = env.int("COMMENTS_TRUST_APPROVALS", default=2)

# Accounts that readers may log in with to reply, each off until it has an id and a secret, which
# the service gives for our address (docs/deploying.md). The third is any of OpenID Connect.
WORDPRESS_CLIENT_ID: str = env.str("WORDPRESS_CLIENT_ID", default="")
WORDPRESS_CLIENT_SECRET: str = env.str("WORDPRESS_CLIENT_SECRET", default="")
FACEBOOK_CLIENT_ID: str = env.str("FACEBOOK_CLIENT_ID", default="")
FACEBOOK_CLIENT_SECRET: str = env.str("FACEBOOK_CLIENT_SECRET", default="")
OPENID_NAME: str = env.str("OPENID_NAME", default="")  # as readers know it
OPENID_ISSUER: str = env.str("OPENID_ISSUER", default="")
OPENID_SCOPE: str = env.str("OPENID_SCOPE", default="openid email profile")
OPENID_CLIENT_ID: str = env.str("OPENID_CLIENT_ID", default="")
OPENID_CLIENT_SECRET: str = env.str("OPENID_CLIENT_SECRET", default="")

# Akismet as a second opinion on spam: off until it has a key and the front page's whole address.
AKISMET_KEY: str = env.str("AKISMET_KEY", default="")
AKISMET_SITE: str = env.str("AKISMET_SITE", default="")
AKISMET_URL: str = env.str("AKISMET_URL", default="https://rest.akismet.com")
AKISMET_TIMEOUT: float = env.float("AKISMET_TIMEOUT", default=3.0)  # seconds of a whole request
AKISMET_TEST: bool = env.bool("AKISMET_TEST", default=False)  # asks it not to learn from this site

# Each moderator is mailed once a day, after this hour, when comments wait; and once more on a day
# on which so many wait (0: never).
COMMENTS_DIGEST_HOUR: int = env.int("COMMENTS_DIGEST_HOUR", default=8)
COMMENTS_URGENT_FROM: int = env.int("COMMENTS_URGENT_FROM", default=50)
# From which hour followers are mailed what is new, each morning or on one day of the week.
FOLLOWERS_HOUR: int = env.int("FOLLOWERS_HOUR", default=7)
FOLLOWERS_DAY: str = env.str("FOLLOWERS_DAY", default="saturday").lower()

# Pages for readers, kept ready (publication/pagecache). Each process has its own in memory; behind
# it is a file on this machine, or Redis where several machines serve one site.
PAGE_MEMORY_BYTES: int = env.int("PAGE_MEMORY_BYTES", default=16 * 1024 * 1024)
PAGE_STORE: str = env.str("PAGE_STORE", default=str(DATA_DIR / "pages.sqlite3"))
PAGE_STORE_BYTES: int = env.int("PAGE_STORE_BYTES", default=256 * 1024 * 1024)
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
PAGES_IN_REDIS: dict[str, Any] = {
    "BACKEND": "django.core.cache.backends.redis.RedisCache",
    "LOCATION": env.str("REDIS_URL", default=""),
    "KEY_PREFIX": "publication",
    # A page takes milliseconds to make: nobody waits for a Redis that does not answer.
    "OPTIONS": {
        "socket_connect_timeout": 0.5,
        "socket_timeout": 0.5,
        "serializer": "publication.pagecache.store.AsItIs",
    },
}
if PAGES_IN_REDIS["LOCATION"]:
    CACHES["pages"] = PAGES_IN_REDIS
# For how many seconds a cache in front that can be purged by tag may keep a page; 0: none at all.
CDN_SECONDS: int = env.int("CDN_SECONDS", default=0)
# Which one, so that the worker tells it what to forget; its zone or service, and a token that may.
CDN_PURGE: str = env.str("CDN_PURGE", default="")
CDN_ZONE: str = env.str("CDN_ZONE", default="")
CDN_TOKEN: str = env.str("CDN_TOKEN", default="")
CDN_URL: str = env.str("CDN_URL", default="")  # where its API is, unless it is the usual address

# Mail: printed by the worker unless a server is named, such as smtp+tls://user:password@host:587.
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
if vars()["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend":
    EMAIL_BACKEND = "publication.smtp.EmailBackend"
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", default="publication@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 20  # seconds until a mail server that does not answer counts as down

# Logs go to standard error, as lines or JSON, with nothing personal (publication/logs.py).
LOG_FORMAT: str = env.one_of("LOG_FORMAT", ("lines", "json"), default="lines")
LOG_REQUESTS: bool = env.bool("LOG_REQUESTS", default=False)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "lines": {"()": "publication.logs.LineFormatter"},
        "json": {"()": "publication.logs.JSONFormatter"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # Pages that are not there are asked for all day long; what broke is what matters.
    "loggers": {"django.request": {"level": "ERROR"}},
}

# Names in ENV_FILE that nobody asked for above, each with the one that may have been meant.
UNKNOWN_SETTINGS: dict[str, str] = env.unknown_in(Path(ENV_FILE))
