"""The lock: when nobody is there, the window shows nothing of a case until the password is typed again."""
