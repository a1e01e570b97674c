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
    """The data folder or the database cannot be used."""


class NewerDatabaseProblem(StorageProblem):
    """The database was written by a newer version of the program."""


class UnknownMeetingProblem(UserProblem):
    """No meeting has the id that was given."""


class DeskProblem(UserProblem):
    """The sign-in desk cannot start or be reached."""
