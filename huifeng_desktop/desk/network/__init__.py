"""Which networks this machine is in, and going with the one that was chosen."""
