"""Who publishes a piece while somebody withdraws its picture waits, and is told.

Neither would see what the other has not finished; and where nobody is seen to show a picture, no
stored page is let go of for it.
"""

from threading import Event

import pytest
from django.db import connection, transaction

from reviews import library, publishing
from reviews.models import Article
from tests.at_once import People
from tests.factories import make_draft, make_image

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]
UNTIL = 0.5  # seconds that it takes to withdraw it


@pytest.mark.parametrize("where", ["above", "in the body"])
def test_a_picture_that_is_being_withdrawn_goes_out_with_no_piece(where: str) -> None:
    image = make_image()
    if where == "above":
        draft = make_draft(lead_image=image)
    else:
        draft = make_draft(body=f'<p>Words.</p><figure data-image="{image.pk}"></figure>')
    withdrawn, published = Event(), Event()

    def withdraw() -> None:
        with transaction.atomic():
            library.withdraw(image)
            withdrawn.set()
            published.wait(UNTIL)

    with People(1) as pool:
        other = pool.submit(withdraw)
        assert withdrawn.wait(20)
        with pytest.raises(publishing.NotReady, match="has been withdrawn everywhere"):
            publishing.publish(Article.objects.get(pk=draft.pk), by=None)
        published.set()
        other.result()
