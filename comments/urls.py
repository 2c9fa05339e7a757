"""Addresses of the comments."""

from django.urls import path
from django.views.decorators.http import require_safe

from . import feeds, views

app_name = "comments"
urlpatterns = [
    path("comments/on/<int:pk>/", views.reply, {"to_comment": False}, name="on_article"),
    path("comments/on/<int:pk>/all/", views.thread, name="thread"),
    path("comments/conversation/<int:pk>/", views.conversation, name="conversation"),
    path("comments/<int:pk>/", views.comment, name="comment"),
    path("comments/<int:pk>/reply/", views.reply, {"to_comment": True}, name="reply"),
    path("comments/<int:pk>/report/", views.report, name="report"),
    path("comments/reports/", views.report_outcome, name="report_outcome"),
    path("comments/feed/", require_safe(feeds.CommentFeed()), name="feed"),
    path("comments/feed/<int:pk>/", require_safe(feeds.ArticleCommentFeed()), name="feed_on"),
    path("comments/waiting/<str:token>/", views.waiting, name="waiting"),
    path("comments/yours/<str:token>/", views.yours, name="yours"),
    path("comments/confirm/<str:token>/", views.confirm, name="confirm"),
    path("comments/with/<slug:slug>/", views.account, name="account"),
    path("comments/with/<slug:slug>/<int:pk>/", views.to_account, name="to_account"),
    path("comments/log-out/", views.logged_out, name="log_out"),
    path("comments/unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("comments/mails/<str:token>/", views.stop_own_mails, name="stop_own_mails"),
    path("by-mail/", views.follow, name="follow"),
    path("by-mail/yours/<str:token>/", views.following, name="following"),
    path("by-mail/stop/<str:token>/", views.stop_following, name="stop_following"),
    path("privacy/comments/", views.about, name="privacy"),
    path("privacy/comments/yours/", views.ask, name="privacy_ask"),
    path("privacy/comments/yours/<str:token>/", views.kept, name="privacy_kept"),
]
