"""Fengqiao Desk (枫桥调解台): an offline desk for people's mediators."""
