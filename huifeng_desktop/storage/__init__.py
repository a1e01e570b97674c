"""The only place with SQL: one SQLite file that holds the event log and the settings."""
