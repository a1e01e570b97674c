"""The projected screen: what everybody in the room may see, and nothing else."""
