"""Before the meeting: files come in, rule sets are chosen, documents are approved."""
