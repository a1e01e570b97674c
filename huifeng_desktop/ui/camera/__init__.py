"""Badges read by a camera, an optional extra.

`extra`, `codes` and `block` load nothing of it; the door imports the others only when it is switched on.
"""
