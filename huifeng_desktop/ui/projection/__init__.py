"""Which picture the hall sees, on which screen; the pictures themselves are in `ui.stage`."""
