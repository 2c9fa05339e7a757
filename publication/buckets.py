"""Pictures in S3 buckets, by django-storages. Imported by the settings: no Django app here."""

from importlib import import_module
from typing import Any

from django.core.exceptions import ImproperlyConfigured

# Seconds, and how often. boto's own are a minute and five times: a bucket that hangs would hold
# every thread of the web server, and the answer to /readyz, for minutes.
CONNECT, ANSWER, ATTEMPTS = 5, 10, 2
_INSTALL = (
    "S3_BUCKET and S3_ORIGINALS_BUCKET need django-storages: "
    "python3 -m pip --python .venv/bin/python install 'django-storages[s3]>=1.14'"
)


def storage(
    alias: str, bucket: str, *, endpoint: str | None, region: str | None, domain: str | None
) -> dict[str, Any]:
    """For STORAGES. Renditions are public, kept for ever and named by their content, so that one
    of the same name is the same; originals are private. Raises ImproperlyConfigured."""
    try:
        config = import_module("botocore.config")
    except ImportError:
        raise ImproperlyConfigured(_INSTALL) from None
    if endpoint and not endpoint.startswith(("https://", "http://")):
        raise ImproperlyConfigured(
            f"S3_ENDPOINT_URL is “{endpoint}”. Write it like https://s3.example."
        )
    if domain and "://" in domain:  # which every picture's address would have twice
        raise ImproperlyConfigured(
            f"S3_CUSTOM_DOMAIN is “{domain}”. Write the name alone, like pictures.example."
        )
    served = alias == "default"
    patience = config.Config(
        connect_timeout=CONNECT,
        read_timeout=ANSWER,
        retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
    )
    kept = {"CacheControl": "public, max-age=31536000, immutable"} if served else {}
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": endpoint,
            "region_name": region,
            "custom_domain": domain if served else None,
            "querystring_auth": not served,
            "file_overwrite": served,
            "object_parameters": kept,
            "client_config": patience,
        },
    }
