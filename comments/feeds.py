"""RSS of what readers say: the newest approved comments of the site, or of one article.

RSS 2.0 (rssboard.org), with dc:creator for the name a comment is signed with. Spoilers stay out.
"""

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext

from reviews import dependencies
from reviews.addresses import whole
from reviews.feeds import Rss, for_xml
from reviews.models import Article

from .models import Comment
from .plain_text import without_spoilers
from .reading import rendering

LENGTH = 30  # comments; readers ask again long before so many are new


class _SignedRss(Rss):
    """RSS 2.0 whose authors need no e-mail address."""

    def root_attributes(self) -> dict[str, str]:
        return super().root_attributes() | {"xmlns:dc": "http://purl.org/dc/elements/1.1/"}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("dc:creator", item["creator"])


class CommentFeed(Feed):  # type: ignore[type-arg]  # Django's takes no type at run time
    """The newest comments on all articles. Two queries."""

    feed_type = _SignedRss

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        # The masthead belongs to the roof; templates know it, this module does not.
        said = render_to_string("reviews/feed_channel.txt", request=request)
        return for_xml(said).strip().partition("\n")[0]

    def title(self, name: str) -> str:
        return gettext("Replies · %(name)s") % {"name": name}

    def description(self, name: str) -> str:
        return gettext("What readers of %(name)s say, newest first.") % {"name": name}

    def link(self, _channel: Any) -> str:
        return whole(reverse("reviews:front"))

    def feed_url(self, _channel: Any) -> str:
        return whole(reverse("comments:feed"))

    def items(self, _channel: Any) -> list[Comment]:
        readable = Comment.objects.on_live_articles().approved().select_related("article")
        return list(readable.newest_first()[:LENGTH])

    def item_title(self, comment: Comment) -> str:
        return for_xml(
            gettext("%(name)s on %(headline)s")
            % {"name": comment.author_name, "headline": comment.article.headline}
        )

    def item_description(self, comment: Comment) -> str:
        # Our styles, which turn each line by its own words, are not there.
        said = rendering.comment_html(without_spoilers(comment.text))
        return for_xml(said.replace("<p>", '<p dir="auto">'))

    def item_link(self, comment: Comment) -> str:
        return whole(comment.get_absolute_url())

    def item_pubdate(self, comment: Comment) -> datetime:
        return comment.submitted_at

    def item_extra_kwargs(self, comment: Comment) -> dict[str, Any]:
        return {"creator": for_xml(comment.author_name)}


class ArticleCommentFeed(CommentFeed):
    """The newest comments on one article. Two queries."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return get_object_or_404(Article.objects.published(), pk=kwargs["pk"])

    def title(self, article: Any) -> str:
        return for_xml(gettext("Replies to %(headline)s") % {"headline": article.headline})

    def description(self, article: Any) -> str:
        return for_xml(
            gettext("What readers say to %(headline)s, newest first.")
            % {"headline": article.headline}
        )

    def link(self, article: Any) -> str:
        return whole(f"{article.get_absolute_url()}#replies")

    def feed_url(self, article: Any) -> str:
        return whole(reverse("comments:feed_on", args=[article.pk]))

    def items(self, article: Any) -> list[Comment]:
        readable = Comment.objects.on(article).approved().select_related("article")
        with dependencies.part(Comment._meta.db_table, article.pk):
            return list(readable.newest_first()[:LENGTH])
