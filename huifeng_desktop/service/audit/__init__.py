"""操作记录: every event of a meeting as somebody reads it who asks who did what, when and why."""
