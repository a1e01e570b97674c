"""Files to domain and back: what offices send in, and the papers that go out.

Readers turn a file into a `Table`, a table into `domain.imported` rows with every doubt named by
row and column. Nothing here compares with a stored meeting, knows a screen, or writes to storage.
"""
