"""What a rehearsal came to, held against the figures that the scenario expects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huifeng_desktop.rehearsal.scenario import Scenario
from huifeng_desktop.rules.speaking import SpeakingRow, SpeakingTotals, speaking_totals
from huifeng_desktop.rules.totals import Totals
from huifeng_desktop.wording import minutes_seconds


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of the played meeting, and what was left where."""

    folder: Path
    totals: Totals
    counted: int
    speaking: SpeakingTotals
    over_limit: Sequence[int]
    expected: Mapping[str, Any]
    files: Sequence[Path]
    pictures: Sequence[Path]
    chains_ok: bool

    @property
    def figures(self) -> dict[str, Any]:
        """Every figure that the scenario names."""
        return self.totals.to_json() | {
            "counted": self.counted,
            "reports_planned": minutes_seconds(self.speaking.reports_planned_s),
            "reports_spoken": minutes_seconds(self.speaking.reports_spoken_s),
            "over_limit": list(self.over_limit),
        }

    @property
    def differences(self) -> list[str]:
        """Figures that are not as expected."""
        figures = self.figures
        return [
            f"{key}：应为 {wanted}，实为 {figures.get(key)}"
            for key, wanted in self.expected.items()
            if figures.get(key) != wanted
        ]

    @property
    def as_expected(self) -> bool:
        """Whether every figure is right and every chain whole."""
        return self.chains_ok and self.totals.identity_holds and not self.differences

    def to_json(self) -> dict[str, Any]:
        """One document with figures and files."""
        return {
            "folder": str(self.folder),
            "ok": self.as_expected,
            "figures": self.figures,
            "differences": self.differences,
            "files": [str(file) for file in self.files],
            "pictures": [str(file) for file in self.pictures],
        }

    def lines(self) -> list[str]:
        """For a person in a terminal."""
        one, spoken = self.totals, self.speaking
        parts = (one.in_person, one.approved_deputy, one.unapproved_substitute, one.on_leave, one.absent)
        names = ("本人", "准予代会", "擅自替会", "请假", "缺席")
        sums = " + ".join(f"{name} {number}" for name, number in zip(names, parts, strict=True))
        said = minutes_seconds(spoken.reports_spoken_s), minutes_seconds(spoken.reports_planned_s)
        found = "数字与剧本一致，记录完好。" if self.as_expected else "；".join(self.differences)
        return [
            f"应到 {one.expected} = {sums}",
            f"实到 {one.present}，到会率 {one.attendance_rate}，本人到会率 {one.in_person_rate}",
            f"汇报实际 {said[0]}，计划 {said[1]}；超时 {spoken.over_count} 项",
            found or "记录不完整，请用 verify 检查。",
            f"材料、画面和数据都在：{self.folder}",
            *(f"  {file.relative_to(self.folder)}" for file in (*self.files, *self.pictures)),
        ]


def make_report(
    folder: Path,
    scenario: Scenario,
    totals: Totals,
    counted: int,
    rows: Sequence[SpeakingRow],
    files: Sequence[Path],
    pictures: Sequence[Path],
    chains_ok: bool,
) -> Report:
    """Gather the figures of a meeting that was played to its end."""
    over = [row.seq for row in rows if row.over_s]
    totals_spoken = speaking_totals(rows)
    return Report(folder, totals, counted, totals_spoken, over, scenario.expected, files, pictures, chains_ok)
