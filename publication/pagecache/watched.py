"""What readers see of each table: a change of it empties pages, any other empties none.

A watched table of which nothing is said here is seen whole. That errs on the safe side: what a new
model changes is noticed without anybody having to remember this file.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model

from comments.models import Comment, Limits
from reviews.models import Article

WHOLE_APPS = ("reviews", "publication")  # all of their tables are watched, but these:
UNSEEN = frozenset(
    {
        "publication_failingerrand",
        "publication_heartbeat",
        "publication_purge",
        "publication_workerprocess",
        "reviews_creditsource",
        "reviews_imported",
        "reviews_retiredfile",
    }
)
# Of the comments most is the desk's alone. A page that reads a table which is not watched is not
# stored, and says so in the log.
OF_COMMENTS = (Comment, Limits)


@dataclass(frozen=True)
class Seen:
    """What readers see of a table.

    `hidden` columns they do not see. `when` is a condition in SQL of the rows that they do, in
    which {row} stands for the row. `parts` is a column: pages may then depend on the rows with one
    value of it alone.
    """

    hidden: frozenset[str] = frozenset()
    when: str = ""
    parts: str = ""


_LIVE = ", ".join(f"'{status}'" for status in (Article.Status.PUBLISHED, Article.Status.SCHEDULED))
_OF_LIVE = (
    "EXISTS (SELECT 1 FROM reviews_article live"
    f" WHERE live.id = {{row}}.article_id AND live.status IN ({_LIVE}))"
)
_SHOWN = (  # a picture that something readers can see points to
    f"EXISTS (SELECT 1 FROM reviews_article live WHERE live.status IN ({_LIVE})"
    " AND live.lead_image_id = {row}.id)"
    " OR EXISTS (SELECT 1 FROM reviews_placement placed"
    " JOIN reviews_article live ON live.id = placed.article_id"
    f" WHERE placed.image_id = {{row}}.id AND live.status IN ({_LIVE}))"
    " OR EXISTS (SELECT 1 FROM reviews_film film WHERE film.poster_id = {row}.id)"
    " OR EXISTS (SELECT 1 FROM reviews_reviewer writer WHERE writer.portrait_id = {row}.id)"
)
# What is not approved keeps a place, without its words, while something below it is read.
_IN_A_THREAD = (
    f"{{row}}.status = '{Comment.Status.APPROVED}'"
    " OR EXISTS (SELECT 1 FROM comments_comment below WHERE below.parent_id = {row}.id)"
)

SEEN = {
    "reviews_article": Seen(
        hidden=frozenset(
            {"version", "created_at", "deleted_at", "submitted_by_id", "submitted_at"}
        ),
        when=f"{{row}}.status IN ({_LIVE})",
    ),
    "reviews_byline": Seen(when=_OF_LIVE),
    "reviews_placement": Seen(when=_OF_LIVE),
    "reviews_article_tags": Seen(when=_OF_LIVE),
    "reviews_coveredfilm": Seen(when=_OF_LIVE),
    "reviews_article_people": Seen(when=_OF_LIVE),
    "reviews_relatedchoice": Seen(when=_OF_LIVE),
    "reviews_revision": Seen(
        hidden=frozenset({"made_by_id", "headline", "standfirst", "body", "withdrawal"}),
        when="{row}.public",
    ),
    "reviews_image": Seen(
        hidden=frozenset(
            {
                "renditions_state",
                "renditions_claimed_at",
                "renditions_attempts",
                "renditions_error",
                "uploaded_at",
                "difference_hash",
                "bytes",
                "sha256",
            }
        ),
        when=_SHOWN,
    ),
    "comments_comment": Seen(
        hidden=frozenset(
            {
                "version",
                "score",
                "spam_probability",
                "identity_id",
                "picked_by_id",
                "address_hash",
                "text_digest",
                "written_in",
            }
        ),
        when=_IN_A_THREAD,
        parts="article_id",
    ),
}


def tables() -> Iterator[tuple[str, list[str], Seen]]:
    """Name, columns that readers see, and how, of each table that is watched."""
    for model in models():
        name = model._meta.db_table
        seen = SEEN.get(name, Seen())
        columns = [field.column for field in model._meta.local_concrete_fields]
        yield name, [column for column in columns if column not in seen.hidden], seen


def models() -> Iterator[type[Model]]:
    """Those whose tables are watched, with the tables that join them."""
    for app in WHOLE_APPS:
        for model in apps.get_app_config(app).get_models(include_auto_created=True):
            table = model._meta.db_table
            if not model._meta.proxy and model._meta.managed and table not in UNSEEN:
                yield model
    yield from OF_COMMENTS
