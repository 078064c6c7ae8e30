"""The addresses for programs."""

from django.urls import path

from pasti.api.messages import gateway

urlpatterns = [
    path("pesan-masuk", gateway, name="gateway"),
]
