"""What any server owes its callers: deadlines, limits, headers, and a description of the API."""
