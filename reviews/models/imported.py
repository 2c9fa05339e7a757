"""What moved here from elsewhere, and where it was."""

from django.db import models

from .articles import Article
from .images import Image

LONGEST_ADDRESS = 500  # characters of a path


class Imported(models.Model):
    """One item of another system's export, and the row it became; without one, somebody deleted it
    here. `origin` is what it is known by there for ever, `number` its number and `address` the path
    of its page, or of its file, without the slashes at its ends; each other path that it had is a
    row more. `said` is a digest of what was written here, and `version` the article's after that:
    who finds another, finds that people changed it since.
    """

    origin = models.CharField(max_length=64, unique=True)
    number = models.PositiveBigIntegerField(db_index=True)
    address = models.CharField(max_length=LONGEST_ADDRESS, blank=True, db_index=True)
    article = models.ForeignKey(
        Article, null=True, on_delete=models.SET_NULL, related_name="imported_from"
    )
    image = models.ForeignKey(
        Image, null=True, on_delete=models.SET_NULL, related_name="imported_from"
    )
    said = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.address or f"?p={self.number}"
