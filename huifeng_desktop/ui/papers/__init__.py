"""Papers in the window: making them beside it, choosing how, and what to print again."""
