"""Pure judgements: domain in, verdict with evidence out. No clock, no file, standard library only."""
