"""What a Contributor, an Editor and a Moderator may do, as data.

A Contributor writes and submits, adds films and the like, which have their pages at once, and
changes nothing that a published or scheduled piece shows (reviews/admin/released.py); an Editor
also publishes, keeps the library and the masthead, moderates, and says how rules are used; a
Moderator sees the comments desk, with its lists of phrases and senders and the saved answers, and
nothing else.
"""

from collections.abc import Sequence

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

OWN = ("add", "change", "view")
ALL = ("add", "change", "delete", "view")


def _may(actions: Sequence[str], *models: str) -> list[str]:
    return [f"{action}_{model}" for model in models for action in actions]


WRITES = [
    *_may(OWN, "review", "article", "film", "person", "image", "screening", "tag"),
    *_may(ALL, "byline", "coveredfilm", "filmtitle", "credit"),
    *_may(["view"], "section", "reviewer", "reviewerlink", "festival", "festivaledition"),
    *_may(["view"], "country", "language", "revision", "creditsource"),
]
KEEPS = [
    "publish_article",
    "withdraw_image",
    *_may(["delete"], "review", "article", "film", "person", "image", "screening"),
    *_may(ALL, "tag", "section", "reviewer", "reviewerlink", "festival", "festivaledition"),
    *_may(["add", "change"], "country", "language"),
    *_may(ALL, "creditsource", "relatedchoice"),
    *_may(["view", "change", "delete"], "deletedarticle"),
]
MODERATES = [
    "view_comment",
    "moderate_comment",
    *_may(ALL, "phrase", "sender", "savedanswer"),
    *_may(["view"], "rulesetting", "limits", "learnt"),
]
RULES = [
    "change_rulesetting",
    "change_limits",
    *_may(["view", "change"], "akismethealth"),
]

ROLES: dict[str, dict[str, list[str]]] = {
    "Contributor": {"reviews": WRITES},
    "Editor": {
        "reviews": WRITES + KEEPS,
        "comments": [*MODERATES, *RULES],
        "publication": ["change_masthead", "view_masthead"],
    },
    "Moderator": {"comments": MODERATES},
}


def grant_permissions(*, using: str, **_: object) -> None:
    """Make the three groups hold exactly what `ROLES` says. Runs after every migrate.

    `publication` stands last in INSTALLED_APPS, so the permissions of the others exist by then.
    """
    for name, by_app in ROLES.items():
        wanted = Q(pk__in=[])
        for app, codenames in by_app.items():
            wanted |= Q(content_type__app_label=app, codename__in=codenames)
        group, _created = Group.objects.using(using).get_or_create(name=name)
        group.permissions.set(Permission.objects.using(using).filter(wanted))
