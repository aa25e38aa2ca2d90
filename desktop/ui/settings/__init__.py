"""设置: the office, its members and its rules."""
