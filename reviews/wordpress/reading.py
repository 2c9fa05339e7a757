"""Elements of an export as facts: WordPress eXtended RSS 1.2 (wp-admin/includes/export.php)."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import unquote

from .items import Attachment, Author, Post, Reply, Site, Term, host_in, number_in, path_in
from .stream import BrokenExport, Element, elements

FIRST_YEAR, LAST_YEAR = 1900, 2100  # a date beyond them is a mistake
NEVER = "0000-00-00 00:00:00"
# Where plugins keep whom a picture is by: Media Credit, Navis Media Credit, Image Source Control.
CREDITS = ("_media_credit", "media_credit", "_navis_media_credit_org", "isc_image_source")
DECORATIVE = "decorative"  # as we write it (wxr.py): an empty alternative text says nothing there
# The words of a file as WordPress read them when it came, in PHP's own notation.
_OF_THE_FILE = re.compile(r's:6:"credit";s:\d+:"([^"]+)"')

_DAY = re.compile(r"\d{4}/\d{2}/(?:\d{2}/)?")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_HOST = re.compile(r"https?://([^/]+)/\?p=\d+")


def survey(paths: Iterable[Path]) -> Site:
    """Everything but the pieces, which are counted: what they point to may come after them.
    Raises `BrokenExport`, so that nothing comes in of what cannot be read to its end."""
    site = Site()
    guids = _Guids()
    for path in paths:
        version = ""
        for element in elements(path):
            match element.name:
                case "wp:wxr_version":
                    version = element.text.strip()
                case "wp:base_blog_url":
                    site.address = element.text.strip().rstrip("/")
                    host = host_in(site.address).removeprefix("www.")
                    site.hosts |= {host, f"www.{host}"}
                case "language":
                    site.language = element.text.strip()
                case "wp:author":
                    author = _author(element)
                    site.authors.setdefault(author.login, author)
                case "wp:category":
                    term = _category(element)
                    site.categories.setdefault(term.slug, term)
                case "item":
                    guids.add(element)
                    _survey_item(element, site)
        if not version:
            raise BrokenExport(
                f"“{path.name}” is no export of WordPress: it names no version of one. Use the "
                "file that Tools → Export gives."
            )
    site.hosts |= guids.hosts
    site.shared = guids.shared
    for number, each in site.attachments.items():
        site.attachments[number] = replace(each, guid=site.known_as(each.guid, number))
    return site


def posts(paths: Iterable[Path], site: Site) -> Iterator[Post]:
    """Every item that is no attachment. Raises `BrokenExport`."""
    for path in paths:
        for element in elements(path):
            if element.name == "item" and element.said("wp:post_type") != "attachment":
                yield _post(element, site)


class _Guids:
    """Of all items, and the hosts that they name: “http://reel.wordpress.com/?p=7” stays what it
    was when the site got an address of its own."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.shared: dict[str, int] = {}
        self.hosts: set[str] = set()

    def add(self, element: Element) -> None:
        guid, number = element.said("guid"), number_in(element.said("wp:post_id"))
        there = self.numbers.setdefault(guid, number)
        if guid and there != number:
            self.numbers[guid] = self.shared[guid] = min(there, number)
        if host := _HOST.fullmatch(guid):
            self.hosts.add(host[1].lower())


def _survey_item(element: Element, site: Site) -> None:
    number = number_in(element.said("wp:post_id"))
    match element.said("wp:post_type"):
        case "attachment":
            site.attachments.setdefault(number, _attachment(element))
        case "wp_block":
            site.reusable[number] = element.whole("content:encoded")
            site.posts += 1
        case _:
            site.posts += 1


def _author(element: Element) -> Author:
    login = element.said("wp:author_login")
    name = element.said("wp:author_display_name") or login
    return Author(login, name, number_in(element.said("wp:author_id")))


def _category(element: Element) -> Term:
    return Term(
        "category",
        unquote(element.said("wp:category_nicename")),
        element.said("wp:cat_name"),
        unquote(element.said("wp:category_parent")),
    )


def _attachment(element: Element) -> Attachment:
    meta = _meta(element)
    of_the_file = _OF_THE_FILE.search(meta.get("_wp_attachment_metadata", ""))
    said = next((meta[key].strip() for key in CREDITS if meta.get(key, "").strip()), "")
    return Attachment(
        number=number_in(element.said("wp:post_id")),
        guid=element.said("guid") or element.said("wp:attachment_url"),
        url=element.said("wp:attachment_url") or element.said("guid"),
        title=element.said("title"),
        caption=element.said("excerpt:encoded"),
        description=element.said("content:encoded"),
        alt=meta.get("_wp_attachment_image_alt", "").strip(),
        decorative=meta.get(DECORATIVE, "") == "1",
        credit=said or (of_the_file[1].strip() if of_the_file else ""),
        parent=number_in(element.said("wp:post_parent")),
    )


