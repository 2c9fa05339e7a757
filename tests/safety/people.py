"""Everybody who may come to an address: a browser for each."""

from django.test import Client

from publication import sessions
from tests.factories import make_user

PEOPLE = ("anonymous", "reader", "contributor", "editor", "moderator", "administrator")


def client_of(person: str) -> Client:
    """Logged in with a password that was given just now, so that only the role decides."""
    client = Client(raise_request_exception=True)
    if person != "anonymous":
        client.force_login(make_user("" if person == "reader" else person.capitalize()))
        session = client.session
        session[sessions._FRESH] = sessions.time.time()
        session.save()
    return client
