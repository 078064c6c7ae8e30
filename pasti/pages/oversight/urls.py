"""The addresses of oversight."""

from django.urls import path

from pasti.pages.oversight import heartbeat

urlpatterns = [
    path("denyut/", heartbeat.page, name="heartbeat"),
]
