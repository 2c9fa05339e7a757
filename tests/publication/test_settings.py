"""Safe by default, and clear about what is missing."""

import os
import re
import secrets
import subprocess
import sys
from functools import cache
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.core.management.utils import get_random_secret_key
from django.db import connection
from django.test import override_settings

import publication
from publication import settings as live
from publication.checks import redis_can_be_asked, settings_are_known
from publication.environment import Environment
from publication.secret import weakness


def _start(**env: str) -> subprocess.CompletedProcess[str]:
    ours = {"SECRET_KEY", "HTTPS", "DJANGO_ALLOW_ASYNC_UNSAFE"}  # set for the suite, not the site
    said = {name: value for name, value in os.environ.items() if name not in ours}
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env=said | {"DJANGO_SETTINGS_MODULE": "publication.settings"} | env,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def _read(**env: str) -> dict[str, Any]:
    """The settings of another environment, read anew here: a process takes seconds to start."""
    with pytest.MonkeyPatch.context() as process:
        for name, value in env.items():
            process.setenv(name, value)
        process.delitem(sys.modules, "publication.settings")
        process.setattr(publication, "settings", None)  # what it names comes back afterwards
        return vars(import_module("publication.settings"))


@cache
def _objections(**env: str) -> str:
    """What `manage.py check --deploy --fail-level WARNING` says in another environment."""
    try:
        read = _read(**env)
    except ImproperlyConfigured as error:
        return str(error)
    others = {
        name: value
        for name, value in read.items()
        if name.isupper() and name != "DATABASES" and getattr(settings, name, None) != value
    }
    # A browser's test in the same process is what sets the one of these that is not the site's own.
    others["SILENCED_SYSTEM_CHECKS"] = [*read["SILENCED_SYSTEM_CHECKS"], "async.E001"]
    with override_settings(**others):
        try:
            call_command("check", deploy=True, fail_level="WARNING", stdout=StringIO())
        except SystemCheckError as error:
            return str(error)
    return ""


PUBLISHED = {
    "SECRET_KEY": "kJ3-" + "aB1x" * 15,
    "HTTPS": "true",
    "DEBUG": "false",
    "SITE_URL": "https://film.example",
    "ALLOWED_HOSTS": "film.example",
    "TRUSTED_PROXIES": "127.0.0.1",
    "EMAIL_URL": "smtp://127.0.0.1",
    "DEFAULT_FROM_EMAIL": "The Publication <comments@film.example>",
}


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("", "is missing"),
        ("short", "shorter than 50"),
        ("r4nd0m-but-not-quite-of-the-length-that-is-needed", "shorter than 50"),
        ("x" * 60, "repeats"),
        ("abcdefgh" * 8, "repeats"),
        ("abab" * 20 + "cd", "repeats"),
        ("django-insecure-" + "k3)u_9fj2m" * 5 + "!", "example"),
        ("please-change-me-before-anybody-else-can-reach-this-site!", "example"),
    ],
)
def test_a_weak_secret_is_told_what_is_wrong_with_it(key: str, said: str) -> None:
    assert said in weakness(key)


def test_secrets_that_are_random_are_taken() -> None:
    for _ in range(500):
        for key in (secrets.token_urlsafe(50), secrets.token_hex(32), get_random_secret_key()):
            assert weakness(key) == ""


@pytest.mark.parametrize("secret", ["", "short"])
def test_a_missing_or_weak_secret_stops_the_start_in_words(secret: str) -> None:
    started = _start(SECRET_KEY=secret)
    assert started.returncode != 0
    assert "SECRET_KEY is" in started.stderr
    assert "secrets.token_urlsafe(50)" in started.stderr


def test_a_site_set_up_as_documented_passes_the_deployment_check() -> None:
    started = _start(**PUBLISHED)
    assert started.returncode == 0, started.stderr


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"SITE_URL": "film.example"}, "publication.E001"),
        ({"SITE_URL": "https://film.example/blog"}, "publication.E001"),
        ({"SITE_URL": "https://film.example#top"}, "publication.E001"),
        ({"SITE_URL": "https://film.example:x"}, "publication.E001"),
        ({"SITE_URL": "https://editor@film.example"}, "publication.E001"),
        ({"SITE_URL": "https://[film.example]"}, "publication.E001"),
        ({"SITE_URL": "https://[::1]", "ALLOWED_HOSTS": "film.example"}, "publication.E003"),
        ({"SITE_URL": "http://film.example"}, "publication.E002"),
        ({"SITE_URL": "https://other.example"}, "publication.E003"),
        ({"ALLOWED_HOSTS": "*"}, "publication.E004"),
        ({"TRUSTED_PROXIES": ""}, "publication.E008"),
        ({"EMAIL_URL": "consolemail://"}, "publication.W003"),
        ({"DEFAULT_FROM_EMAIL": "publication@localhost"}, "publication.W004"),
        ({"DEFAULT_FROM_EMAIL": "The Publication"}, "publication.W004"),
        ({"REDIS_URL": "localhost:6379"}, "publication.E009"),
        ({"S3_BUCKET": "x", "S3_ENDPOINT_URL": "s3.example"}, "S3_ENDPOINT_URL is “s3.example”"),
        ({"S3_BUCKET": "x", "S3_CUSTOM_DOMAIN": "https://cdn.example"}, "Write the name alone"),
        ({"HTTPS": "ture"}, "HTTPS is “ture”. Write true or false."),
        ({"COMMENTS_TRUST": "maybe"}, "COMMENTS_TRUST is “maybe”"),
        ({"TIME_ZONE": "Europe/Londn"}, "TIME_ZONE is “Europe/Londn”, which is none."),
        ({"TRUSTED_PROXIES": "10.0.0.1,proxy"}, "TRUSTED_PROXIES names “proxy”"),
        ({"LOG_FORMAT": "jsn"}, "LOG_FORMAT is “jsn”. Write one of: lines, json."),
        ({"DEBUG": "true"}, "security.W018"),
        ({"MEDIA_ROOT": "/srv/it", "ORIGINALS_ROOT": "/srv/it"}, "publication.E007"),
        ({"STATIC_ROOT": "/srv/it", "ORIGINALS_ROOT": "/srv/it/kept"}, "publication.E007"),
        ({"S3_BUCKET": "films", "S3_ORIGINALS_BUCKET": "films"}, "publication.E007"),
    ],
)
def test_what_would_be_unsafe_is_said_before_readers_come(wrong: dict[str, str], said: str) -> None:
    assert _objections(**PUBLISHED) == ""
    assert said in _objections(**PUBLISHED | wrong)


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="asks SQLite")
def test_sqlite_keeps_foreign_keys_and_waits_for_other_writers() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys")
        assert cursor.fetchone() == (1,)
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone() == (20_000,)
    assert connection.transaction_mode == "IMMEDIATE"


