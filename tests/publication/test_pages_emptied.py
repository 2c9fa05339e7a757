"""What readers cannot see empties no stored page, and what they can only those it shows on."""

from django.contrib.auth.models import User
from django.utils import timezone

from comments import moderation
from comments.models import Comment
from reviews import darkroom, publishing
from reviews.models import Article, Image
from tests.factories import make_article, make_comment, make_draft, make_image, make_user

from .reading import Reader


def test_what_readers_cannot_see_empties_nothing(reader: Reader, moderator: User) -> None:
    article = make_article(lead_image=make_image(developed=True))
    standing = make_comment(article, status="approved")
    pages = (article.get_absolute_url(), "/", "/comments/feed/", "/reviews/", "/sitemap.xml")
    reader.makes(*pages)
    draft = make_draft(kind="news", lead_image=make_image(), by=article.writers()[0])
    publishing.place_pictures(draft)
    Article.objects.filter(pk=draft.pk).update(headline="Not yet")
    Article.objects.filter(pk=article.pk).update(version=7)
    Image.objects.filter(pk=article.lead_image_id).update(renditions_attempts=1)
    pending = make_comment(article, parent=standing)
    moderation.reject([pending], by=moderator)
    moderation.mark_spam([make_comment(article)], by=moderator)
    Comment.objects.update(score=3, spam_probability=0.5, text_digest="x")
    darkroom.develop_all()
    make_user("Moderator")
    assert reader.makes(*pages) == []


def test_ten_thousand_posts_of_spam_empty_nothing(reader: Reader) -> None:
    article = make_article()
    address = article.get_absolute_url()
    reader.makes("/", address, "/comments/feed/")
    spam = [
        Comment(article=article, author_name="Win", text=f"Casino {n}", status="spam")
        for n in range(10_000)
    ]
    Comment.objects.bulk_create(spam)
    assert reader.makes("/", address, "/comments/feed/") == []


def test_an_approval_empties_only_the_pages_that_it_shows_on(
    reader: Reader, moderator: User
) -> None:
    article, other = make_article(), make_article()
    shows = [
        article.get_absolute_url(),
        f"/comments/on/{article.pk}/all/?sort=newest",
        f"/comments/feed/{article.pk}/",
        "/comments/feed/",
    ]
    others = [
        other.get_absolute_url(),
        f"/comments/on/{other.pk}/all/?sort=newest",
        f"/comments/feed/{other.pk}/",
        "/reviews/",
        "/feed/",
        "/sitemap.xml",
        "/about/",
        article.film.get_absolute_url(),
    ]
    comment = make_comment(article)
    reader.makes(*shows, *others)
    moderation.approve([comment], by=moderator)
    assert reader.makes(*others) == []
    assert reader.makes(*shows) == [address.partition("?")[0] for address in shows]


def test_a_conversation_is_made_anew_for_its_own_article_alone(
    reader: Reader, moderator: User
) -> None:
    root, elsewhere = make_comment(status="approved"), make_comment(status="approved")
    page = f"/comments/conversation/{root.pk}/"
    beside, below = make_comment(elsewhere.article), make_comment(root.article, parent=root)
    reader.makes(page)
    moderation.approve([beside], by=moderator)
    Comment.objects.filter(pk=elsewhere.pk).update(text="Other words.")
    assert reader.makes(page) == []
    moderation.approve([below], by=moderator)
    assert reader.makes(page) == [page]
    Comment.objects.filter(pk=root.pk).update(article=elsewhere.article)
    assert reader.makes(page) == [page]
    Comment.objects.filter(pk=elsewhere.pk).update(text="Words beside it now.")
    assert reader.makes(page) == [page]


def test_what_is_seen_in_one_way_alone_empties_the_pages_that_it_is_seen_on(reader: Reader) -> None:
    reviewer = make_article().writers()[0]
    reviewer.portrait = portrait = make_image(developed=True)
    reviewer.save()
    removed = make_comment(status="rejected")
    make_comment(removed.article, parent=removed, status="approved")
    beside, thread = reviewer.get_absolute_url(), removed.article.get_absolute_url()
    reader.makes(beside, thread)
    Image.objects.filter(pk=portrait.pk).update(credit_line="© Somebody else")
    assert reader.makes(beside, thread)[0] == beside
    Comment.objects.filter(pk=removed.pk).update(submitted_at=timezone.now())  # keeps its place
    assert reader.makes(thread) == [thread]
