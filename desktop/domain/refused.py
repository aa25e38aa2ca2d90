"""What the world or the operator did that the program cannot accept."""


class Refused(Exception):
    """An operation was refused and nothing was changed.

    The text is one Chinese sentence for the operator that says what to do (design.md section 5). Each cause has a class of its
    own beside the code that finds it; everything that is not a `Refused` is a fault of the program.
    """
