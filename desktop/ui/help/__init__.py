"""帮助 (F1): the manual inside the program."""
