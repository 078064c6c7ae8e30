"""What becomes of a code of an earlier KBLI: a person chooses with a reason, nothing is ever guessed (51.1)."""

from pasti.domain.answers import Answers
from pasti.domain.errors import NotServed, RuleBroken
from pasti.domain.sentence import Sentence
from pasti.domain.standard import Field, FieldKind, KbliChoice, KbliMapping, Standard, Text

CHOICE, WHY = "kbli_choice", "kbli_reason"  # the answers, in the section "business"


def kbli_fields(mapping: KbliMapping | None) -> tuple[Field, ...]:
    """What a business whose NIB still has the earlier code is asked: which it is now, and why."""
    if mapping is None:
        return ()
    only_when = ("kbli", mapping.code)
    choices = tuple((c.code, _label(c)) for c in mapping.choices)
    return (
        Field(
            name=CHOICE,
            label=Text(id=Sentence("Hasil produksi utama Anda, menurut KBLI yang baru")),
            kind=FieldKind.CHOICE,
            choices=choices,
            only_when=only_when,
        ),
        Field(
            name=WHY,
            label=Text(id=Sentence("Mengapa Anda memilih itu")),
            kind=FieldKind.PARAGRAPH,
            help=Text(id=Sentence("Sebut barang yang Anda buat. Petugas membacanya; alasan ini disimpan pada berkas.")),
            only_when=only_when,
        ),
    )


def _label(choice: KbliChoice) -> Text:
    return Text(id=f"{choice.when.id} (KBLI {choice.code})", en=f"{choice.when.in_language('en')} (KBLI {choice.code})")


def require_kbli(standard: Standard, business: Answers) -> None:
    """Raise NotServed when the business's code, or what a person chose for its earlier one, is not this standard's (51.1)."""
    code, mapping = business.get("kbli"), standard.kbli_mapping
    if not code or code == standard.kbli:
        return
    if mapping is None or code != mapping.code:
        raise NotServed(
            standard.cite("1"),
            "Standar ini untuk KBLI {expected}, sedangkan NIB Anda mencantumkan {kbli}. {refer_to}",
            expected=standard.kbli,
            kbli=code,
            refer_to=Sentence("Pilih standar pelayanan yang sesuai KBLI Anda, atau tanyakan di meja informasi."),
        )
    if business.get(CHOICE) in ("", None, standard.kbli):
        return
    chosen = choice_of(mapping, str(business[CHOICE]), standard)
    raise NotServed(
        standard.cite("1"),
        "Menurut pilihan Anda, usaha ini sekarang masuk KBLI {code} ({title}), bukan standar ini. {refer_to}",
        code=chosen.code,
        title=chosen.title,
        refer_to=chosen.refer_to or "",
    )


def choice_of(mapping: KbliMapping, code: str, standard: Standard) -> KbliChoice:
    """The choice with that code; RuleBroken when the mapping has none."""
    found = next((c for c in mapping.choices if c.code == code), None)
    if found is None:
        codes = ", ".join(c.code for c in mapping.choices)
        raise RuleBroken(standard.cite("1"), "Pilih salah satu KBLI {later}: {codes}.", later=mapping.later, codes=codes)
    return found


def kept_choice(standard: Standard, business: Answers) -> Answers:
    """What an officer chose for a case whose own edition does not ask it, to be kept when the section is written anew (51.1)."""
    return {name: business[name] for name in (CHOICE, WHY) if name in business} if standard.kbli_later else {}
