"""The addresses of the pages for people."""

from django.urls import include, path

from pasti.pages.staff.guarantees import proclamation
from pasti.pages.styleguide import styleguide, styleguide_desk

urlpatterns = [
    path("meja/", include("pasti.pages.office.urls")),
    path("meja/", include("pasti.pages.staff.urls")),
    path("maklumat/", proclamation, name="proclamation"),
    path("pengawasan/", include("pasti.pages.oversight.urls")),
    path("gaya/", styleguide, name="styleguide"),
    path("gaya/meja/", styleguide_desk, name="styleguide_desk"),
    path("", include("pasti.pages.public.urls")),
]
