"""docs/moderators.md names the numbers that are in force."""

from django.conf import settings

from comments import welcome
from comments.spam import rules
from comments.spam.screening import SPAM_SCORE, in_words, name_of


def test_the_moderators_page_is_true_about_rules_and_limits() -> None:
    page = (settings.BASE_DIR / "docs" / "moderators.md").read_text()
    for path in settings.COMMENTS_RULES:
        assert f"| {in_words(name_of(path))} |" in page
    for words in (
        f"From a score of {SPAM_SCORE} on",
        f"shorter than {rules.TELLING_LENGTH} characters",
        f"less than {rules.FASTEST_HUMAN.seconds} seconds",
        f"within the last {rules.MEMORY.days} days",
        f"2 to {rules.MOST_POINTS_FOR_LINKS}",
        f"After {welcome.MOST_FROM_ADDRESS} comments",
        f"within {rules.FLOOD_WINDOW.seconds // 60} minutes",
    ):
        assert words in page
