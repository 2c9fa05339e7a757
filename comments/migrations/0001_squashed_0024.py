"""The tables of then in one step (docs/decisions/0021)."""

from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import comments.models.identities


class Migration(migrations.Migration):
    replaces = [
        ("comments", "0001_the_first_floor"),
        ("comments", "0002_decisions_follow_one_state"),
        ("comments", "0003_comments_know_their_conversation"),
        ("comments", "0004_replies_find_their_root"),
        ("comments", "0005_replies_have_a_root"),
        ("comments", "0006_desk_acts_edits_and_looks"),
        ("comments", "0007_what_waits_says_why"),
        ("comments", "0008_proven_identities_and_notices"),
        ("comments", "0009_mails_about_replies"),
        ("comments", "0010_rules_have_switches"),
        ("comments", "0011_readers_report_comments"),
        ("comments", "0012_mails_about_what_is_kept"),
        ("comments", "0013_editors_pick_comments"),
        ("comments", "0014_editors_list_phrases_and_senders"),
        ("comments", "0015_what_moderators_teach"),
        ("comments", "0016_what_is_tried_is_counted"),
        ("comments", "0017_akismet_is_asked_and_told"),
        ("comments", "0018_picks_and_kept_reports_leave_a_row"),
        ("comments", "0019_comments_close_by_default"),
        ("comments", "0020_scores_are_kept_and_honest_losses_limited"),
        ("comments", "0021_near_copies_of_spam_are_known"),
        ("comments", "0022_threads_and_desk_find_their_rows"),
        ("comments", "0023_evidence_is_kept_as_codes"),
        ("comments", "0024_answers_are_not_signed_with_logins"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("reviews", "0001_squashed_0013"),
    ]

    operations = [
        migrations.CreateModel(
            name="Act",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("made_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ("about", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="AkismetHealth",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key_mark", models.CharField(blank=True, max_length=64)),
                ("verified_at", models.DateTimeField(null=True)),
                ("stopped_at", models.DateTimeField(null=True)),
                ("paused_until", models.DateTimeField(null=True)),
                ("succeeded_at", models.DateTimeField(null=True)),
                ("failed_at", models.DateTimeField(null=True)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("problem", models.CharField(blank=True, max_length=400)),
                ("alert_code", models.CharField(blank=True, max_length=10)),
                ("alert", models.CharField(blank=True, max_length=300)),
                ("usage", models.JSONField(null=True)),
                ("usage_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "Akismet",
                "verbose_name_plural": "Akismet",
                "default_permissions": ("view", "change"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pk", 1)), name="akismet_health_is_one_row"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["kind", "name", "made_at"], name="attempt_by_name"),
                    models.Index(fields=["made_at"], name="attempt_by_time"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Identity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True)),
                (
                    "key",
                    models.CharField(
                        default=comments.models.identities.new_key, max_length=64, unique=True
                    ),
                ),
                ("proven_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("used_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("earned_since", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name_plural": "identities",
            },
        ),
        migrations.CreateModel(
            name="Learnt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("claimed_at", models.DateTimeField(null=True)),
                ("weights", models.BinaryField(default=b"")),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("labels", models.PositiveIntegerField(default=0)),
                ("chain", models.CharField(blank=True, max_length=64)),
                ("read_to", models.BigIntegerField(default=0)),
                ("recent", models.JSONField(default=list)),
                ("begins_after", models.BigIntegerField(default=0)),
                (
                    "forgotten_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("forgotten_at", models.DateTimeField(null=True)),
                ("saved_at", models.DateTimeField(null=True)),
                ("wanted_at", models.DateTimeField(null=True)),
                ("asked", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "spam classifier",
                "verbose_name_plural": "spam classifier",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="learnt_is_one_row"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("claimed_at__isnull", True),
                            ("wanted_at__isnull", False),
                            _connector="OR",
                        ),
                        name="learnt_is_claimed_when_wanted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Limits",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "links_for_newcomers",
                    models.PositiveSmallIntegerField(
                        default=2,
                        help_text="In a comment under an e-mail address of which no comment is approved. Each link beyond it gives 2 points. 0: every link of a newcomer does.",
                        validators=[django.core.validators.MaxValueValidator(20)],
                        verbose_name="links allowed to newcomers",
                    ),
                ),
                (
                    "close_after_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="From an article’s first publication on; then it takes no more replies. Empty: never. It counts for every article that has no setting of its own, old ones too.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3650),
                        ],
                        verbose_name="days until comments close",
                    ),
                ),
                (
                    "honest_lost_at_most",
                    models.DecimalField(
                        decimal_places=1,
                        default=Decimal("0.5"),
                        help_text="The spam classifier sets a comment aside for how it reads only above the score that would have cost no more than this share of the honest comments decided about here. 0.5 is one in two hundred. 0: none is ever set aside for how it reads, it only waits.",
                        max_digits=3,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="honest comments that may be lost, in per cent",
                    ),
                ),
            ],
            options={
                "verbose_name": "limits",
                "verbose_name_plural": "limits",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pk", 1)), name="limits_are_one_row"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("links_for_newcomers__lte", 20)),
                        name="links_for_newcomers_are_few",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("close_after_days__isnull", True),
                            models.Q(("close_after_days__gte", 1), ("close_after_days__lte", 3650)),
                            _connector="OR",
                        ),
                        name="comments_close_on_a_date",
                        violation_error_message="From 1 to 3650 days, or empty.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("honest_lost_at_most__gte", 0), ("honest_lost_at_most__lte", 5)
                        ),
                        name="honest_lost_is_a_small_share",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="look",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("comments", models.JSONField(default=list)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Phrase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("hold", "Hold for a moderator"),
                            ("set_aside", "Set aside as spam"),
                        ],
                        default="hold",
                        max_length=9,
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True,
                        help_text="Why it is listed; for your colleagues.",
                        max_length=200,
                    ),
                ),
                (
                    "listed_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="listed_%(class)s",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "listed_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "words",
                    models.CharField(
                        help_text="Looked for as whole words in the text, the author’s name and the website. Case, full-width letters and invisible characters make no difference. * stands for up to 30 letters of the same word: casino* also finds “casinos”. Chinese, Japanese, Korean, Thai, Lao, Khmer and Burmese words are found inside longer ones too.",
                        max_length=100,
                        verbose_name="word or phrase",
                    ),
                ),
            ],
            options={
                "verbose_name": "listed phrase",
                "ordering": ["words"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("words",),
                        name="phrase_is_listed_once",
                        violation_error_message="This phrase is listed already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="phrase_says_something",
                        violation_error_message="Write a word or a phrase.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("action__in", ["hold", "set_aside"])),
                        name="phrase_action_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RuleSetting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rule", models.CharField(max_length=60, unique=True)),
                (
                    "mode",
                    models.CharField(
                        choices=[("on", "On"), ("dry_run", "Dry run"), ("off", "Off")],
                        default="on",
                        max_length=8,
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rule_settings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "rule",
                "ordering": ["rule"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("mode__in", ["on", "dry_run", "off"])),
                        name="rule_mode_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Sender",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("hold", "Hold for a moderator"),
                            ("set_aside", "Set aside as spam"),
                        ],
                        default="hold",
                        max_length=9,
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True,
                        help_text="Why it is listed; for your colleagues.",
                        max_length=200,
                    ),
                ),
                (
                    "listed_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="listed_%(class)s",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "listed_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "who",
                    models.CharField(
                        help_text="someone@example.org, or example.org. A domain is looked for in the e-mail address, the website and the text, and what stands before it (shop.example.org) counts.",
                        max_length=254,
                        verbose_name="e-mail address or domain",
                    ),
                ),
                (
                    "last_day",
                    models.DateField(
                        blank=True,
                        help_text="It counts until the end of this day; empty: for good.",
                        null=True,
                    ),
                ),
            ],
            options={
                "verbose_name": "listed sender",
                "ordering": ["who"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("who",),
                        name="sender_is_listed_once",
                        violation_error_message="This address or domain is listed already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("who", ""), _negated=True),
                        name="sender_is_somebody",
                        violation_error_message="Write an e-mail address or a domain.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("action__in", ["hold", "set_aside"])),
                        name="sender_action_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="reviews.article",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="comments.comment",
                    ),
                ),
                (
                    "root",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conversation",
                        to="comments.comment",
                    ),
                ),
                ("author_name", models.CharField(max_length=80, verbose_name="name")),
                ("author_email", models.EmailField(max_length=254, verbose_name="e-mail")),
                ("author_url", models.URLField(blank=True, max_length=300, verbose_name="website")),
                (
                    "text",
                    models.TextField(validators=[django.core.validators.MaxLengthValidator(10000)]),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "Pending"),
                            ("approved", "Approved"),
                            ("rejected", "Rejected"),
                            ("spam", "Spam"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="pending",
                        editable=False,
                        max_length=10,
                    ),
                ),
                (
                    "submitted_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("score", models.IntegerField(default=0, editable=False)),
                ("spam_probability", models.FloatField(editable=False, null=True)),
                ("edited_by_moderator_at", models.DateTimeField(editable=False, null=True)),
                (
                    "written_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "identity",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="comments",
                        to="comments.identity",
                    ),
                ),
                ("picked_at", models.DateTimeField(editable=False, null=True)),
                (
                    "picked_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="picked_comments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("address_hash", models.CharField(blank=True, editable=False, max_length=64)),
                ("text_digest", models.CharField(blank=True, editable=False, max_length=64)),
                ("written_in", models.CharField(blank=True, editable=False, max_length=2)),
            ],
            options={
                "ordering": ["submitted_at", "pk"],
                "permissions": [("moderate_comment", "Can decide about comments")],
                "indexes": [
                    models.Index(
                        fields=["article", "status", "submitted_at"], name="comment_thread"
                    ),
                    models.Index(
                        fields=["article", "parent", "submitted_at", "id"], name="comment_roots"
                    ),
                    models.Index(fields=["root", "status"], name="comment_conversation"),
                    models.Index(fields=["status", "submitted_at"], name="comment_queue"),
                    models.Index(fields=["submitted_at", "id"], name="comment_newest"),
                    models.Index(fields=["text_digest", "status"], name="comment_same_text"),
                    models.Index(
                        fields=["address_hash", "submitted_at"], name="comment_same_address"
                    ),
                    models.Index(
                        django.db.models.functions.text.Lower("author_email"),
                        name="comment_same_email",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True),
                            models.Q(("parent", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="comment_is_not_its_own_parent",
                        violation_error_message="A comment cannot answer itself.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("parent__isnull", True), ("root__isnull", True)),
                            models.Q(("parent__isnull", False), ("root__isnull", False)),
                            _connector="OR",
                        ),
                        name="comment_reply_has_a_root",
                        violation_error_message="A reply belongs to the conversation of what it answers.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["pending", "approved", "rejected", "spam", "withdrawn"])
                        ),
                        name="comment_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("spam_probability__isnull", True),
                            models.Q(("spam_probability__gte", 0), ("spam_probability__lte", 1)),
                            _connector="OR",
                        ),
                        name="comment_spam_probability_is_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AkismetCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("claimed_at", models.DateTimeField(null=True)),
                ("next_at", models.DateTimeField(default=django.utils.timezone.now, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("problem", models.CharField(blank=True, max_length=400)),
                (
                    "comment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="akismet",
                        to="comments.comment",
                    ),
                ),
                ("sealed", models.TextField(blank=True)),
                ("sealed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("recheck_reason", models.CharField(blank=True, max_length=20)),
                ("rechecks", models.PositiveSmallIntegerField(default=0)),
                ("verdict", models.CharField(blank=True, max_length=5)),
                ("discard", models.BooleanField(default=False)),
                ("guid", models.CharField(blank=True, max_length=64)),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_at__isnull", False)),
                        fields=["next_at"],
                        name="akismet_check_owed",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ["", "true", "false"])),
                        name="akismet_verdict_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CommentEdit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="edits",
                        to="comments.comment",
                    ),
                ),
                ("before", models.TextField()),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comment_edits",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("comment", "version"),
                        name="edit_follows_one_state",
                        violation_error_message="Somebody else changed this comment meanwhile.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="comments.comment",
                    ),
                ),
                (
                    "from_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("pending", "Pending"),
                            ("approved", "Approved"),
                            ("rejected", "Rejected"),
                            ("spam", "Spam"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "to_status",
                    models.CharField(
                        choices=[
                            ("pending", "Pending"),
                            ("approved", "Approved"),
                            ("rejected", "Rejected"),
                            ("spam", "Spam"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("rule", models.CharField(blank=True, max_length=60)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("version", models.PositiveIntegerField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "act",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="comments.act",
                    ),
                ),
                (
                    "undoes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="undone_by",
                        to="comments.decision",
                    ),
                ),
            ],
            options={
                "ordering": ["version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("comment", "version"),
                        name="decision_follows_one_state",
                        violation_error_message="Somebody else decided about this comment meanwhile.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("by__isnull", False),
                            models.Q(("rule", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="decision_has_an_author",
                        violation_error_message="A decision is somebody's or some rule's.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="comments.comment",
                    ),
                ),
                ("rule", models.CharField(max_length=60)),
                ("points", models.IntegerField()),
                ("evidence", models.JSONField(default=list)),
                ("quotes", models.JSONField(blank=True, default=list)),
                ("against", models.JSONField(blank=True, default=list)),
                (
                    "resembles",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="comments.comment",
                    ),
                ),
                ("counted", models.BooleanField(default=True)),
                ("found_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["-points", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marks",
                        to="comments.comment",
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("picked", "made an editors’ pick"),
                            ("unpicked", "no longer an editors’ pick"),
                            ("kept", "reports read, kept"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comment_marks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["made_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("what__in", ["picked", "unpicked", "kept"])),
                        name="mark_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("claimed_at", models.DateTimeField(null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("confirm", "Confirm an e-mail address"),
                            ("reply", "A reply was approved"),
                            ("kept", "What is kept of a writer"),
                            ("digest", "Comments are waiting"),
                            ("akismet", "Akismet refuses key or site"),
                        ],
                        max_length=10,
                    ),
                ),
                ("key", models.CharField(max_length=120, unique=True)),
                (
                    "writer_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="comments.comment",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "about",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="comments.comment",
                    ),
                ),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sent_at", models.DateTimeField(null=True)),
                ("dropped_at", models.DateTimeField(null=True)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("error", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("dropped_at__isnull", True), ("sent_at__isnull", True)),
                        fields=["due_at"],
                        name="notice_owed",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("user__isnull", False), ("writer_of__isnull", True)),
                            models.Q(("user__isnull", True), ("writer_of__isnull", False)),
                            _connector="OR",
                        ),
                        name="notice_has_one_recipient",
                        violation_error_message="A notice is owed to one writer or one user.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SpamRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="spam_runs",
                        to="comments.comment",
                    ),
                ),
                ("number", models.BigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("number", "comment"), name="spam_run_is_kept_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "comment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="subscription",
                        to="comments.comment",
                    ),
                ),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="AkismetFeedback",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("claimed_at", models.DateTimeField(null=True)),
                ("next_at", models.DateTimeField(default=django.utils.timezone.now, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("problem", models.CharField(blank=True, max_length=400)),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="akismet_feedback",
                        to="comments.comment",
                    ),
                ),
                ("is_spam", models.BooleanField()),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="comments.decision",
                    ),
                ),
                ("sent_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_at__isnull", False)),
                        fields=["next_at"],
                        name="akismet_feedback_owed",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("comment", "is_spam"),
                        name="akismet_is_told_once_a_direction",
                        violation_error_message="Akismet was told this already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reports",
                        to="comments.comment",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("spam", "It is spam or advertising"),
                            ("abuse", "It attacks or insults somebody"),
                            ("hate", "It is hateful"),
                            ("private", "It gives away somebody’s private details"),
                            ("spoiler", "It gives away the film without a warning"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                ("points", models.PositiveSmallIntegerField()),
                (
                    "first",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="later",
                        to="comments.report",
                    ),
                ),
                ("address_hash", models.CharField(blank=True, max_length=64)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("upheld", "Upheld"),
                            ("not_upheld", "Not upheld"),
                            ("gone", "Withdrawn by its writer"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="settled_reports",
                        to="comments.decision",
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["made_at", "pk"],
                "indexes": [
                    models.Index(fields=["comment", "outcome"], name="report_of_comment"),
                    models.Index(fields=["address_hash", "made_at"], name="report_from_address"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__in", ["open", "upheld", "not_upheld", "gone"])
                        ),
                        name="report_outcome_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "open"), ("settled_at__isnull", True)),
                            models.Q(
                                models.Q(("outcome", "open"), _negated=True),
                                ("settled_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="report_is_open_until_settled",
                        violation_error_message="A report is open until it is settled.",
                    ),
                ],
            },
        ),
    ]
