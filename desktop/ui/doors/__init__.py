"""The doors before an office is open: the first run, the password, the recovery code, and who has the office open already."""
