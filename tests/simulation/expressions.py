"""What a condition or value of SQLAlchemy Core means for a row in memory: only the words the backbone uses."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Column, ColumnElement, Function, Null
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import BinaryExpression, BooleanClauseList


def value_of(expression: Any, row: Mapping[str, Any], now: datetime) -> Any:
    """What the expression is for this row now. Raises NotImplementedError for words it does not know."""
    match expression:
        case BindParameter():
            return expression.value
        case Column():
            return row[expression.name]
        case Null():
            return None
        case Function(name="now"):
            return now
        case BooleanClauseList() if expression.operator is operators.and_:
            return all(value_of(clause, row, now) for clause in expression.clauses)
        case BinaryExpression():
            left, right = value_of(expression.left, row, now), value_of(expression.right, row, now)
            return _combined(expression, left, right)
    raise NotImplementedError(f"{type(expression).__name__}: {expression}")


def _combined(expression: BinaryExpression[Any], left: Any, right: Any) -> Any:
    if expression.operator is operators.is_:
        return left is right
    if expression.operator is operators.in_op:
        return left in right
    if left is None or right is None:
        return None
    return expression.operator(left, right)


def holds(conditions: ColumnElement[bool] | None, row: Mapping[str, Any], now: datetime) -> bool:
    """Whether a row fulfils a condition; without one, every row does."""
    return conditions is None or bool(value_of(conditions, row, now))
