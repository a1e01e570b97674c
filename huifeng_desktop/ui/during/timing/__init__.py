"""The speakers' half of the 会中 page: agenda, timer, queue, and what the hall sees of them."""
