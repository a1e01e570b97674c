"""Problems a user can act on, told apart from bugs.

A `UserProblem` carries a finished Simplified Chinese sentence: what is wrong, where, and what to
do. The command line prints it on one line with status 1; the window shows it at one place.
Anything else that escapes is a bug and is logged with its traceback.
"""


class UserProblem(Exception):
    """A problem of the environment or the input; `str(problem)` is one Chinese sentence."""


class FileProblem(UserProblem):
    """A file that cannot be read or written as asked."""


class StorageProblem(UserProblem):
    """The data folder or the database cannot be used.

    `standing` says in one sentence what holds until that has changed, for where it stays in view.
    """

    standing = (
        "数据存不进去，新的签到和计时暂时记不下来；已存的都在。"
        "请检查数据文件夹是否只读、U 盘是否还插着，好了会自动恢复。"
    )


class DiskFullProblem(StorageProblem):
    """There is no room left; nothing was written, what is there can be read."""

    standing = "磁盘已满，新的签到和计时暂时记不下来；已存的都在。请在这台电脑上腾出空间，腾出后自动恢复。"


class StorageBusyProblem(StorageProblem):
    """Another program holds the file; the same step may work in a moment."""

    standing = (
        "数据文件被另一个程序占着，新的签到和计时暂时记不下来；已存的都在。"
        "请关掉正在备份、同步或打开它的程序，放开后自动恢复。"
    )


class NewerDatabaseProblem(StorageProblem):
    """The database was written by a newer version of the program."""


class UnknownMeetingProblem(UserProblem):
    """No meeting has the id that was given."""


class DeskProblem(UserProblem):
    """The sign-in desk cannot start or be reached."""
