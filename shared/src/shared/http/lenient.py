"""The lenient twin of a request model: every field may be absent, so that rules can judge what is readable."""

from functools import cache, reduce
from operator import or_
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, create_model
from pydantic.fields import FieldInfo

_UNIONS = (Union, type(int | None))
_CONTAINERS = (list, tuple, set, frozenset, dict)


@cache
def lenient(model: type[BaseModel]) -> type[BaseModel]:
    """The twin: the same names, each optional with the model's default or None, at every depth; items may be None."""
    fields: dict[str, Any] = {name: _loosened_field(field) for name, field in model.model_fields.items()}
    config = ConfigDict(frozen=True, extra="ignore", strict=True)
    return create_model(f"Draft{model.__name__}", __config__=config, **fields)


def _loosened_field(field: FieldInfo) -> tuple[Any, FieldInfo]:
    annotation = _with_limits(field.annotation, tuple(field.metadata))
    default: Any = {"default": None} if field.is_required() else {"default": field.default}
    if field.default_factory is not None:
        default = {"default_factory": field.default_factory}
    return annotation | None, Field(**default, alias=field.alias)


def _with_limits(annotation: Any, limits: tuple[Any, ...]) -> Any:
    """A leaf keeps its limits and conversions; a container loses them, since its parts may now be missing."""
    is_leaf = not get_args(annotation) and not _is_model(annotation)
    return Annotated[(annotation, *limits)] if limits and is_leaf else _loosened(annotation)


def _loosened(annotation: Any) -> Any:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if _is_model(annotation):
        return lenient(annotation)
    if origin is Annotated:
        return _with_limits(arguments[0], arguments[1:])
    if origin in _UNIONS:
        return reduce(or_, (_loosened(argument) for argument in arguments))
    if origin in _CONTAINERS:
        parts = [part if part is Ellipsis else _loosened(part) | None for part in arguments]
        return origin[tuple(arguments[:1] + tuple(parts[1:]) if origin is dict else parts)]
    return annotation


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)
