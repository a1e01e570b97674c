"""How a paper is set, whatever it says: tables, letters, workbooks, and the folder they end in."""
