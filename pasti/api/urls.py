"""The addresses for programs."""

from django.urls import path, re_path

from pasti.api.messages import gateway
from pasti.api.problems import nothing_here
from pasti.api.v1.app import api

urlpatterns = [
    path("pesan-masuk", gateway, name="gateway"),
    path("api/v1/", api.urls),
    re_path(r"^api/", nothing_here),
]