def _post(element: Element, site: Site) -> Post:
    meta = _meta(element)
    number = number_in(element.said("wp:post_id"))
    terms = [
        Term(term.attributes.get("domain", ""), _slug(term), term.text.strip())
        for term in element.every("category")
    ]
    guid = element.said("guid")
    known_as = site.known_as(guid, number)
    return Post(
        number=number,
        line=element.line,
        guid=known_as or _known_without(element, number),
        feed_guid=guid if known_as == guid else "",
        link=element.said("link"),
        kind=element.said("wp:post_type"),
        status=element.said("wp:status"),
        title=element.said("title"),
        slug=unquote(element.said("wp:post_name")),
        creator=element.said("dc:creator"),
        published=_time(element, "wp:post_date_gmt", "pubDate", "wp:post_date"),
        modified=_time(element, "wp:post_modified_gmt"),
        excerpt=element.said("excerpt:encoded"),
        content=element.whole("content:encoded"),
        password=element.said("wp:post_password"),
        for_subscribers=_is_for_subscribers(element, meta),
        comments_open=element.said("wp:comment_status") != "closed",
        thumbnail=number_in(meta.get("_thumbnail_id", "")),
        former=tuple(_former(element)),
        footnotes=_footnotes(meta.get("footnotes", "")),
        categories=tuple(term for term in terms if term.taxonomy == "category"),
        tags=tuple(term for term in terms if term.taxonomy == "post_tag"),
        writers=tuple(term for term in terms if term.taxonomy == "author"),
        replies=tuple(map(_reply, element.every("wp:comment"))),
    )


def _known_without(element: Element, number: int) -> str:
    """A piece without a guid, as other programs write them for WordPress: by its address, which a
    newer export has too."""
    return f"{element.said('link') or f'line {element.line},'} {number}"


def _former(element: Element) -> Iterator[str]:
    """The paths that its page had under other names or on other days: WordPress led them on."""
    now = path_in(element.said("link")).strip("/")
    day = _DAY.match(now)
    for one in element.every("wp:postmeta"):
        key, said = one.said("wp:meta_key"), one.said("wp:meta_value")
        if key == "_wp_old_slug" and said and now:
            yield f"{now.rpartition('/')[0]}/{said}"
        elif key == "_wp_old_date" and day and _ISO_DAY.fullmatch(said):
            yield "/".join([*said.split("-")[: len(day[0].split("/")) - 1], now[day.end() :]])


def _is_for_subscribers(element: Element, meta: dict[str, str]) -> bool:
    """Jetpack's newsletters, and the blocks of WordPress.com for what is paid for."""
    access = meta.get("_jetpack_newsletter_access", "").strip()
    paid = "<!-- wp:premium-content/subscriber-view" in element.whole("content:encoded")
    return access not in ("", "everybody") or paid


def _reply(element: Element) -> Reply:
    return Reply(
        number=number_in(element.said("wp:comment_id")),
        parent=number_in(element.said("wp:comment_parent")),
        name=element.said("wp:comment_author"),
        email=element.said("wp:comment_author_email"),
        url=element.said("wp:comment_author_url"),
        text=element.whole("wp:comment_content"),
        at=_time(element, "wp:comment_date_gmt", "wp:comment_date"),
        approved=element.said("wp:comment_approved"),
        kind=element.said("wp:comment_type"),
        user=number_in(element.said("wp:comment_user_id")),
    )


def _slug(term: Element) -> str:
    return unquote(term.attributes.get("nicename", ""))


def _meta(element: Element) -> dict[str, str]:
    every = element.every("wp:postmeta")
    return {one.said("wp:meta_key"): one.whole("wp:meta_value") for one in every}


def _footnotes(said: str) -> dict[str, str]:
    """By their ids; the block keeps them in a field of its own."""
    try:
        every = json.loads(said) if said.strip() else []
        return {str(note["id"]): str(note["content"]) for note in every}
    except (ValueError, TypeError, KeyError, RecursionError):
        return {}


def _time(element: Element, *names: str) -> datetime | None:
    """The first of them that can be read."""
    for name in names:
        said = element.said(name)
        if said and said != NEVER and (at := _read_time(said, feed=name == "pubDate")):
            return at
    return None


def _read_time(said: str, *, feed: bool) -> datetime | None:
    try:
        at = parsedate_to_datetime(said) if feed else datetime.fromisoformat(said)
    except (ValueError, OverflowError):  # of a number that no date has
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return at.astimezone(UTC) if FIRST_YEAR <= at.year <= LAST_YEAR else None
