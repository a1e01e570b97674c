"""At the door: people are found, come, go and return, by whatever way they ask."""
