"""The forms in which a history can be written for other programs."""

QUEUE_LOG, XES, OCEL, VIDIGI = FORMS = ("queue_log", "xes", "ocel", "vidigi")
"""Asterisk's log of its queues; a CSV in the columns of XES; OCEL 2.0 in JSON; a CSV in the columns of vidigi."""
