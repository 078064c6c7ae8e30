"""Pydantic's errors as sentences an officer can act on."""

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from pasti.standards.tree import Trail, Tree

Shaped = TypeVar("Shaped", bound=BaseModel)
Details = Mapping[str, Any]


_SENTENCES: dict[str, Callable[[Details], str]] = {
    "missing": lambda _: "tidak ada; wajib diisi.",
    "string_type": lambda d: f"harus teks, bukan {_seen(d['input'])}.",
    "string_too_short": lambda _: "kosong; isi dengan teks.",
    "string_pattern_mismatch": lambda d: f"“{d['input']}” tidak berbentuk {d['ctx']['pattern']}.",
    "int_type": lambda d: f"harus bilangan bulat, bukan {_seen(d['input'])}.",
    "bool_type": lambda d: f"harus true atau false, bukan {_seen(d['input'])}.",
    "enum": lambda d: f"{_seen(d['input'])} tidak dikenal; pilih {_expected(d)}.",
    "literal_error": lambda d: f"{_seen(d['input'])} tidak dikenal; pilih {_expected(d)}.",
    "greater_than_equal": lambda d: f"{d['input']} terlalu kecil; paling sedikit {d['ctx']['ge']}.",
    "tuple_type": lambda d: f"harus sebuah daftar (baris diawali “-”), bukan {_seen(d['input'])}.",
    "frozen_set_type": lambda d: f"harus sebuah daftar, bukan {_seen(d['input'])}.",
    "too_short": lambda _: "daftarnya kosong; isi paling sedikit satu.",
    "dict_type": lambda d: f"harus berisi kunci dan nilai, bukan {_seen(d['input'])}.",
    "model_type": lambda d: f"harus berisi kunci dan nilai, bukan {_seen(d['input'])}.",
    "value_error": lambda d: f"{d['ctx']['error']}",
}


def _seen(value: object) -> str:
    if value is None:
        return "kosong"
    if isinstance(value, dict | list):
        return "daftar"
    return f"“{str(value).lower() if isinstance(value, bool) else value}”"


def _expected(details: Details) -> str:
    return str(details["ctx"]["expected"]).replace(" or ", " atau ").replace("'", "")


def _keys_near(model: type[BaseModel], key: object) -> str:
    near = get_close_matches(str(key), model.model_fields, n=1)
    return f"; maksudnya “{near[0]}”?" if near else "; hapus kunci itu."


def shape(tree: Tree, model: type[Shaped]) -> Shaped | None:
    """The tree's data as `model`, or None with every fault added to the tree's problems."""
    if tree.problems and tree.data is None:
        return None
    try:
        return model.model_validate(tree.data)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            _note(tree, details, model)
        return None


def _note(tree: Tree, details: Details, model: type[BaseModel]) -> None:
    trail: Trail = tuple(details["loc"])
    name = ".".join(str(part + 1 if isinstance(part, int) else part) for part in trail)
    if details["type"] == "extra_forbidden":
        message = f"kunci tidak dikenal{_keys_near(_model_at(model, trail[:-1]), trail[-1])}"
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
