"""Who takes part: accounts, affiliations, roles, permissions."""
