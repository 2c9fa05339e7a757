"""What is wrong with the settings is said at start, not at the first comment."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Caution
from django.utils.module_loading import import_string

from .accounts import providers
from .following.news import DAYS
from .spam import akismet

LONGEST_TIMEOUT = 60  # seconds; a claim is taken to be dead after two minutes


@register("comments")
def rules_can_be_imported(
    app_configs: Sequence[AppConfig] | None, **_: object
) -> list[CheckMessage]:
    """comments.E001: an entry of COMMENTS_RULES is not the dotted path of a function."""
    return [
        Error(
            f"COMMENTS_RULES names “{path}”, which is not a function: {problem}",
            hint="Give dotted paths such as “comments.spam.rules.filled_honeypot”.",
            id="comments.E001",
        )
        for path in settings.COMMENTS_RULES
        if (problem := _problem(path))
    ]


@register("comments")
def akismet_is_whole(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    """comments.E002: a key, and something else is missing or unsafe, so that nothing is asked.
    comments.E003: a timeout that is none."""
    found: list[CheckMessage] = []
    if settings.AKISMET_KEY and (why := akismet.why_off()):
        hint = "Correct it, or take AKISMET_KEY away: the site does not start until then."
        found.append(
            Error(f"Akismet has a key and cannot be asked: {why}", hint, id="comments.E002")
        )
    if not 0 < settings.AKISMET_TIMEOUT <= LONGEST_TIMEOUT:
        words = f"AKISMET_TIMEOUT is {settings.AKISMET_TIMEOUT:g} seconds."
        hint = f"Give more than 0 and at most {LONGEST_TIMEOUT}; 3 is a good number."
        found.append(Error(words, hint, id="comments.E003"))
    return found


@register("comments")
def the_digest_has_an_hour(
    app_configs: Sequence[AppConfig] | None, **_: object
) -> list[CheckMessage]:
    """comments.E004: an hour that no day has, so that moderators would never be mailed."""
    if 0 <= settings.COMMENTS_DIGEST_HOUR <= 23:
        return []
    words = f"COMMENTS_DIGEST_HOUR is {settings.COMMENTS_DIGEST_HOUR}, which is no hour of a day."
    return [Error(words, "Give one from 0 to 23, such as 8.", id="comments.E004")]


@register("comments")
def followers_have_a_morning(
    app_configs: Sequence[AppConfig] | None, **_: object
) -> list[CheckMessage]:
    """comments.E005: an hour that no day has. comments.E006: a day that no week has."""
    found: list[CheckMessage] = []
    if not 0 <= settings.FOLLOWERS_HOUR <= 23:
        words = f"FOLLOWERS_HOUR is {settings.FOLLOWERS_HOUR}, which is no hour of a day."
        found.append(Error(words, "Give one from 0 to 23, such as 7.", id="comments.E005"))
    if settings.FOLLOWERS_DAY not in DAYS:
        words = f"FOLLOWERS_DAY is “{settings.FOLLOWERS_DAY}”, which is no day of a week."
        found.append(Error(words, f"Give one of {', '.join(DAYS)}.", id="comments.E006"))
    return found


@register("comments")
def accounts_are_whole(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    """comments.E007: an account of which a part is set. comments.W001: one that nobody is offered,
    as what is proven counts for nothing."""
    hint = "Correct it, or take its settings away: until then readers are not offered it."
    found: list[CheckMessage] = [
        Error(f"Readers cannot log in with {name}: {why}.", hint, id="comments.E007")
        for name, why in providers.half_set().items()
    ]
    if not settings.COMMENTS_TRUST and providers.are_set():
        words = "Readers are not offered to log in, because COMMENTS_TRUST is false."
        found.append(Caution(words, "Set it, or take the accounts away.", id="comments.W001"))
    return found


def _problem(path: str) -> str:
    try:
        rule = import_string(path)
    except ImportError as error:
        return str(error)
    return "" if callable(rule) else "it cannot be called."
