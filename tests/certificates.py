"""A certificate to test with: believable, of nobody."""

from dataclasses import replace
from datetime import date

from pasti.domain.certificate import CertificateData, Letterhead, Signatory

USUAL = CertificateData(
    number="SS-51/0012/DPMPTSP/I/2027",
    entry="51",
    edition=date(2022, 1, 3),
    title="Sertifikat Standar",
    standard_title="Sertifikat Standar (Risiko Menengah Tinggi) KBLI 26792",
    letterhead=Letterhead(
        government="Pemerintah Kabupaten Purwakarta",
        office="Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu",
        address="Jalan Veteran Nomor 139, Kelurahan Nagrikaler, Kecamatan Purwakarta, Kabupaten Purwakarta, Jawa Barat 41115",
        contact="Telepon (0264) 8224794 · www.dpmpptsp.purwakartakab.go.id",
    ),
    holder="CV Lensa Jaya Purwakarta",
    nib="1234567890123",
    kbli="26792",
    kbli_version="2020",
    kbli_title="Industri Teropong dan Instrumen Optik Bukan Kaca Mata",
    risk="Menengah tinggi",
    scale="Kecil",
    address="Kawasan Industri Kota Bukit Indah, Blok D II Nomor 8, Desa Dangdeur",
    district="Bungursari",
    estate="Kawasan Industri Kota Bukit Indah",
    issued_on=date(2027, 1, 7),
    issued_in="Purwakarta",
    signatory=Signatory(
        name="Drs. Contoh Pejabat, M.Si.",
        title="Kepala Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu",
        nip="197001011995031001",
        on_behalf_of="a.n. Bupati Purwakarta",
    ),
    legal_bases=(
        "Undang-Undang Nomor 11 Tahun 2020 tentang Cipta Kerja",
        "Peraturan Pemerintah Nomor 5 Tahun 2021 tentang Penyelenggaraan Perizinan Berusaha Berbasis Risiko",
        "Peraturan Pemerintah Nomor 6 Tahun 2021 tentang Penyelenggaraan Perizinan Berusaha di Daerah",
        "Peraturan BKPM Nomor 3 Tahun 2021 tentang Sistem Perizinan Berusaha Berbasis Risiko Terintegrasi Secara Elektronik",
        "Peraturan BKPM Nomor 4 Tahun 2021 tentang Pedoman dan Tata Cara Pelayanan Perizinan Berusaha Berbasis Risiko",
        "Peraturan Menteri Perindustrian Nomor 9 Tahun 2021 tentang Standar Kegiatan Usaha dan/atau Produk",
    ),
    case_number="PB-2026-0412",
    product="Nomor Induk Berusaha dan Sertifikat Standar terverifikasi dengan tanda tangan elektronik",
    duties=(
        "Memiliki perizinan berusaha untuk menunjang kegiatan usaha yang diperlukan sebelum kegiatan penunjang itu dijalankan.",
        "Menyampaikan data industri secara berkala melalui Sistem Informasi Industri Nasional.",
    ),
    free_of_charge="Layanan ini gratis. Tidak ada biaya yang boleh dipungut dalam bentuk apa pun.",
    verify_url="https://pasti.purwakartakab.go.id/v/Ab3dEf6hIj9kLm2n",
    notes=("Susunan langkah layanan memakai klasifikasi sementara, sampai Lampiran IV tersedia.",),
)


def a_certificate(**changes: object) -> CertificateData:
    """The usual certificate, with what matters changed."""
    return replace(USUAL, **changes)  # type: ignore[arg-type]  # a test names fields of the value