def test_one_of_several_may_be_written_in_capitals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIND", " JSON")
    assert Environment().one_of("KIND", ("lines", "json"), default="lines") == "json"


def test_a_space_after_a_comma_is_no_part_of_the_next_name() -> None:
    said = {"ALLOWED_HOSTS": "film.example, www.film.example", "TRUSTED_PROXIES": "unix, 10.0.0.1 "}
    read = _read(**PUBLISHED | said)
    assert read["ALLOWED_HOSTS"] == ["film.example", "www.film.example"]
    assert read["TRUSTED_PROXIES"] == ["unix", "10.0.0.1"]


def test_a_language_without_a_catalogue_is_named_with_those_there_are() -> None:
    result = _start(**PUBLISHED, PUBLICATION_LANGUAGE="tlh")
    assert result.returncode != 0
    assert "PUBLICATION_LANGUAGE is “tlh”. Write one of: en-gb, ko." in result.stderr


@pytest.mark.parametrize("said", ["0", "-1"])
def test_no_setting_ends_a_login_at_once(said: str) -> None:
    read = _read(**PUBLISHED, NEWSROOM_LOGIN_HOURS=said, NEWSROOM_IDLE_MINUTES=said)
    assert read["NEWSROOM_LOGIN_HOURS"] == 1
    assert read["NEWSROOM_IDLE_MINUTES"] == 5


def test_no_other_site_under_the_domain_can_set_a_cookie_that_says_who_one_is() -> None:
    read = _read(**PUBLISHED)
    names = [read[f"{of}_COOKIE_NAME"] for of in ("SESSION", "CSRF", "REPLY")]
    assert names == ["__Host-sessionid", "__Host-csrftoken", "__Host-reply"]


def test_of_the_database_connections_are_kept_as_long_as_said() -> None:
    assert _read(**PUBLISHED)["DATABASES"]["default"]["CONN_MAX_AGE"] == 60
    read = _read(**PUBLISHED, CONN_MAX_AGE="0")
    assert read["DATABASES"]["default"]["CONN_MAX_AGE"] == 0


def test_a_name_that_no_setting_has_is_said_with_the_one_that_was_meant(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("# DEBUG=x\nTRUSTED_PROXY=1\nexport HTTPS=false\nAWS_PROFILE=x\nCOLOUR=red\n")
    unknown = live.env.unknown_in(file)
    assert unknown == {"TRUSTED_PROXY": "TRUSTED_PROXIES", "COLOUR": ""}
    with override_settings(UNKNOWN_SETTINGS=unknown):
        said = [str(each) for each in settings_are_known(None)]
    assert "“TRUSTED_PROXY”" in said[0]
    assert "Did you mean TRUSTED_PROXIES?" in said[0]


def test_the_example_names_every_setting_and_nothing_else(tmp_path: Path) -> None:
    example = (Path(settings.BASE_DIR) / ".env.example").read_text()
    assert [name for name in live.env.asked if f"{name}=" not in example] == []
    (tmp_path / ".env").write_text(re.sub(r"^# (?=[A-Z_]+=)", "", example, flags=re.MULTILINE))
    assert live.env.unknown_in(tmp_path / ".env") == {}


def test_redis_without_its_library_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("publication.checks.find_spec", lambda _: None)
    with override_settings(PAGES_IN_REDIS={"LOCATION": "redis://127.0.0.1:6379/0"}):
        (said,) = redis_can_be_asked(None)
    assert "needs the library redis" in str(said)


def test_what_the_shell_says_of_a_publication_is_not_for_tests() -> None:
    read = "from tests import settings as s; print(s.TIME_ZONE, s.AKISMET_KEY or 'none')"
    done = subprocess.run(
        [sys.executable, "-c", read],
        env=os.environ | {"TIME_ZONE": "America/New_York", "AKISMET_KEY": "theirs"},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "Europe/London none\n"
