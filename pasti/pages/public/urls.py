"""The addresses of the public pages."""

from django.urls import path, re_path

from pasti.pages.public import (
    book,
    certificate,
    complaints,
    files,
    home,
    inspection,
    intake,
    requirement,
    standard,
    submission,
    suitability,
    tracking,
)

DRAFT = "ajukan/berkas/<uuid:id>/"
CODE = r"(?P<token>[A-Za-z0-9_-]{16,32})"

urlpatterns = [
    path("", home.home, name="home"),
    path("standar/", standard.entries, name="standards"),
    path("standar/<slug:entry>/", standard.page, name="standard"),
    path("standar/<slug:entry>/untuk-saya/", suitability.suitability, name="suitability"),
    path("ajukan/", intake.choose, name="apply"),
    path(DRAFT, intake.tasks, name="draft"),
    path(f"{DRAFT}syarat/", intake.requirements, name="requirements"),
    path(f"{DRAFT}syarat/<str:clause>/", requirement.requirement, name="requirement"),
    path(f"{DRAFT}periksa/", submission.check, name="check"),
    path(f"{DRAFT}<slug:path>/", intake.section, name="section"),
    path("ajukan/<slug:entry>/", intake.begin, name="begin"),
    path("permohonan/", tracking.mine, name="my_applications"),
    path("permohonan/<uuid:id>/", tracking.application, name="application"),
    path("permohonan/<uuid:id>/tanda-terima/", submission.receipt, name="receipt"),
    path("permohonan/<uuid:id>/jawab/", tracking.answer, name="answer"),
    path("permohonan/<uuid:id>/tarik/", tracking.withdraw, name="withdraw"),
    path("permohonan/<uuid:id>/peninjauan/", inspection.answer, name="visit"),
    path("permohonan/<uuid:id>/berita-acara/", inspection.minutes, name="own_minutes"),
    path("peninjauan/<uuid:id>/foto/<slug:sha256>/", inspection.picture, name="own_picture"),
    path("berkas/<uuid:id>/", files.evidence, name="evidence"),
    path("lacak/", tracking.lookup, name="track"),
    path("lacak/<str:number>/", tracking.tracked, name="tracked"),
    path("v/", certificate.verify, name="verify"),
    path("v/akar.pem", certificate.root_certificate, name="root_certificate"),
    re_path(rf"^v/{CODE}/sertifikat\.pdf$", certificate.download, name="certificate_file"),
    re_path(rf"^v/{CODE}/?$", certificate.page, name="certificate"),
    path("buku/", book.page, name="book"),
    path("buku/akar.json", book.as_json, name="book_json"),
    path(".well-known/pasti-keys.json", certificate.public_keys, name="public_keys"),
    path("pengaduan/", complaints.complain, name="complain"),
]
