"""What would make a published site unsafe is said by `manage.py check --deploy`."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.http.request import validate_host


@register(Tags.security)
def site_address_is_one(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    """publication.E001: SITE_URL is not a scheme and a host."""
    parts = urlsplit(settings.SITE_URL)
    if parts.scheme in ("http", "https") and parts.hostname and not parts.path + parts.query:
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
    parts = urlsplit(settings.SITE_URL)
    found: list[CheckMessage] = []
    if settings.HTTPS and parts.scheme != "https":
        hint = "Begin SITE_URL with https://, or say HTTPS=false where there is no certificate."
        found.append(
            Error("SITE_URL does not begin with https://.", hint=hint, id="publication.E002")
        )
    if not validate_host(parts.hostname or "", settings.ALLOWED_HOSTS):
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
def hosts_are_named(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    """publication.E004: ALLOWED_HOSTS lets every name through."""
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    hint = "Name the hosts that readers use, such as publication.example."
    return [Error("ALLOWED_HOSTS lets every name through.", hint=hint, id="publication.E004")]
