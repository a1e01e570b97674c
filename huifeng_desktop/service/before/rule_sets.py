"""The rule sets an office may choose: the presets that ship, and its own copies of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Protocol

from huifeng_desktop.domain.rule_conflicts import contradictions
from huifeng_desktop.domain.rule_set import RuleSet
from huifeng_desktop.errors import UserProblem

_NAME_LIMIT = 20


class RuleSetStore(Protocol):
    """Where an office's own sets are kept."""

    def read(self) -> tuple[dict[str, RuleSet], list[str]]:
        """What can be read, by key, and a sentence about each that cannot."""
        ...

    def save(self, rule_set: RuleSet) -> None:
        """Keep this set in place of the one of the same key; raises FileProblem."""
        ...

    def remove(self, key: str) -> None:
        """Take the set of this key out; raises FileProblem."""
        ...

    def removed(self) -> set[str]:
        """The keys of sets that were taken out; old meetings may still hold a copy under them."""
        ...


class RuleSets(Mapping[str, RuleSet]):
    """Every set by key, presets first. Presets are never edited; the office's own count their versions."""

    def __init__(self, presets: Mapping[str, RuleSet], store: RuleSetStore | None = None) -> None:
        self._presets, self._store = dict(presets), store
        own, problems = store.read() if store is not None else ({}, [])
        problems += [
            f"{key}.toml：key 是“{key}”，与自带的“{presets[key].name}”相同，没有采用，请换一个。"
            for key in own
            if key in presets
        ]
        self.problems = tuple(problems)
        """A sentence about each file of the office that could not be used."""
        self._own = {key: one for key, one in own.items() if key not in presets}

    def __getitem__(self, key: str) -> RuleSet:
        return self._own[key] if key in self._own else self._presets[key]

    def __iter__(self) -> Iterator[str]:
        return iter((*self._presets, *self._own))

    def __len__(self) -> int:
        return len(self._presets) + len(self._own)

    def is_own(self, key: str) -> bool:
        """Whether the office may edit this set."""
        return key in self._own

    def copy_of(self, rule_set: RuleSet) -> RuleSet:
        """A set to begin with, under a key and a name that are free; nothing is stored yet."""
        taken = set(self._own) | (self._store.removed() if self._store else set())
        number = next(n for n in range(1, len(taken) + 2) if f"own-{n}" not in taken)
        names = {one.name for one in self.values()}
        stem = f"{rule_set.name}（本单位）"
        name = next(
            text for text in (stem, *(f"{stem}{n}" for n in range(2, len(self) + 3))) if text not in names
        )
        return replace(rule_set, key=f"own-{number}", name=name, version=0)

    def save(self, rule_set: RuleSet) -> RuleSet:
        """Check and store the office's set as its next version, and return that.

        Raises UserProblem for a preset, a name that is taken, or switches that contradict each other.
        """
        if self._store is None or rule_set.key in self._presets:
            raise UserProblem("自带的规则不能改，请先“复制并修改”。")
        self._check(rule_set)
        known = self._own.get(rule_set.key)
        stored = replace(rule_set, version=(known.version if known else 0) + 1)
        self._store.save(stored)
        self._own[stored.key] = stored
        return stored

    def own(self) -> list[RuleSet]:
        """The office's own sets."""
        return list(self._own.values())

    def remove(self, key: str) -> RuleSet:
        """Take one of the office's own sets out, and return what it was.

        Whether a meeting still needs it is for `Office.remove_rule_set` to say.
        """
        if self._store is None or key not in self._own:
            raise UserProblem("自带的规则不能删除，只有本单位复制的可以。")
        self._store.remove(key)
        return self._own.pop(key)

    def _check(self, rule_set: RuleSet) -> None:
        name = rule_set.name.strip()
        if not name or len(name) > _NAME_LIMIT:
            raise UserProblem(f"规则名称要写 1 到 {_NAME_LIMIT} 个字，请修改。")
        if any(one.name == name and one.key != rule_set.key for one in self.values()):
            raise UserProblem(f"已有名为“{name}”的规则，请换一个名称。")
        try:
            RuleSet.from_json(rule_set.to_json())
        except ValueError as error:
            raise UserProblem(str(error)) from error
        if found := contradictions(rule_set):
            raise UserProblem(f"{found[0]}请改正其中一项再存。")
