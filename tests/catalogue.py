"""The English catalogue and the sources it translates: what is said in them, kept in step by bin/messages (DESIGN "Words").

Sentences stand in three kinds of places: in templates, in Django's translation calls of the pages, and in the words of the
rules (RuleBroken, Sentence and their kin), which know no Django. All are read as text; nothing is imported or run.
"""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[1] / "pasti"
PO = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
OWN_WORDS = ROOT / "locale" / "id" / "LC_MESSAGES" / "django.po"  # what packages say in Indonesian, in our words
HEADER = {
    "Language": "en",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
# Layers whose words reach a page. Commands speak Indonesian, and so do letters.
SPEAKING = (
    "domain",
    "queries",
    "actions",
    "adapters/store",
    "adapters/pdf",
    "adapters/sheets",
    "adapters/email",
    "adapters/messages",
    "pages",
    "config",
)
# Which argument of a call is said: by the name it is called by.
ARGUMENTS = {
    **dict.fromkeys(("gettext", "gettext_lazy", "_", "say", "Sentence", "Overtaken"), 0),
    **dict.fromkeys(("RuleBroken", "KeyTaken", "NotAllowed", "NotServed", "_field"), 1),
    "field_problem": 2,
}
CALL = re.compile(r"""\b(n?p?gettext)\(((?:\s*u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\s*,?)+)""")

Names = Mapping[str, Sequence[ast.expr]]
Key = tuple[str, str]  # context ("" for none), sentence


@dataclass
class Message:
    """One sentence of the sources: its plural, when it counts something, and the files that say it."""

    plural: str = ""
    places: set[str] = field(default_factory=set)


class Unreadable(Exception):
    """A sentence that is put together where it is said cannot be looked up; `file:line`."""


def messages() -> dict[Key, Message]:
    """Every sentence of the sources."""
    found: dict[Key, Message] = {}
    for place, context, sentence, plural in (*_in_templates(), *_in_python()):
        message = found.setdefault((context, sentence), Message())
        message.plural = message.plural or plural
        message.places.add(place)
    return found


def _in_templates() -> Iterator[tuple[str, str, str, str]]:
    for file in sorted((ROOT / "templates").rglob("*.html")):
        for call in CALL.finditer(templatize(file.read_text())):
            words = [str(word) for word in ast.literal_eval(f"({call[2].rstrip(', ')},)")]
            context = words.pop(0) if "p" in call[1].removesuffix("gettext") else ""
            yield str(file.relative_to(ROOT)), context, words[0], words[1] if call[1].startswith("n") else ""


def _in_python() -> Iterator[tuple[str, str, str, str]]:
    for folder in SPEAKING:
        for file in sorted((ROOT / folder).rglob("*.py")):
            place, tree = str(file.relative_to(ROOT)), ast.parse(file.read_text())
            for scope in (n for n in ast.walk(tree) if isinstance(n, ast.Module | ast.FunctionDef)):
                for node in _own(scope):
                    if isinstance(node, ast.Call):
                        yield from ((place, *words) for words in _said(node, _names(scope), place))


def _own(scope: ast.AST) -> Iterator[ast.AST]:
    """What stands in a module or function itself, not in a function inside it."""
    for child in ast.iter_child_nodes(scope):
        yield child
        if not isinstance(child, ast.FunctionDef):
            yield from _own(child)


def _names(scope: ast.AST) -> Names:
    """The values given to plain names, so that a long sentence may have a name, and the next one the same."""
    found: dict[str, list[ast.expr]] = defaultdict(list)
    for node in _own(scope):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found[node.targets[0].id].append(node.value)
    return found


def _said(call: ast.Call, names: Names, place: str) -> Iterator[tuple[str, str, str]]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else call.func.id if isinstance(call.func, ast.Name) else ""
    where = f"{place}:{call.lineno}"
    if name in ARGUMENTS and len(call.args) > ARGUMENTS[name]:
        yield from (("", words, "") for words in _words(call.args[ARGUMENTS[name]], names, where))
    if name == "ngettext":
        yield "", *(next(_words(each, names, where)) for each in call.args[:2])
    if name == "pgettext":
        context, words = (next(_words(each, names, where)) for each in call.args[:2])
        yield context, words, ""
    if name == "_field":  # the form's own questions: their help
        yield from (("", w, "") for k in call.keywords if k.arg == "help" for w in _words(k.value, names, where))
    if name == "_choices":  # and their answers
        pairs = [each for each in call.args if isinstance(each, ast.Tuple)]
        yield from (("", w, "") for pair in pairs for w in _words(pair.elts[1], names, where))


def _words(value: ast.expr, names: Names, where: str) -> Iterator[str]:
    """The sentence or sentences an argument may be; nothing for one that is passed on from elsewhere."""
    if isinstance(value, ast.JoinedStr | ast.BinOp):
        raise Unreadable(where)
    if isinstance(value, ast.IfExp):
        yield from _words(value.body, names, where)
        yield from _words(value.orelse, names, where)
    elif isinstance(value, ast.Name) and value.id in names:
        for each in names[value.id]:
            yield from _words(each, {}, where)
    elif isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value


def read() -> polib.POFile:
    """The catalogue as it is on disk; an empty one before the first time."""
    catalogue = polib.pofile(str(PO), wrapwidth=120) if PO.exists() else polib.POFile(wrapwidth=120)
    catalogue.metadata = HEADER
    return catalogue


def update() -> polib.POFile:
    """The catalogue with what the sources say now: new sentences untranslated, those no longer said left out."""
    found, catalogue = messages(), read()
    known = {(entry.msgctxt or "", entry.msgid): entry for entry in catalogue}
    catalogue.clear()
    for (context, sentence), message in sorted(found.items(), key=lambda item: (min(item[1].places), item[0])):
        entry = known.get((context, sentence)) or polib.POEntry(msgid=sentence, msgctxt=context or None)
        entry.msgid_plural, entry.occurrences = message.plural, [(place, "") for place in sorted(message.places)]
        if message.plural and not entry.msgstr_plural:
            entry.msgstr_plural = {0: "", 1: ""}
        catalogue.append(entry)
    return catalogue


def main() -> int:
    """Bring the catalogue and the compiled forms up to date; 1 while something is untranslated."""
    catalogue = update()
    PO.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(PO))
    PO.with_suffix(".mo").write_bytes(catalogue.to_binary())
    OWN_WORDS.with_suffix(".mo").write_bytes(polib.pofile(str(OWN_WORDS)).to_binary())
    for entry in catalogue.untranslated_entries():
        print(f"belum diterjemahkan: {entry.msgid}")  # noqa: T201  # it is a command
    return 1 if catalogue.untranslated_entries() else 0


if __name__ == "__main__":
    sys.exit(main())
