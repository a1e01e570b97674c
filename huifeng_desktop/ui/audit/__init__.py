"""操作记录: every event of the meeting, to be looked through, exported and undone."""
