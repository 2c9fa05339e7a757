"""Every address of the site; each app lists its own."""

from django.contrib import admin
from django.urls import include, path

from . import views
from .security_txt import security_txt

urlpatterns = [
    path("admin/", admin.site.urls),
    path("about/", views.about, name="about"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.icon, name="icon"),
    path("apple-touch-icon.png", views.icon, name="touch_icon"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("media/<path:name>", views.media, name="media"),
    path("", include("comments.urls")),
    path("", include("reviews.urls")),
]

handler400 = "publication.views.bad_request"
handler404 = "publication.views.not_found"
handler500 = "publication.views.server_error"
