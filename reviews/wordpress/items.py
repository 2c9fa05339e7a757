"""What an export of WordPress says, as facts. Texts are as they stand there, HTML and all."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import unquote, urlsplit

from ..numbers import key

PAGE = "page"  # WordPress's word for what is no post: About, Contact


@dataclass(frozen=True)
class Author:
    """`login` is what pieces name them by, `number` what comments do."""

    login: str
    name: str
    number: int


@dataclass(frozen=True)
class Term:
    """A category, or a tag. `parent` is the slug of the category above it."""

    taxonomy: str
    slug: str
    name: str
    parent: str = ""


@dataclass(frozen=True)
class Attachment:
    """A file of the media library. `parent` is the number of the piece it was uploaded to."""

    number: int
    guid: str
    url: str
    title: str
    caption: str
    description: str
    alt: str
    credit: str
    parent: int
    decorative: bool = False

    def name(self) -> str:
        return unquote(path_in(self.url)).rpartition("/")[2] or self.title


@dataclass(frozen=True)
class Reply:
    """A comment. `approved` is WordPress's word for its state, `user` its writer's number."""

    number: int
    parent: int
    name: str
    email: str
    url: str
    text: str
    at: datetime | None
    approved: str
    kind: str
    user: int


@dataclass(frozen=True)
class Post:
    """`guid` is what it is known by here, `feed_guid` what by feed readers: “” where that is
    nothing, or another's. `kind` is WordPress's `post_type`; `for_subscribers`: not everybody saw
    all of it. Its times are UTC. `link` is the address of its page, `former` are paths that it had
    before. `writers` are those of the plugin Co-Authors Plus, `creator` the login that WordPress
    itself names."""

    number: int
    line: int
    guid: str
    feed_guid: str
    link: str
    kind: str
    status: str
    title: str
    slug: str
    creator: str
    published: datetime | None
    modified: datetime | None
    excerpt: str
    content: str
    password: str
    for_subscribers: bool
    comments_open: bool
    thumbnail: int
    former: tuple[str, ...] = ()
    footnotes: dict[str, str] = field(default_factory=dict)
    categories: tuple[Term, ...] = ()
    tags: tuple[Term, ...] = ()
    writers: tuple[Term, ...] = ()
    replies: tuple[Reply, ...] = ()


@dataclass
class Site:
    """What is true of the whole export. `hosts` are those that the site has or had, `authors` by
    login, `categories` by slug, `attachments` by number, `reusable` what blocks hold that several
    pieces show, by number, and `shared` the lowest number of those that have one guid."""

    address: str = ""
    language: str = ""
    authors: dict[str, Author] = field(default_factory=dict)
    categories: dict[str, Term] = field(default_factory=dict)
    attachments: dict[int, Attachment] = field(default_factory=dict)
    reusable: dict[int, str] = field(default_factory=dict)
    hosts: set[str] = field(default_factory=set)
    shared: dict[str, int] = field(default_factory=dict)
    posts: int = 0

    def known_as(self, guid: str, number: int) -> str:
        """Plugins copy a piece with its guid; the first has it, whatever comes later."""
        return guid if self.shared.get(guid, number) == number else f"{guid} {number}"


def number_in(said: str) -> int:
    """A number of a row; 0 of what is none."""
    return key(said.strip())


def path_in(url: str) -> str:
    """The path of an address, as it is written there; “” of what is none."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def host_in(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def origin(guid: str, comment: int | None = None) -> str:
    """What an item is known by for ever, whatever domain the site had: 64 hexadecimal digits."""
    known = guid.partition("://")[2] or guid
    said = known if comment is None else f"{known} comment {comment}"
    return hashlib.sha256(said.encode()).hexdigest()
