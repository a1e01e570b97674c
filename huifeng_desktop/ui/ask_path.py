"""Asking for a file or a folder: the system's own dialog where there is one, else Qt's, all in Chinese."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDir, QStandardPaths
from PySide6.QtWidgets import QApplication, QFileDialog

_LABELS = {
    QFileDialog.DialogLabel.LookIn: "位置：",
    QFileDialog.DialogLabel.FileName: "名称：",
    QFileDialog.DialogLabel.FileType: "类型：",
    QFileDialog.DialogLabel.Reject: "取消",
}


def ask_file(title: str, kinds: str) -> Path | None:
    """A file that is there; `kinds` is Qt's filter. None if the user thought better of it."""
    dialog = _dialog(title, "打开")
    dialog.setNameFilter(kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _chosen(dialog)


def ask_folder(title: str, start: str = "") -> Path | None:
    """A folder, looking first at `start`."""
    dialog = _dialog(title, "选定")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    if start and QDir(start).exists():
        dialog.setDirectory(start)
    return _chosen(dialog)


def ask_target(title: str, name: str, kinds: str) -> Path | None:
    """Where to write a new file, `name` being proposed; the chosen kind gives the ending."""
    dialog = _dialog(title, "保存")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(kinds)
    dialog.selectFile(name)
    dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(kind.rpartition("*.")[2].rstrip(")")))
    dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
    return _chosen(dialog)


def _dialog(title: str, accept: str) -> QFileDialog:
    dialog = QFileDialog(QApplication.activeWindow(), title)
    dialog.setViewMode(QFileDialog.ViewMode.List)
    for label, words in {**_LABELS, QFileDialog.DialogLabel.Accept: accept}.items():
        dialog.setLabelText(label, QCoreApplication.translate("ask_path", words))
    if dialog.directory() == QDir.current():  # the first time; later Qt remembers where it was
        place = QStandardPaths.StandardLocation.DesktopLocation
        dialog.setDirectory(QStandardPaths.writableLocation(place))
    return dialog


def _chosen(dialog: QFileDialog) -> Path | None:
    accepted, files = dialog.exec(), dialog.selectedFiles()
    dialog.deleteLater()
    return Path(files[0]) if accepted and files else None
