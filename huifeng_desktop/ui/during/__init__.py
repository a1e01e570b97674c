"""会中: brief, agenda, speaker, stage and door on one page."""
