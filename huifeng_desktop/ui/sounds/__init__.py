"""Bells: when they ring, how they are chosen, and how they are played."""
