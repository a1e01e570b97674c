"""The door's half of the 会中 page, and the dialogs of its slower work."""
