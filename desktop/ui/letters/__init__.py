"""三单一函: what this office sent and got, where each letter stands, and what can be done with it."""
