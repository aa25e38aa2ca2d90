"""Paper on the screen: preview, print, verify."""
