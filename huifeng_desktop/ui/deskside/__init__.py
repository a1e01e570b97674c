"""The window's side of the desk process: the process itself, tablets and second desks."""
