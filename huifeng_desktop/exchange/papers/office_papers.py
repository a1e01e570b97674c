"""The papers of one meeting, made and put into a folder: the `Papers` port."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from huifeng_desktop.errors import UserProblem
from huifeng_desktop.exchange.papers.making import PAPERS, Ledgers, Maker, Workshop, is_wanted
from huifeng_desktop.exchange.papers.parts import parts_of, reprinted
from huifeng_desktop.exchange.papers.setting.glyphs import glyph_warnings
from huifeng_desktop.exchange.papers.setting.paper import PAPER_NAME, PaperKind
from huifeng_desktop.exchange.papers.setting.storing import make_folder, put_files
from huifeng_desktop.exchange.papers.slip import slip_page
from huifeng_desktop.paths import safe_file_name
from huifeng_desktop.service.printed.choices import ExportStopped, PaperOptions, PaperPart, Progress
from huifeng_desktop.service.printed.marks import Page, PdfPrinter
from huifeng_desktop.service.session import MeetingSession

FORMATS = ("xlsx", "docx", "pdf", "csv")
_TITLE_LIMIT = 48
_Job = tuple[PaperKind, str, Maker]


class OfficePapers:
    """Every paper in the formats that suit it; an earlier export of the same meeting is replaced.

    Without a `printer` there are no PDFs. `ledgers` gives the year behind 拟处理建议; without it
    this meeting stands alone.
    """

    def __init__(self, printer: PdfPrinter | None = None, ledgers: Ledgers | None = None) -> None:
        self._printer = printer
        self._ledgers = ledgers

    def export(
        self,
        session: MeetingSession,
        out: Path,
        only: str | None = None,
        *,
        options: PaperOptions | None = None,
        progress: Progress | None = None,
    ) -> list[Path]:
        """Write every paper into `out`, in one format if `only` names it; returns the files.

        Raises UserProblem for an unknown format, FileProblem if a file cannot be written,
        ExportStopped if `progress` says so.
        """
        if only is not None and only not in FORMATS:
            raise UserProblem(f"没有“{only}”这种格式，可以导出 {'、'.join(FORMATS)}。")
        session.catch_up()
        jobs = self._jobs(session, only)
        workshop = self._workshop(session, options)
        contents: dict[Path, bytes] = {}
        for done, (kind, suffix, make) in enumerate(jobs):
            _go_on(progress, done, len(jobs), PAPER_NAME[kind])
            contents[out / file_name(session, kind, suffix)] = make(workshop)
        _go_on(progress, len(jobs), len(jobs), "")
        make_folder(out)
        return put_files(contents)

    def export_one(
        self,
        session: MeetingSession,
        paper: str,
        target: Path,
        *,
        suffix: str = "",
        options: PaperOptions | None = None,
        progress: Progress | None = None,
    ) -> Path:
        """Write one paper to `target`, in the format of its ending.

        A folder, or a name without an ending, takes the paper under its usual name and in the
        format of `suffix`, or else the one that suits it best.
        """
        kind = _kind_of(paper)
        makers = self._makers(kind)
        named = target.suffix.removeprefix(".").lower()
        if target.is_dir() or not named:
            suffix = suffix or next(iter(makers), "")
            target = target / file_name(session, kind, suffix)
        else:
            suffix = named
        if suffix not in makers:
            offered = "、".join(makers) or "（本机不能打印 PDF）"
            raise UserProblem(f"“{PAPER_NAME[kind]}”不能导出为“{suffix}”格式，可以导出 {offered}。")
        session.catch_up()
        _go_on(progress, 0, 1, PAPER_NAME[kind])
        content = makers[suffix](self._workshop(session, options))
        _go_on(progress, 1, 1, "")
        make_folder(target.parent)
        return put_files({target: content})[0]

    def slip(self, session: MeetingSession) -> Page:
        """到会情况 as of now."""
        session.catch_up()
        return slip_page(session)

    def wanted(self, session: MeetingSession, only: str | None = None) -> list[str]:
        """The papers that `export` makes now, by their names."""
        return list(dict.fromkeys(kind.value for kind, _, _ in self._jobs(session, only)))

    def parts(
        self, session: MeetingSession, paper: str, options: PaperOptions | None = None
    ) -> list[PaperPart]:
        """The pages or cards of a paper as they would be printed now."""
        return parts_of(_kind_of(paper), self._workshop(session, options))

    def export_parts(
        self,
        session: MeetingSession,
        keys: Mapping[str, Collection[str]],
        folder: Path,
        *,
        options: Mapping[str, PaperOptions] | None = None,
        progress: Progress | None = None,
    ) -> list[Path]:
        """Write only these parts of these papers into `folder`, all or none; a file for each paper."""
        session.catch_up()
        contents: dict[Path, bytes] = {}
        for done, (paper, wanted) in enumerate(keys.items()):
            kind = _kind_of(paper)
            _go_on(progress, done, len(keys), PAPER_NAME[kind])
            workshop = self._workshop(session, (options or {}).get(paper))
            content = reprinted(kind, workshop, wanted)
            named = _part_words([one for one in parts_of(kind, workshop) if one.key in wanted])
            contents[folder / file_name(session, kind, "pdf", named)] = content
        _go_on(progress, len(keys), len(keys), "")
        make_folder(folder)
        return put_files(contents)

    def warnings(self, session: MeetingSession, options: PaperOptions | None = None) -> list[str]:
        """Sentences about characters of names that the fonts of the papers lack."""
        if self._printer is None:
            return []
        return glyph_warnings(session.state, self._printer, options or PaperOptions())

    def _workshop(self, session: MeetingSession, options: PaperOptions | None) -> Workshop:
        return Workshop(session, options or PaperOptions(), self._printer, self._ledgers)

    def _makers(self, kind: PaperKind) -> Mapping[str, Maker]:
        """The formats that can be made here: PDF and charts want somebody who draws."""
        drawn = kind is PaperKind.CHARTS
        return {
            suffix: make
            for suffix, make in PAPERS[kind].items()
            if self._printer is not None or not (drawn or suffix == "pdf")
        }

    def _jobs(self, session: MeetingSession, only: str | None) -> list[_Job]:
        kinds = [kind for kind in PAPERS if is_wanted(kind, session)]
        return [
            (kind, suffix, self._makers(kind)[suffix])
            for suffix in FORMATS
            if only in (None, suffix)
            for kind in kinds
            if suffix in self._makers(kind)
        ]


def _kind_of(paper: str) -> PaperKind:
    if paper not in set(PaperKind):
        raise UserProblem(f"没有名为“{paper}”的材料，可导出的有：{'、'.join(PAPER_NAME.values())}。")
    return PaperKind(paper)


def _go_on(progress: Progress | None, done: int, of: int, name: str) -> None:
    if progress is not None and not progress(done, of, name):
        raise ExportStopped


def file_name(session: MeetingSession, kind: PaperKind, suffix: str, part: str = "") -> str:
    """Title, day and hour, paper: two meetings of one title do not overwrite each other."""
    title = safe_file_name(session.plan.title, _TITLE_LIMIT)
    start = session.plan.start.astimezone()
    named = f"{PAPER_NAME[kind]}_{safe_file_name(part, _TITLE_LIMIT)}" if part else PAPER_NAME[kind]
    return f"{title}_{start:%Y%m%d-%H%M}_{named}.{suffix}"


def _part_words(parts: Sequence[PaperPart]) -> str:
    """重印, and what: one part by its own name, several by their number."""
    return f"重印 {parts[0].label}" if len(parts) == 1 else f"重印 {len(parts)} 张"
