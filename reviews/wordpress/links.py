"""Addresses that pieces had: they lead on, and links to them lead straight to where a piece is."""

import re
from html import escape
from urllib.parse import unquote

from .. import former
from ..models import LONGEST_ADDRESS, Imported
from .items import Post, origin, path_in

_LINK = re.compile(r'href="(/(?!/)[^"]*)"')


def address_of(link: str) -> str:
    """The path of a page, as `former.there` asks for it; “” of one that has none."""
    path = unquote(path_in(link)).strip("/")
    return path if len(path) <= LONGEST_ADDRESS else ""


def lead_on(post: Post, row: Imported) -> None:
    """From addresses that its page has got since it came here, and those that it had before."""
    every = dict.fromkeys(map(address_of, [post.link, *post.former]))
    for address in every:
        if address not in ("", row.address):
            known = origin(f"{post.guid} at {address}")
            also = {"number": row.number, "address": address, "article_id": row.article_id}
            Imported.objects.get_or_create(origin=known, defaults=also)


def straight(html: str) -> str:
    """A body whose links to pieces that are here already lead to them, and to no former address;
    one that comes later is led to all the same."""
    asked = {said: address_of(said) for said in _LINK.findall(html)}
    here = {at: piece.get_absolute_url() for at, piece in former.pieces_at(asked.values()).items()}
    return _LINK.sub(lambda link: _led(link, here.get(asked[link[1]], "")), html)


def _led(link: re.Match[str], to: str) -> str:
    return f'href="{escape(to)}"' if to else link[0]
