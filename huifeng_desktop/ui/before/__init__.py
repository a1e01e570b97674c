"""会前: what is prepared before the meeting, one panel for each step."""
