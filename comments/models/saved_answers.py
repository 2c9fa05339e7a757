"""What moderators answer again and again, kept so that nobody writes it anew."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q

from .. import plain_text
from .comments import TEXT_LIMIT

TITLE_LIMIT = 60  # characters; a line of a list


class SavedAnswer(models.Model):
    """Words to begin an answer with. They are put into its field, and sent by whoever read them
    there."""

    title = models.CharField(
        max_length=TITLE_LIMIT, help_text="For your colleagues; readers never see it."
    )
    text = models.TextField(
        validators=[MaxLengthValidator(TEXT_LIMIT)],
        help_text="What readers would see. Whoever puts it into an answer can change it there.",
    )

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(
                fields=["title"],
                name="saved_answer_has_its_own_title",
                violation_error_message="Another saved answer has this title.",
            ),
            models.CheckConstraint(
                name="saved_answer_says_something",
                condition=~Q(title="") & ~Q(text=""),
                violation_error_message="Write a title and a text.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """The words as a comment keeps them."""
        self.title, self.text = plain_text.one_line(self.title), plain_text.tidy(self.text)
        if self.text and plain_text.is_blank(self.text):
            raise ValidationError({"text": "Write something that can be seen."})
