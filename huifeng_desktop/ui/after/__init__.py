"""会后: the figures, the doubtful cases and their rulings, the papers and the seal."""
