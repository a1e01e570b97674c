"""Pages for devices of the office: tablets, the remote, and second desks."""
