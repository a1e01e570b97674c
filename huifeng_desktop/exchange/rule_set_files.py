"""Rule sets as TOML files: the presets that ship, and an office's own."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from huifeng_desktop.domain.rule_conflicts import contradictions
from huifeng_desktop.domain.rule_set import RuleSet
from huifeng_desktop.errors import FileProblem
from huifeng_desktop.paths import os_error_reason, os_error_remedy

ORDER = ("statistics", "ladder", "points", "ladder-points", "statutory")
_DELETED = ".deleted"


def read_rule_sets(folder: Path) -> dict[str, RuleSet]:
    """Every rule set in the folder by key, the presets first in their usual order.

    Raises FileProblem naming the file, and where it can the key and the allowed values.
    """
    return _in_order([read_rule_set(path) for path in sorted(folder.glob("*.toml"))])


def _in_order(found: list[RuleSet]) -> dict[str, RuleSet]:
    rank = {key: index for index, key in enumerate(ORDER)}
    return {one.key: one for one in sorted(found, key=lambda one: (rank.get(one.key, len(rank)), one.key))}


def read_rule_set(path: Path) -> RuleSet:
    """One rule set; raises FileProblem, also where its switches contradict each other."""
    try:
        with path.open("rb") as file:
            rule_set = RuleSet.from_json(tomllib.load(file))
    except tomllib.TOMLDecodeError as error:
        raise FileProblem(f"考勤规则文件 {path.name} 写法有误（{error}），请改正或恢复原文件。") from error
    except (OSError, UnicodeDecodeError) as error:
        raise FileProblem(f"考勤规则文件 {path.name} 读不出来，请检查文件或恢复原文件。") from error
    except ValueError as error:
        raise FileProblem(f"{path.name}：{error}") from error
    if found := contradictions(rule_set):
        raise FileProblem(f"{path.name}：{found[0]}请改正其中一项。")
    return rule_set


class OwnRuleSets:
    """The folder in which an office keeps its own rule sets. One bad file does not hide the others."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self) -> tuple[dict[str, RuleSet], list[str]]:
        """What can be read, by key, and a sentence about each file that cannot."""
        found: list[RuleSet] = []
        problems: list[str] = []
        for path in sorted(self._folder.glob("*.toml")):
            try:
                found.append(read_rule_set(path))
            except FileProblem as problem:
                problems.append(str(problem))
        return _in_order(found), problems

    def save(self, rule_set: RuleSet) -> None:
        """Write the set to a file named by its key, whole or not at all; raises FileProblem."""
        target = self._folder / f"{rule_set.key}.toml"
        part = target.with_suffix(".part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with part.open("w", encoding="utf-8", newline="\n") as file:
                file.write(toml_text(rule_set))
                file.flush()
                os.fsync(file.fileno())
            part.replace(target)
        except OSError as error:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise FileProblem(
                f"考勤规则没有存入 {target.name}：{os_error_reason(error)}，{os_error_remedy(error)}。"
            ) from error

    def remove(self, key: str) -> None:
        """Put the set away as `KEY.deleted`, so that no other set gets its key; raises FileProblem."""
        for path in self._of_key(key):
            try:
                path.replace(self._folder / f"{key}{_DELETED}")
            except OSError as error:
                raise FileProblem(
                    f"考勤规则 {path.name} 没有删掉：{os_error_reason(error)}，{os_error_remedy(error)}。"
                ) from error

    def removed(self) -> set[str]:
        """The keys of sets that were taken out."""
        return {path.stem for path in self._folder.glob(f"*{_DELETED}")}

    def _of_key(self, key: str) -> list[Path]:
        """The files that hold the set of this key, whatever they are called."""
        found = []
        for path in self._folder.glob("*.toml"):
            with suppress(FileProblem):
                if read_rule_set(path).key == key:
                    found.append(path)
        return found


def toml_text(rule_set: RuleSet) -> str:
    """The set as TOML that reads back the same; switches that are not used are left out."""
    plain = rule_set.to_json()
    lines = [f"# {rule_set.name}，第 {rule_set.version} 版。在“考勤规则”里修改，或改好后重开程序。"]
    tables: list[str] = []
    for key, value in plain.items():
        if value is None:
            continue
        if isinstance(value, Mapping):
            tables += ["", f"[{key}]", *(f"{name} = {_toml(one)}" for name, one in value.items())]
        else:
            lines.append(f"{key} = {_toml(value)}")
    return "\n".join([*lines, *tables, ""])


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, list | tuple):
        return f"[{', '.join(_toml(one) for one in value)}]"
    return repr(value)
