"""What can be wrong with a script, as the sentences that its readers share."""

from __future__ import annotations

from huifeng_desktop.errors import FileProblem

MAX_CHARACTERS = 200_000
"""More than anybody reads out in a day."""


def password_problem(name: str) -> FileProblem:
    """The sentence for a file that opens only with a password."""
    return FileProblem(f"“{name}”设有密码，读不了；请取消密码后另存再试，或复制全文后粘贴。")


def not_a_script(name: str, what: str) -> FileProblem:
    """The sentence for another kind of file."""
    return FileProblem(f"“{name}”是{what}，不是文稿；请选择 .docx、.txt 或 .pdf 文件，或复制全文后粘贴。")


def damaged(name: str) -> FileProblem:
    """The sentence for a file that its library cannot make sense of."""
    return FileProblem(f"“{name}”已损坏或不完整，读不出文字；请用 WPS 打开后另存为 .docx 再试。")
