"""A test with real transactions leaves the database as the migrations did."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection

from reviews.finding import index
from reviews.models import Article, Country
from tests import emptying
from tests.factories import make_comment, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_was_written_is_gone_and_what_was_planted_is_back() -> None:
    planted = emptying.planted()
    assert {"auth_group", "auth_permission", "django_content_type", "reviews_country"} <= {*planted}
    first = make_comment(status="approved").article
    make_user("Moderator")
    Group.objects.get(name="Editor").delete()
    Country.objects.filter(code="KR").update(name="Elsewhere")
    emptying.put_back(planted)
    assert emptying.planted() == planted
    with connection.cursor() as cursor:
        for table in index.tables(connection.vendor):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,)
    assert make_comment().article.pk > first.pk
    assert Article.objects.count() == 1
