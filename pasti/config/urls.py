"""Every address: the pages, the account pages, the language, the programs', and whether we are well."""

from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.urls import include, path
from django.views.decorators.cache import never_cache

from pasti.pages import heartbeat


@never_cache
def health(_request: HttpRequest) -> JsonResponse:
    """200 when a page could be served now, database included; 503 while that does not answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


urlpatterns = [
    path("sehat", health, name="health"),
    path("sehat/tugas", heartbeat.duties, name="duties"),
    path("sehat/metrik", heartbeat.metrics, name="metrics"),
    path("akun/", include("allauth.urls")),
    path("bahasa/", include("django.conf.urls.i18n")),
    path("", include("pasti.api.urls")),
    path("", include("pasti.pages.urls")),
]
handler500 = "pasti.config.faults.fault"
