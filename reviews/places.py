"""Where pictures stand on pages, and how wide they are there."""

from dataclasses import dataclass, replace

SHARED_WIDTH = 1200  # pixels; below it, the sites that show shared links draw a small card
# How wide the page's columns are (static/css/site.css): all of it but the gutters on a phone.
_PHONE = "(min-width: 28.2rem) 92vw, calc(100vw - 2.25rem)"


@dataclass(frozen=True)
class Place:
    """Where a picture stands: what the browser is told of its width, and which crop it wants."""

    sizes: str
    crop: str = ""  # of reviews/renditions.py; “” is the whole picture
    leads: bool = False  # the first thing seen: asked for at once


# Two columns of 20rem stand beside each other from here on, three in a list from 69.6rem.
_BESIDE = f"(min-width: 45.7rem) calc(46vw - 1rem), {_PHONE}"
_THIRD = "(min-width: 87rem) 25.4rem, (min-width: {}) calc(30.7vw - 1.3rem), " + _BESIDE
_CARD = Place(_THIRD.format("69.6rem"), crop="16x9")
PLACES = {
    "lead": Place(f"(min-width: 87rem) 80rem, {_PHONE}", leads=True),
    "body": Place(f"(min-width: 41rem) 36rem, {_PHONE}"),
    "gallery": Place(
        "(min-width: 41rem) 17.4rem, (min-width: 34rem) calc(46vw - 0.7rem), calc(100vw - 2.25rem)"
    ),
    # A film still keeps its width on a card; four to a row are too narrow for that.
    "card-lead": Place(
        f"(min-width: 87rem) 50.7rem, (min-width: 62rem) calc(60vw - 1.3rem), {_PHONE}",
        crop="16x9",
        leads=True,
    ),
    "card-wide": Place(f"(min-width: 87rem) 39rem, {_BESIDE}", crop="16x9"),
    "card-third": Place(_THIRD.format("62rem"), crop="16x9"),  # of the front page's rows
    "card": _CARD,
    "card-first": replace(_CARD, leads=True),  # of a list that begins the page
    "card-small-wide": Place(
        "(min-width: 87rem) 25.4rem, (min-width: 44.5rem) calc(30.7vw - 1.3rem), "
        "(min-width: 34rem) calc(46vw - 1rem), 8.5rem",
        crop="16x9",
    ),
    "card-small": Place(
        "(min-width: 87rem) 18.5rem, (min-width: 72rem) calc(23vw - 1.5rem), "
        "(min-width: 34.8rem) calc(46vw - 1rem), (min-width: 34rem) 92vw, 8.5rem",
        crop="4x3",
    ),
    "poster": Place("(min-width: 62rem) 19rem, 15rem"),
    "portrait": Place("12rem", crop="1x1"),
}
