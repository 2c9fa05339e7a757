"""Readers find words in every script, also as others write them."""

import pytest
from django.test import Client
from django.utils import timezone

from reviews import search
from reviews.models import Article
from tests.factories import make_article, make_section

from .searching import read_all

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("said", "query", "marked"),
    [
        ("صوّر الإسكندرية ليلاً", "الاسكندرية", "الإسكندرية"),
        ("أن يُسمَع", "يسمع", "يُسمَع"),
        ("消逝了的歲月", "岁月", "歲月"),
        ("ゆれるきゅあ", "キュア", "きゅあ"),
        ("Phim Đập cánh", "dap", "Đập"),
        ("Ёлки зелёные", "ЕЛКИ", "Ёлки"),
    ],
)
def test_what_is_found_in_another_spelling_is_marked(said: str, query: str, marked: str) -> None:
    article = make_article(standfirst=said)
    assert (marked, True) in search.passage(article, search.words_of(query))


def test_what_is_found_is_in_what_is_shown_where_words_have_no_spaces() -> None:
    article = make_article(standfirst="Nothing.", body=f"<p>「A B」{'侯' * 60}台北{'孝' * 300}</p>")
    assert ("台北", True) in search.passage(article, search.words_of("台北"))


def test_a_passage_ends_with_a_word_and_no_full_stop_before_the_dots() -> None:
    article = make_article(standfirst="Nothing.", body=f"<p>Seoul. {'Here. ' * 60}</p>")
    *_, (end, _marked) = search.passage(article, search.words_of("Seoul"))
    assert end.endswith("Here. Here…")


SCRIPTS = [
    ("기생충을 다시 보며", "생충"),
    ("기생충을 다시 보며", "다시"),
    ("기생충을 다시 보며", "며"),
    ("侯孝賢與台北", "台北"),
    ("侯孝賢與台北", "與"),
    ("東京ストーリーの夜", "夜"),
    ("東京ストーリーの夜", "ｽﾄｰﾘｰ"),  # half width
    ("𠮟られる子", "𠮟"),  # beyond the sixteen bits of old programs
    ("ลุงบุญมีระลึกชาติ", "ระลึก"),
    ("پدر و پسر می‌روند", "می‌روند"),
    ("पथेर पांचाली", "पांचाली"),
    ("Иваново детство", "ДЕТСТВО"),
    ("Ο θίασος", "ΘΊΑΣΟΣ"),
    ("Đập cánh giữa không trung", "dap canh"),
    ("Straße der Gewalt", "STRASSE"),
    ("What Sci-Fi did to us", "sci fi"),
    ("A Seung-yeon who stays", "seung yeon"),
    ("Up in the air", "up"),
    ("After 8½ reels", "8½"),
    ("L’avventura", "avventura"),
    ("العودة إلى الإسكندرية", "الاسكندرية"),  # without the hamza
    ("تاکسی در تهران", "تاكسي"),  # a Persian title on an Arabic keyboard
    ("من يُريد أن يُسمَع", "يسمع"),  # without its vowel signs
    ("שָׁלוֹם לך", "שלום"),
    ("سال ۱۳۸۸", "1388"),
    ("पायल कपाड़िया", "कपाडिया"),  # without the dot
    ("ゆれるきゅあ", "キュア"),
    ("那些消逝了的歲月", "岁月"),  # traditional, asked for as it is simplified
    ("黒沢清の廊下", "黑泽清"),  # as it is written in Japan and in China
    ("หนังผีไทย", "ผี"),
    ("Ёлки зелёные", "елки"),
]


@pytest.mark.parametrize("read", [True, False], ids=["in the index", "not read yet"])
@pytest.mark.parametrize("where", ["headline", "body", "verdict"])
def test_words_are_found_in_every_script(client: Client, where: str, read: bool) -> None:
    """Of one, two and more letters, whether or not the index has them already."""
    make_article(headline="Another")
    section, now = make_section(), timezone.now()
    facts = {"section": section, "status": "published", "publish_at": now, "kind": "review"}
    wanted = [
        Article.objects.create(
            slug=f"said-{n}",
            first_published_at=now,
            **facts,
            **{where: f"<p>{said}</p>" if where == "body" else said},
        )
        for n, (said, _) in enumerate(SCRIPTS)
    ]
    if read:
        read_all()
    for article, (said, query) in zip(wanted, SCRIPTS, strict=True):
        page = client.get("/search/", {"q": query}).content.decode()
        assert f'href="{article.get_absolute_url()}"' in page, f"{query} in {said}"
        assert len(search.find(query).pieces) == sum(s == said for s, _ in SCRIPTS), query
