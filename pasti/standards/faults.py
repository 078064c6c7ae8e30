"""Pydantic's errors as sentences an officer can act on, and what is sound despite them."""

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from pasti.standards.tree import Trail, Tree

Details = Mapping[str, Any]
Row = TypeVar("Row", bound=BaseModel)
Parts = Mapping[str, Any]  # the sound values of a file by key; a faulty row of a list is None


def _seen(value: object) -> str:
    if value is None:
        return "kosong"
    if isinstance(value, dict | list):
        return "daftar"
    return f"“{str(value).lower() if isinstance(value, bool) else value}”"


def _unknown(details: Details) -> str:
    expected = str(details["ctx"]["expected"]).replace(" or ", " atau ").replace("'", "")
    return f"{_seen(details['input'])} tidak dikenal; pilih {expected}."


def _must_be(expected: str) -> Callable[[Details], str]:
    return lambda details: f"harus {expected}, bukan {_seen(details['input'])}."


_SENTENCES: dict[str, Callable[[Details], str]] = {
    "missing": lambda _: "tidak ada; wajib diisi.",
    "string_type": _must_be("teks"),
    "string_too_short": lambda _: "kosong; isi dengan teks.",
    "string_pattern_mismatch": lambda d: f"“{d['input']}” tidak berbentuk {d['ctx']['pattern']}.",
    "int_type": _must_be("bilangan bulat"),
    "bool_type": _must_be("true atau false"),
    "enum": _unknown,
    "literal_error": _unknown,
    "greater_than_equal": lambda d: f"{d['input']} terlalu kecil; paling sedikit {d['ctx']['ge']}.",
    "less_than_equal": lambda d: f"{d['input']} terlalu besar; paling banyak {d['ctx']['le']}.",
    "tuple_type": _must_be("sebuah daftar (tiap baris diawali “-”)"),
    "frozen_set_type": _must_be("sebuah daftar"),
    "too_short": lambda _: "daftarnya kosong; isi paling sedikit satu.",
    "dict_type": _must_be("kunci dan nilai"),
    "model_type": _must_be("kunci dan nilai"),
    "value_error": lambda d: str(d["ctx"]["error"]),
}


def sound(tree: Tree, model: type[BaseModel]) -> Parts:
    """The sound values of the tree under `model`, every fault noted; all of them when there is none."""
    if tree.data is None and tree.problems:
        return {}  # not even read
    try:
        whole = model.model_validate(tree.data)
    except ValidationError as error:
        faults = error.errors(include_url=False)
    else:
        return {name: getattr(whole, name) for name in model.model_fields}
    for details in _without_echoes(faults):
        unread = tree.unread and details["type"] == "missing" and len(details["loc"]) == 1
        if not unread:  # it may well stand in the file that could not be read
            _note(tree, details, model)
    return _sound_parts(model, tree.data, faults)


def parts_of(data: object, model: type[BaseModel]) -> Parts:
    """The sound values of a piece of a file, whose faults are noted elsewhere: so that one does not hide another."""
    try:
        whole = model.model_validate(data)
    except ValidationError as error:
        return _sound_parts(model, data, error.errors(include_url=False))
    return {name: getattr(whole, name) for name in model.model_fields}


def rows_of(data: object, model: type[Row]) -> tuple[Row | None, ...]:
    """The rows of a list, None for each that is not sound; none when it is no list."""
    return tuple(_row(item, model) for item in data) if isinstance(data, list) else ()


def _row(item: object, model: type[Row]) -> Row | None:
    try:
        return model.model_validate(item)
    except ValidationError:
        return None


def _sound_parts(model: type[BaseModel], data: object, faults: Sequence[Any]) -> Parts:
    if not isinstance(data, dict):
        return {}
    trails: list[Trail] = [tuple(details["loc"]) for details in faults]
    found = {name: _sound_value(model, name, data, [t[1:] for t in trails if t[:1] == (name,)]) for name in model.model_fields}
    return {name: value for name, value in found.items() if value is not _FAULTY}


_FAULTY = object()


def _sound_value(model: type[BaseModel], name: str, data: Mapping[str, Any], faults: Sequence[Trail]) -> Any:
    info = model.model_fields[name]
    if not faults:
        return _adapter(model, name).validate_python(data[name]) if name in data else info.default
    row, rows = _inner(info.annotation), data.get(name)
    if row is None or not isinstance(rows, list) or not all(trail and isinstance(trail[0], int) for trail in faults):
        return _FAULTY
    faulty = {trail[0] for trail in faults}
    return tuple(None if index in faulty else row.model_validate(item) for index, item in enumerate(rows))


@cache
def _adapter(model: type[BaseModel], name: str) -> TypeAdapter[Any]:
    info = model.model_fields[name]
    kind: Any = Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
    return TypeAdapter(kind)


def _without_echoes(faults: Sequence[Any]) -> list[Details]:
    """The faults, less those that only repeat another: one mistake, one line.

    A missing key that stands there misspelt is not missing; a list whose only row is faulty is not empty.
    """
    trails = {tuple(details["loc"]) for details in faults}
    missing = {tuple(d["loc"]) for d in faults if d["type"] == "missing"}
    for details in faults:
        if details["type"] == "extra_forbidden":
            around = tuple(details["loc"][:-1])
            near = get_close_matches(str(details["loc"][-1]), [str(t[-1]) for t in missing if t[:-1] == around], n=1)
            missing -= {(*around, name) for name in near}

    def repeats(details: Details) -> bool:
        trail = tuple(details["loc"])
        if details["type"] == "too_short":
            return any(len(other) > len(trail) and other[: len(trail)] == trail for other in trails)
        return details["type"] == "missing" and trail not in missing

    return [details for details in faults if not repeats(details)]


def _note(tree: Tree, details: Details, model: type[BaseModel]) -> None:
    trail: Trail = tuple(details["loc"])
    name = ".".join(str(part + 1 if isinstance(part, int) else part) for part in trail if part != "[key]")
    if details["type"] == "extra_forbidden":
        near = get_close_matches(str(trail[-1]), _model_at(model, trail[:-1]).model_fields, n=1)
        message = f"kunci tidak dikenal; maksudnya “{near[0]}”?" if near else "kunci tidak dikenal; hapus kunci itu."
    else:
        sentence = _SENTENCES.get(str(details["type"]))
        message = sentence(details) if sentence else f"tidak sesuai ({details['msg']})."
    tree.problem(trail, f"{name}: {message}" if name else message)


def _model_at(model: type[BaseModel], trail: Trail) -> type[BaseModel]:
    """The model that holds the value at `trail`; the one we know best when the way is lost."""
    for part in trail:
        if isinstance(part, str) and part in model.model_fields:
            model = _inner(model.model_fields[part].annotation) or model
    return model


def _inner(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in getattr(annotation, "__args__", ()) if (found := _inner(part))), None)
