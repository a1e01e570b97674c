"""The pages of the telephones in the hall, and what proves who asks."""
