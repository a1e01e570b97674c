"""The sample meeting, played from opening to papers by the real parts, on a clock faster than life."""

from huifeng_desktop.rehearsal.start import rehearse

__all__ = ["rehearse"]
