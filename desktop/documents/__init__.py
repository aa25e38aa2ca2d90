"""Paper: forms as data, Chinese typesetting, fonts, PDF."""
