"""What the operator sees of telephones: the code, who waits for a word, and whether they get through."""
