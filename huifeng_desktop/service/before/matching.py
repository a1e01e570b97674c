"""Finding the person whom a row of a file means: by name (spaces, width and dots ignored) and unit."""

from __future__ import annotations

from collections.abc import Iterable

from huifeng_desktop.domain.imported import ProblemCode, RowProblem
from huifeng_desktop.domain.people import Category, Seat, name_key, unit_key


class PeopleIndex:
    """The roster by name. `find` gives a seat or the problem that stands against it."""

    def __init__(self, seats: Iterable[Seat]) -> None:
        self._by_name: dict[str, list[Seat]] = {}
        for seat in seats:
            if seat.category is not Category.VACANT:
                self._by_name.setdefault(name_key(seat.name), []).append(seat)

    def find(self, row: int, name: str, unit: str) -> Seat | RowProblem:
        """The one seat that fits; of a person's two posts at one unit, the first."""
        alike = self._by_name.get(name_key(name), [])
        fitting = [seat for seat in alike if not unit or unit_key(seat.unit) == unit_key(unit)]
        if len({seat.person_id for seat in fitting}) == 1:
            return fitting[0]
        where = "、".join(f"{seat.unit}{seat.post}" for seat in (fitting or alike)[:3])
        if len(fitting) > 1:
            text = f"“{name}”在名单里有 {len(fitting)} 人（{where}），请写明单位。"
            return RowProblem(row, "姓名", name, ProblemCode.AMBIGUOUS_PERSON, text)
        if alike:
            text = f"名单里的“{name}”不在{unit}（在 {where}），请核对单位。"
            return RowProblem(row, "单位", unit, ProblemCode.UNKNOWN_PERSON, text)
        text = f"名单里没有“{name}”，请核对姓名，或先加入名单。"
        return RowProblem(row, "姓名", name, ProblemCode.UNKNOWN_PERSON, text)
