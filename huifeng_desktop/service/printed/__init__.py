"""What the papers are made from, as plain data: choices, marks on pages, charts, and what was printed."""
