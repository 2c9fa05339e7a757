"""What would make a published site unsafe is said by `manage.py check --deploy`."""

import os
import re
from collections.abc import Sequence
from email.utils import parseaddr
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.checks import WARNING, CheckMessage, Error, Tags, register
from django.http.request import split_domain_port, validate_host

from comments import wire

from . import proxies
from .pagecache import cdn


@register(Tags.security)
def site_address_is_one(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    """publication.E001: SITE_URL is not a scheme and a host, with a port or without."""
    if _is_a_site(settings.SITE_URL):
        return []
    return [
        Error(
            f"SITE_URL is “{settings.SITE_URL}”, which is not the address of a site.",
            hint="Write it like https://publication.example, without anything behind the name.",
            id="publication.E001",
        )
    ]


@register(Tags.security, deploy=True)
def links_lead_here(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    """publication.E002: SITE_URL is not secure; E003: its host is none that the site answers to."""
    if not _is_a_site(settings.SITE_URL):
        return []  # E001 says so
    parts = urlsplit(settings.SITE_URL)
    found: list[CheckMessage] = []
    if settings.HTTPS and parts.scheme != "https":
        hint = "Begin SITE_URL with https://, or say HTTPS=false where there is no certificate."
        found.append(
            Error("SITE_URL does not begin with https://.", hint=hint, id="publication.E002")
        )
    if not validate_host(split_domain_port(parts.netloc)[0], settings.ALLOWED_HOSTS):
        found.append(
            Error(
                f"SITE_URL names “{parts.hostname}”, which ALLOWED_HOSTS does not: every link in "
                "mails and feeds would be refused.",
                hint="Add that name to ALLOWED_HOSTS.",
                id="publication.E003",
            )
        )
    return found


@register(Tags.security, deploy=True)
def the_proxy_is_believed(
    app_configs: Sequence[AppConfig] | None, **_: object
) -> list[CheckMessage]:
    """publication.E008: HTTPS ends at a proxy that is not believed, so that it never arrives."""
    said = proxies.nobody_is_believed()
    return [Error(said, hint=proxies.NAME_IT, id="publication.E008")] if said else []


@register(deploy=True)
def settings_are_known(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    """publication.W005: a name in .env that no setting has, and that nobody reads."""
    found = []
    for name, meant in settings.UNKNOWN_SETTINGS.items():
        said = f"“{name}” in {settings.ENV_FILE} is no setting."
        hint = f"Did you mean {meant}?" if meant else ".env.example lists them all."
        found.append(CheckMessage(WARNING, said, hint=hint, id="publication.W005"))
    return found


@register(deploy=True)
def mail_goes_out(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    """publication.W003: mails are printed where logs are; W004: their sender is nobody."""
    if settings.EMAIL_BACKEND == "django.core.mail.backends.console.EmailBackend":
        said = (
            "No mail server is named: mails reach nobody, and are printed with their addresses "
            "and links where the worker logs."
        )
        hint = "Set EMAIL_URL, and DEFAULT_FROM_EMAIL."
        return [CheckMessage(WARNING, said, hint=hint, id="publication.W003")]
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    if "@" not in address or address.endswith("@localhost"):
        said = f"Mails come from {settings.DEFAULT_FROM_EMAIL}, which mail servers refuse."
        hint = "Set DEFAULT_FROM_EMAIL to an address of yours: The Publication <you@example.org>."
        return [CheckMessage(WARNING, said, hint=hint, id="publication.W004")]
    return []


@register(Tags.security)
def uploads_are_not_served(
    app_configs: Sequence[AppConfig] | None, **_: object
) -> list[CheckMessage]:
    """publication.E007: what is served has the uploads in it, with the places in their metadata."""
    served, private = (
        settings.STORAGES[alias].get("OPTIONS", {}) for alias in ("default", "originals")
    )
    hint = "Name a place of its own for the uploads, which nobody may fetch."
    said = ""
    if bucket := private.get("bucket_name"):
        if bucket == served.get("bucket_name"):
            said = f"S3_ORIGINALS_BUCKET and S3_BUCKET are one bucket, “{bucket}”."
    else:
        uploads = Path(settings.ORIGINALS_ROOT).resolve()
        for name in ("MEDIA_ROOT", "STATIC_ROOT"):
            if uploads.is_relative_to(Path(getattr(settings, name)).resolve()):
                said = f"ORIGINALS_ROOT lies in {name}, which a web server may serve."
    return [Error(said, hint=hint, id="publication.E007")] if said else []


@register(Tags.caches)
def redis_can_be_asked(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    """publication.E009: REDIS_URL is no address of one, or the library for it is missing."""
    if not (address := settings.PAGES_IN_REDIS["LOCATION"]):
        return []
    if not address.startswith(("redis://", "rediss://", "unix://")):
        hint = "Write it like redis://127.0.0.1:6379/0."
        return [Error("REDIS_URL is no address of Redis.", hint=hint, id="publication.E009")]
    if find_spec("redis") is None:
        hint = "python3 -m pip --python .venv/bin/python install 'redis>=6'"
        return [Error("REDIS_URL needs the library redis.", hint=hint, id="publication.E009")]
    return []


@register(Tags.caches)
def the_cdn_can_be_told(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    """publication.E005: CDN_PURGE without what it needs; W001: a CDN that is told nothing."""
    if not settings.CDN_PURGE:
        if not settings.CDN_SECONDS:
            return []
        said = f"Readers may see pages {settings.CDN_SECONDS} seconds old: nobody tells the CDN."
        hint = "Set CDN_PURGE, CDN_ZONE and CDN_TOKEN, or CDN_SECONDS to what may be stale."
        return [CheckMessage(WARNING, said, hint=hint, id="publication.W001")]
    hint = "docs/deploying.md, “A CDN in front”, says what each is."
    wrong = []
    if settings.CDN_PURGE not in cdn.KINDS:
        wrong.append(f"CDN_PURGE is “{settings.CDN_PURGE}”, and can be {' or '.join(cdn.KINDS)}.")
    if not re.fullmatch(r"[A-Za-z0-9_-]+", settings.CDN_ZONE):
        wrong.append("CDN_ZONE is not the id of a service (Fastly) or a zone (Cloudflare).")
    if not re.fullmatch(r"[!-~]+", settings.CDN_TOKEN):
        wrong.append("CDN_TOKEN is missing, or has a character that no token has.")
    if settings.CDN_URL and (problem := wire.why_refused(settings.CDN_URL)):
        wrong.append(f"CDN_URL {problem}.")
    return [Error(said, hint=hint, id="publication.E005") for said in wrong]


@register(Tags.files)
def the_look_is_there(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    """publication.E006: LOOK_DIR has nothing that can be read; W002: not collected yet."""
    folder = Path(settings.LOOK_DIR)
    if settings.LOOK_IS_NAMED and not settings.LOOK_IS_THERE:
        said = (
            f"LOOK_DIR is “{folder}”, where no {' and no '.join(settings.LOOK_FILES)} can be read."
        )
        hint = "Put the file there (docs/design.md has one to begin with), or take LOOK_DIR away."
        return [Error(said, hint=hint, id="publication.E006")]
    if not settings.LOOK_IS_THERE:
        return []
    there = [name for name in settings.LOOK_FILES if os.access(folder / name, os.R_OK)]
    hint = "Run manage.py collectstatic, then start the site again."
    return [
        CheckMessage(
            WARNING,
            f"The {name} of {folder} is not collected: readers do not see it.",
            hint=hint,
            id="publication.W002",
        )
        for name in there
        if not _is_collected(f"look/{name}")
    ]


def _is_collected(name: str) -> bool:
    try:
        staticfiles_storage.url(name)
    except ValueError:
        return False
    return True


@register(Tags.security, deploy=True)
def hosts_are_named(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    """publication.E004: ALLOWED_HOSTS lets every name through."""
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    hint = "Name the hosts that readers use, such as publication.example."
    return [Error("ALLOWED_HOSTS lets every name through.", hint=hint, id="publication.E004")]


def _is_a_site(address: str) -> bool:
    try:
        parts = urlsplit(address)
        alone = address == f"{parts.scheme}://{parts.netloc}" and parts.port != 0
    except ValueError:  # a port that is no number, or “[” around a name
        return False
    return (
        alone and parts.scheme in ("http", "https") and "@" not in address and bool(parts.hostname)
    )
