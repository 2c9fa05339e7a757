"""A rule on dry run leaves findings that do not count; the desk tells what it would have done."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from comments import intake, moderation
from comments.models import Comment, Finding, RuleSetting
from comments.spam import FormFacts
from tests.factories import make_article, make_user

RULES = "/admin/comments/rulesetting/"
SPAM = {"author_name": "Bot", "author_email": "bot@example.org", "form_facts": FormFacts("x")}


def put(rule: str, mode: str, by: User) -> None:
    RuleSetting.objects.update_or_create(rule=rule, defaults={"mode": mode, "changed_by": by})


@pytest.mark.django_db
def test_a_rule_on_dry_run_is_heard_and_does_not_count(
    editor: User, moderator_client: Client
) -> None:
    put("filled_honeypot", "dry_run", editor)
    comment = intake.submit(make_article(), text="Buy this", **SPAM)
    assert (comment.status, comment.score) == ("pending", 0)
    counted = dict(comment.findings.values_list("rule", "counted"))
    assert counted == {"filled_honeypot": False, "nothing_found": True}
    page = moderator_client.get("/admin/comments/comment/").content.decode()
    assert "on dry run: does not count" in page


@pytest.mark.django_db
def test_a_rule_that_is_off_is_not_asked(editor: User) -> None:
    put("filled_honeypot", "off", editor)
    comment = intake.submit(make_article(), text="Buy this", **SPAM)
    assert [finding.rule for finding in comment.findings.all()] == ["nothing_found"]


@pytest.mark.django_db
def test_the_page_says_what_a_rule_would_have_done(editor: User, editor_client: Client) -> None:
    put("filled_honeypot", "dry_run", editor)
    article = make_article()
    for number, verb in enumerate([moderation.mark_spam, moderation.reject, moderation.approve]):
        comment = intake.submit(article, text=f"Number {number}", **SPAM)
        verb([comment], by=editor)
    intake.submit(article, text="Undecided", **SPAM)
    page = editor_client.get(f"{RULES}?days=7").content.decode()
    assert "it found 4 comments: it would have set aside 4" in page
    assert "2 right, 1 wrong" in page


@pytest.mark.django_db
def test_an_editor_switches_and_the_second_of_two_is_told(editor_client: Client) -> None:
    press = {"mode-too_many_links": "dry_run", "was-too_many_links": "on"}
    assert editor_client.post(RULES, press).status_code == 302
    assert RuleSetting.objects.get().mode == "dry_run"
    late = {"mode-too_many_links": "off", "was-too_many_links": "on"}
    told = editor_client.post(RULES, late, follow=True).content.decode()
    assert "changed by somebody else" in told
    assert RuleSetting.objects.get().mode == "dry_run"
    assert "Set by editor" in told


@pytest.mark.django_db
def test_a_moderator_may_look_and_not_switch(moderator_client: Client, client: Client) -> None:
    assert moderator_client.get(RULES).status_code == 200
    press = {"mode-too_many_links": "off", "was-too_many_links": "on"}
    assert moderator_client.post(RULES, press).status_code == 403
    client.force_login(make_user("Contributor"))
    assert client.get(RULES).status_code == 403


class EveryWaitingCommentSaysWhy(TestCase):
    """Whatever is sent and however the rules are set: points add up, and nothing waits mutely."""

    @hypothesis_settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.text(min_size=1, max_size=200).filter(str.strip),
        st.integers(0, 8),
        st.booleans(),
        st.sampled_from(["on", "dry_run", "off"]),
    )
    def test_points_add_up_to_the_score(
        self, text: str, links: int, robot: bool, mode: str
    ) -> None:
        put("too_many_links", mode, make_user())
        said = SPAM | {"form_facts": FormFacts("x" if robot else "")}
        text = f"Words {text.encode('utf-8', 'ignore').decode()} " + "http://a.example " * links
        comment = intake.submit(make_article(), text=text, **said)
        findings = Finding.objects.filter(comment=comment, counted=True)
        assert findings.exists()
        assert Comment.objects.get(pk=comment.pk).score == sum(f.points for f in findings)
