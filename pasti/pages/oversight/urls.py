"""The addresses of oversight."""

from django.urls import path

from pasti.pages.oversight import findings, heartbeat, inspectorate, post_audits, samples

urlpatterns = [
    path("", samples.queue, name="oversight"),
    path("sampel/<uuid:id>/", samples.sample, name="sample"),
    path("temuan/", findings.entries, name="findings"),
    path("temuan/baru/", findings.new, name="new_finding"),
    path("temuan/baru/<uuid:case>/", findings.new, name="new_finding_about"),
    path("temuan/<uuid:id>/", findings.finding, name="finding"),
    path("audit/", post_audits.entries, name="post_audits"),
    path("audit/<uuid:id>/", post_audits.close, name="post_audit"),
    path("semua/", inspectorate.page, name="inspectorate"),
    path("denyut/", heartbeat.page, name="heartbeat"),
]
