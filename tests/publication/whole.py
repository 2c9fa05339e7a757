"""A publication with something on every kind of page."""

from comments.models import Limits
from publication.models import Masthead
from reviews import publishing
from reviews.models import (
    Article,
    Festival,
    FestivalEdition,
    Film,
    FormerEdition,
    FormerFestival,
    FormerFilm,
    FormerPerson,
    FormerReviewer,
    FormerSection,
    FormerTag,
    Person,
    RelatedChoice,
    ReviewerLink,
    Revision,
    Tag,
)
from tests.factories import make_article, make_comment, make_reviewer
from tests.reviews.pages import fill_the_publication

PAGES = ("review", "front", "film", "person", "reviewer", "edition", "section", "archive", "about")
FEEDS = ("reviewer", "section")
MORE_PAGES = ("/feed/", "/comments/feed/", "/sitemap.xml", "/sitemap-articles.xml")


def whole_publication() -> list[str]:
    """Answers the addresses."""
    pages = fill_the_publication(1)
    article = Article.objects.reviews().get()
    masthead = {name: f"Of the {name}" for name in ("name", "tagline", "about", "comment_policy")}
    Masthead.objects.create(pk=1, contact_email="desk@example.org", **masthead)
    ReviewerLink.objects.create(
        reviewer=article.writers()[0], label="Letters", url="https://example.org/letters"
    )
    # Its address leads on, and an answer that does is not stored: no page shows it.
    FormerPerson.objects.create(slug="formerly", person=Person.objects.all()[0])
    FormerFilm.objects.create(slug="formerly", film=Film.objects.all()[0])
    FormerTag.objects.create(slug="formerly", tag=Tag.objects.all()[0])
    FormerSection.objects.create(slug="formerly", section=article.section)
    FormerReviewer.objects.create(slug="formerly", reviewer=article.writers()[0])
    FormerFestival.objects.create(slug="formerly", festival=Festival.objects.all()[0])
    edition = FestivalEdition.objects.all()[0]
    FormerEdition.objects.create(festival=edition.festival, year=1999, edition=edition)
    Limits.objects.create(pk=1)
    root = make_comment(article, status="approved", author_url="https://mina.example")
    make_comment(article, status="approved", parent=root, text="So did I.")
    publishing.record_edit(article, by=None, substantive=True, note="It opened in May.")
    Revision.objects.filter(public=False).delete()  # those are on no page
    RelatedChoice.objects.create(article=article, other=make_article())
    make_article(by=make_reviewer("Nobody else"))  # with nothing of what the first one has
    report = make_article(kind="festival_report")
    report.covered_films.create(film=Film.objects.all()[0], rating=7)
    thread = f"/comments/on/{article.pk}/all/?sort=newest"
    own = [thread, f"/comments/conversation/{root.pk}/", f"/comments/feed/{article.pk}/"]
    feeds = [f"{pages[name]}feed/" for name in FEEDS]
    return [*(pages[name] for name in PAGES), *feeds, *MORE_PAGES, *own, report.get_absolute_url()]
