"""Every address of the site, found by asking the resolver, with a row where one is named."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.auth.tokens import default_token_generator
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.http import urlsafe_base64_encode

from comments import letters, own_mails, writers
from comments.following import links
from comments.models import Comment, Limits, Phrase, RuleSetting, SavedAnswer, Sender, Subscription
from publication.models import Masthead
from reviews import preview_links, publishing
from reviews.models import Country, CreditSource, Language, Tag
from tests.comments.followed import make_follower
from tests.factories import (
    make_article,
    make_comment,
    make_draft,
    make_edition,
    make_film,
    make_image,
    make_person,
    make_reviewer,
    make_screening,
    make_section,
    make_user,
)


@dataclass(frozen=True)
class Address:
    """Where it is in the table, and the path that is asked."""

    row: str
    path: str


def patterns() -> Iterator[tuple[str, URLPattern]]:
    """Each pattern with what the tables call it: its route as it is written in the code."""
    return _walk(get_resolver(), "")


def _walk(resolver: URLResolver, before: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, route)
        else:
            yield "/" + route, pattern


class Rows:
    """One row of everything that an address can name."""

    def __init__(self) -> None:
        self.review = make_article()
        film, section = make_film(), make_section()
        edition, somebody = make_edition(), make_user("Editor")
        self.user = somebody
        comment = make_comment(self.review, status=Comment.Status.APPROVED)
        subscription = Subscription.objects.create(comment=comment)
        tag = Tag.objects.create(name="Noir", slug="noir")
        self.draft = make_draft()
        self.by_model: dict[str, Any] = {
            "review": self.review,
            "article": make_article(kind="feature"),
            "deletedarticle": make_draft(),
            "film": film,
            "section": section,
            "festivaledition": edition,
            "festival": edition.festival,
            "screening": make_screening(film, edition=edition),
            "person": make_person(),
            "reviewer": make_reviewer(),
            "image": make_image(),
            "tag": tag,
            "country": Country.objects.first(),
            "language": Language.objects.first(),
            "creditsource": CreditSource.objects.create(name="A festival"),
            "comment": comment,
            "phrase": Phrase.objects.create(words="cheap watches", listed_by=somebody),
            "sender": Sender.objects.create(who="spam@example.org", listed_by=somebody),
            "savedanswer": SavedAnswer.objects.create(title="Fold it", text="Spoilers are folded."),
            "limits": Limits.objects.current(),
            "rulesetting": RuleSetting.objects.create(rule="too_many_links", changed_by=somebody),
            "follower": make_follower("follower@example.org"),
            "user": somebody,
            "group": Group.objects.get(name="Editor"),
            "masthead": Masthead.objects.create(pk=1, contact_email="desk@example.org"),
        }
        publishing.delete(self.by_model["deletedarticle"], by=somebody)
        self.by_model["limits"].save()
        kinds = {
            f"{kind}s" if kind != "news" else kind: make_article(kind=kind.replace("-", "_"))
            for kind in ("interview", "feature", "news", "festival-report")
        }
        self.slugs = {route: article.slug for route, article in kinds.items()} | {
            "reviews": self.review.slug,
            "films": film.slug,
            "people": self.by_model["person"].slug,
            "reviewers": self.by_model["reviewer"].slug,
            "festivals": edition.festival.slug,
            "sections": section.slug,
            "tags": tag.slug,
            "comments": "openid",
        }
        self.tokens = {
            "admin/password_reset/<str:uidb64>": default_token_generator.make_token(somebody),
            "comments/waiting": writers.token(comment),
            "comments/yours": writers.token(comment),
            "comments/confirm": letters.confirm_address(comment).split("/")[-2],
            "comments/unsubscribe": letters.unsubscribe_address(subscription).split("/")[-2],
            "comments/mails": own_mails.stop_address(somebody, "comments").split("/")[-2],
            "by-mail/yours": links.page(self.by_model["follower"]).split("/")[-2],
            "by-mail/stop": links.stop(self.by_model["follower"]).split("/")[-2],
            "preview": preview_links.address(self.draft).split("/")[-2],
            "privacy/comments/yours": signing.dumps(
                [comment.pk, letters._address_digest(comment)], salt=letters._KEPT
            ),
        }

    def address(self, row: str) -> Address:
        """The path of a route as the code writes it. Raises KeyError for a part not known here."""
        path = row.replace("^", "").replace("$", "")
        path = path.replace("(?P<app_label>reviews|comments|auth|publication)", "reviews")
        path = path.replace("(?P<url>.*)", "no/such/page")
        parts = path.strip("/").split("/")
        if "<path:content_type_id>" in path:
            kind = ContentType.objects.get_for_model(type(self.review))
            path = path.replace("<path:content_type_id>", str(kind.pk))
            path = path.replace("<path:object_id>", str(self.review.pk))
        for part in ("<path:object_id>", "<id>", "<int:pk>"):
            if part in path:
                path = path.replace(part, str(self._pk(parts)))
        if "<slug:slug>" in path:
            path = path.replace("<slug:slug>", self.slugs[parts[0]])
        if "<str:token>" in path:
            before = "/".join(parts[: parts.index("<str:token>")])
            path = path.replace("<str:token>", self.tokens[before])
            path = path.replace("<str:uidb64>", urlsafe_base64_encode(b"%d" % self.user.pk))
        path = path.replace("<int:year>", "2021").replace("<year:year>", "2021")
        path = path.replace("<slug:section>", "articles")
        path = path.replace("<month:month>", "03").replace("<path:name>", "pictures/none.jpg")
        if "<" in path:
            raise KeyError(f"Say in tests/safety/addresses.py what stands for the parts of {row}")
        return Address(row, path)

    def _pk(self, parts: list[str]) -> Any:
        if parts[0] == "admin":
            row = self.by_model.get(parts[2])
            return row.pk if row else 1
        if parts[0] == "preview":
            return self.draft.pk
        on_article = parts[:2] in (["comments", "on"], ["comments", "feed"])
        return self.review.pk if on_article else self.by_model["comment"].pk
