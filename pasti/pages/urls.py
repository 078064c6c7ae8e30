"""The addresses of the pages for people."""

from django.urls import path

from pasti.pages.styleguide import styleguide, styleguide_desk

urlpatterns = [
    path("gaya/", styleguide, name="styleguide"),
    path("gaya/meja/", styleguide_desk, name="styleguide_desk"),
]
