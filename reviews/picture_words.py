"""The words of a picture: what its file says of itself, what a source asks for, what goes into the
files that readers are served.
"""

from typing import Any

from django.utils import timezone

from .models import CreditSource, Image
from .rights import Rights

# Words that an upload may bring along, and that are written into its renditions.
READ_FROM_FILES = (
    *("credit_line", "creator", "copyright_notice", "caption", "headline", "source"),
    *("alt_text", "web_statement", "licensor_url"),
)
# What renditions are made from; a change to one of these wants them made anew. The licence's
# address stands in them where there is no web statement.
WRITTEN_INTO_FILES = (*READ_FROM_FILES, "licence_url", "focal_x", "focal_y")
PRESETS = (
    *("credit_line", "creator", "copyright_notice", "licence_name", "licence_url"),
    *("web_statement", "licensor_url"),
)
_FIELD_OF = {"description": "caption", "created_at": "taken_at"}


def said_by(rights: Rights) -> dict[str, Any]:
    """What a file says of itself, by the names of `Image`'s fields and cut to their length."""
    words: dict[str, Any] = {}
    for name, said in vars(rights).items():
        field = _FIELD_OF.get(name, name)
        if said and field == "taken_at":
            words[field] = timezone.make_aware(said)
        elif said and (field not in ("web_statement", "licensor_url") or _is_web(said)):
            words[field] = said[: Image._meta.get_field(field).max_length]  # type: ignore[union-attr]
    return words


def fill_from(image: Image, source: CreditSource) -> None:
    """A source's words where the picture has none; not saved."""
    for field in PRESETS:
        if not getattr(image, field):
            setattr(image, field, getattr(source, field))


def rights_of(image: Image) -> Rights:
    """What is written into its renditions."""
    return Rights(
        credit_line=image.credit_line,
        creator=image.creator,
        copyright_notice=image.copyright_notice,
        description=image.caption,
        headline=image.headline,
        source=image.source,
        web_statement=image.web_statement or image.licence_url,
        licensor_url=image.licensor_url,
        alt_text=image.alt_text,
    )


def _is_web(address: str) -> bool:
    return address.startswith(("https://", "http://"))
