"""What an editor folds as a spoiler is folded on the page, and said nowhere else."""

import pytest
from django.test import Client
from pytest_django import Settings

from reviews import publishing, search
from reviews.models import Article
from tests.factories import make_article, make_draft, make_image

from .desk import change_url, form_data
from .searching import read_all
from .test_preview_unsaved import pressed

pytestmark = pytest.mark.django_db

FOLDED = '<details class="spoiler"><summary lang="en-GB">Spoiler: press to read</summary>'
HELD = "<p>The butler drowned.</p>"
BODY = f"<p>A house by the sea.</p><details>{HELD}</details><p>Go and see.</p>"


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_the_page_folds_it(client: Client) -> None:
    html = page(client, make_article(body=BODY).get_absolute_url())
    assert f"{FOLDED}{HELD}</details><p>Go and see.</p>" in html
    assert html.count("butler") == 1


def test_the_sentence_is_in_the_language_of_the_publication(
    client: Client, settings: Settings
) -> None:
    settings.LANGUAGE_CODE = "ko"
    article = make_article(body=BODY, language="en")
    html = page(client, article.get_absolute_url())
    assert '<summary lang="ko">스포일러: 눌러서 읽기</summary>' in html


def test_previews_fold_it_too(client: Client, editor_client: Client) -> None:
    draft = make_draft(body=BODY)
    assert f"{FOLDED}{HELD}" in page(editor_client, f"/preview/{draft.pk}/")
    answer = editor_client.post(change_url(draft), pressed(form_data(draft)))
    assert "&lt;details class=&quot;spoiler&quot;&gt;" in answer.content.decode()


@pytest.fixture
def told(client: Client) -> Article:
    """A piece whose only picture in its body is hidden too."""
    image = make_image(credit_line="Image © Hidden", caption="The drowned butler")
    held = f'{HELD}<figure data-image="{image.pk}"></figure>'
    body = f"<p>A house by the sea.</p><details>{held}</details><p>Go and see.</p>"
    article = make_article(body=body, standfirst="A house.", verdict="Dry.")
    assert list(article.body_images.all()) == [image]
    return article


def test_the_picture_in_it_is_on_the_page_with_its_credit(client: Client, told: Article) -> None:
    html = page(client, told.get_absolute_url())
    held = html[html.index("<details") : html.index("</details>")]
    assert "Image © Hidden" in held


def test_headings_lines_galleries_and_pull_quotes_are_hidden_too(client: Client) -> None:
    one, two = make_image(caption="The drowned butler"), make_image(credit_line="Image © Hidden")
    pictures = "".join(f'<figure data-image="{image.pk}"></figure>' for image in (one, two))
    held = f"<h2>The butler drowned</h2><aside>{HELD}</aside><hr>"
    body = f'<p>Openly.</p><details>{held}<div data-gallery="">{pictures}</div></details>'
    article = make_article(body=body)
    html = page(client, article.get_absolute_url())
    folded = html[html.index("<details") : html.index("</details>")]
    quoted = held.replace("<aside>", '<aside role="doc-pullquote">')
    assert f"{FOLDED}{quoted}" in folded
    assert "Gallery of 2 pictures" in folded
    assert html.count("The butler drowned") == folded.count("The butler drowned") == 2
    assert html.count("Image © Hidden") == folded.count("Image © Hidden") == 1
    feed = page(client, "/feed/")
    assert "Openly." in feed
    assert "butler" not in feed
    assert search.find("drowned").pieces == []


def test_no_machine_is_told(client: Client, told: Article) -> None:
    """Descriptions, cards and structured data."""
    html = page(client, told.get_absolute_url())
    head = html[: html.index("<main")]
    assert "butler" not in head
    assert "Hidden" not in head
    script = html[html.index("ld+json") :]
    assert "Hidden" not in script[: script.index("</script>")]


def test_a_picture_that_is_also_shown_openly_is_no_secret(client: Client) -> None:
    image = make_image(credit_line="Image © Both")
    figure = f'<figure data-image="{image.pk}"></figure>'
    article = make_article(body=f"<p>A.</p>{figure}<details>{HELD}{figure}</details>")
    html = page(client, article.get_absolute_url())
    script = html[html.index("ld+json") :]
    assert "Image © Both" in script[: script.index("</script>")]


def test_the_feed_says_where_it_can_be_read(client: Client, told: Article) -> None:
    feed = page(client, "/feed/")
    assert "butler" not in feed
    assert "Image © Hidden" not in feed
    assert "Go and see." in feed
    said = "A spoiler is left out here: read it on the page."
    address = f"http://testserver{told.get_absolute_url()}"
    assert f'&lt;a href="{address}"&gt;{said}&lt;/a&gt;' in feed


@pytest.mark.parametrize("indexed", [True, False])
def test_search_does_not_find_what_it_hides(told: Article, indexed: bool) -> None:
    if indexed:
        read_all()
    assert search.find("house sea").pieces == [told.pk]
    assert search.find("butler").pieces == []
    assert search.find("drowned").pieces == []


def test_a_passage_of_what_was_found_is_without_it(client: Client, told: Article) -> None:
    Article.objects.filter(pk=told.pk).update(headline="The butler")
    html = page(client, "/search/?q=butler")
    assert told.get_absolute_url() in html
    assert "drowned" not in html


def test_it_takes_no_time_to_read(client: Client) -> None:
    long = f"<p>Short.</p><details><p>{'word ' * 2000}</p></details>"
    html = page(client, make_article(body=long).get_absolute_url())
    assert "1 minute to read" in html


def test_a_body_that_is_all_spoiler_can_be_published() -> None:
    draft = make_draft(body=f"<details>{HELD}</details>")
    assert "body" not in [problem.field for problem in publishing.checklist(draft)]
