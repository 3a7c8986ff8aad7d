"""What the people whom a proposal names say themselves: by a signed link, without an account."""
