"""Rule sets as TOML files: the presets that ship, and later an office's own."""

from __future__ import annotations

import tomllib
from pathlib import Path

from huifeng_desktop.domain.rule_set import RuleSet
from huifeng_desktop.errors import FileProblem

ORDER = ("statistics", "ladder", "points", "ladder-points", "statutory")


def read_rule_sets(folder: Path) -> dict[str, RuleSet]:
    """Every rule set in the folder by key, the presets first in their usual order.

    Raises FileProblem naming the file, and where it can the key and the allowed values.
    """
    found = [read_rule_set(path) for path in sorted(folder.glob("*.toml"))]
    rank = {key: index for index, key in enumerate(ORDER)}
    return {one.key: one for one in sorted(found, key=lambda one: (rank.get(one.key, len(rank)), one.key))}


def read_rule_set(path: Path) -> RuleSet:
    """One rule set."""
    try:
        with path.open("rb") as file:
            return RuleSet.from_json(tomllib.load(file))
    except tomllib.TOMLDecodeError as error:
        raise FileProblem(f"考勤规则文件 {path.name} 写法有误（{error}），请改正或恢复原文件。") from error
    except (OSError, UnicodeDecodeError) as error:
        raise FileProblem(f"考勤规则文件 {path.name} 读不出来，请检查文件或恢复原文件。") from error
    except ValueError as error:
        raise FileProblem(f"{path.name}：{error}") from error
