"""An import that is run again doubles nothing and takes nobody's work back."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError
from django.test import Client

from reviews import publishing
from reviews.models import Article, Film, Reviewer, Revision, Tag
from reviews.wordpress.articles import Articles
from tests.factories import make_film
from tests.wordpress import bring_in, post

pytestmark = pytest.mark.django_db


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    items = [post(1, tags=("debuts",)), post(2, "Thoughts", categories=("Cinema",))]
    bring_in(tmp_path, *items)
    before = list(Article.objects.order_by("pk").values())
    said = bring_in(tmp_path, *items)
    assert "2  pieces were here already" in said
    assert "pieces came" not in said
    assert list(Article.objects.order_by("pk").values()) == before
    assert (Film.objects.count(), Tag.objects.count(), Reviewer.objects.count()) == (1, 1, 1)


def test_a_newer_export_brings_up_to_date_what_nobody_changed_here(tmp_path: Path) -> None:
    bring_in(tmp_path, post(1), post(2, "Hers", categories=("Cinema",)))
    hers = Article.objects.get(headline="Hers")
    Article.objects.filter(pk=hers.pk).update(standfirst="By hand.", version=hers.version + 1)
    said = bring_in(
        tmp_path,
        post(1, content="Other words."),
        post(2, "His", categories=("Cinema",)),
        post(3, "New", categories=("Cinema",)),
    )
    assert "1  pieces were brought up to date" in said
    assert "1  pieces came" in said
    assert "people changed these here" in said
    assert Article.objects.get(film__isnull=False).body == "<p>Other words.</p>"
    hers.refresh_from_db()
    assert (hers.headline, hers.standfirst) == ("Hers", "By hand.")


def test_a_newer_export_can_take_a_piece_from_readers(tmp_path: Path, client: Client) -> None:
    bring_in(tmp_path, post(1))
    bring_in(tmp_path, post(1, status="draft"))
    assert Article.objects.get().status == "draft"
    bring_in(tmp_path, post(1))
    assert Article.objects.get().is_live()


def test_what_was_deleted_here_does_not_come_again(tmp_path: Path, editor: User) -> None:
    bring_in(tmp_path, post(1))
    publishing.withdraw(Article.objects.get(), by=editor)
    publishing.delete(Article.objects.get(), by=editor)
    assert "it was deleted here" in bring_in(tmp_path, post(1))
    assert Article.objects.get().status == "deleted"
    Article.objects.all().delete()
    assert "it was deleted here" in bring_in(tmp_path, post(1))
    assert not Article.objects.exists()


def test_what_was_withdrawn_here_stays_so(tmp_path: Path, editor: User) -> None:
    bring_in(tmp_path, post(1))
    publishing.withdraw(Article.objects.get(), by=editor)
    bring_in(tmp_path, post(1, content="Newer words."))
    assert Article.objects.get().status == "withdrawn"


def test_it_goes_on_where_it_was_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Articles._let_stand

    def stop(self: Articles, article: Article, *rest: object) -> None:
        if Article.objects.count() == 2:
            raise KeyboardInterrupt
        whole(self, article, *rest)  # type: ignore[arg-type]

    items = [post(n, f"Piece {n}", categories=("Cinema",)) for n in (1, 2, 3)]
    monkeypatch.setattr(Articles, "_let_stand", stop)
    with pytest.raises(CommandError, match="Run it again to go on"):
        bring_in(tmp_path, *items)
    monkeypatch.undo()
    assert Article.objects.count() == 1
    said = bring_in(tmp_path, *items)
    assert "2  pieces came" in said
    assert sorted(Article.objects.values_list("headline", flat=True)) == [
        "Piece 1",
        "Piece 2",
        "Piece 3",
    ]


def test_what_an_editor_has_mended_is_not_asked_for_again(tmp_path: Path) -> None:
    assert "“Thoughts”" in bring_in(tmp_path, post(1, "Thoughts"))
    assert "“Thoughts”" in bring_in(tmp_path, post(1, "Thoughts"))
    Article.objects.update(kind="review", film=make_film(), unrated=True, version=9)
    assert "“Thoughts”" not in bring_in(tmp_path, post(1, "Thoughts"))


def test_the_same_item_twice_is_one_piece(tmp_path: Path) -> None:
    said = bring_in(tmp_path, post(1), post(1))
    assert "1  pieces were here already" in said
    assert Article.objects.count() == 1


def test_a_piece_without_a_guid_is_known_again_by_its_address(tmp_path: Path) -> None:
    bring_in(tmp_path, post(7, guid=""))
    bring_in(tmp_path, post(5, "A new one"), post(7, "Another headline", guid=""))
    assert Article.objects.count() == 2
    assert Article.objects.filter(headline="Another headline").exists()


def test_two_items_of_one_guid_are_two_pieces(tmp_path: Path) -> None:
    same = "https://reel.example/?p=7"
    first, copy = post(7, "One", guid=same), post(9, "Two", "<p>A copy.</p>", guid=same)
    bring_in(tmp_path, first)
    for _ in range(2):
        bring_in(tmp_path, copy, first)
        assert set(Article.objects.values_list("headline", flat=True)) == {"One", "Two"}
    assert Article.objects.get(headline="One").slug == "post-7"


def test_the_words_as_they_came_are_an_earlier_version(tmp_path: Path) -> None:
    bring_in(tmp_path, post(1))
    assert [kept.note for kept in Revision.objects.all()] == ["As it came from WordPress"]
