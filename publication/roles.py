"""What a Contributor, an Editor and a Moderator may do, as data.

A Contributor writes and submits; an Editor also publishes, keeps the library and the masthead,
and moderates; a Moderator sees the comments desk and nothing else.
"""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

WRITES = [
    "add_review",
    "change_review",
    "view_review",
    "add_article",
    "change_article",
    "view_article",
    "add_byline",
    "change_byline",
    "delete_byline",
    "view_byline",
    "add_film",
    "change_film",
    "view_film",
    "add_filmtitle",
    "change_filmtitle",
    "delete_filmtitle",
    "view_filmtitle",
    "add_credit",
    "change_credit",
    "delete_credit",
    "view_credit",
    "add_person",
    "change_person",
    "view_person",
    "add_image",
    "change_image",
    "view_image",
    "add_tag",
    "view_tag",
    "view_section",
    "view_reviewer",
    "view_reviewerlink",
    "view_festival",
    "view_festivaledition",
    "add_screening",
    "view_screening",
    "view_country",
    "view_language",
    "view_revision",
]
KEEPS = [
    "publish_article",
    "delete_review",
    "delete_article",
    "delete_film",
    "delete_person",
    "delete_image",
    "change_tag",
    "delete_tag",
    "add_section",
    "change_section",
    "delete_section",
    "add_reviewer",
    "change_reviewer",
    "delete_reviewer",
    "add_reviewerlink",
    "change_reviewerlink",
    "delete_reviewerlink",
    "add_festival",
    "change_festival",
    "delete_festival",
    "add_festivaledition",
    "change_festivaledition",
    "delete_festivaledition",
    "change_screening",
    "delete_screening",
    "add_country",
    "change_country",
    "add_language",
    "change_language",
]
MODERATES = ["view_comment", "moderate_comment"]

ROLES: dict[str, dict[str, list[str]]] = {
    "Contributor": {"reviews": WRITES},
    "Editor": {
        "reviews": WRITES + KEEPS,
        "comments": MODERATES,
        "publication": ["add_masthead", "change_masthead", "view_masthead"],
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
