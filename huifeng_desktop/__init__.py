"""会风 Desktop: sign-in and speaking-time for formal meetings, offline in one folder."""

__version__ = "0.1.0"
