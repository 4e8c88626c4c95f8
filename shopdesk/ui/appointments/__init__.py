"""Appointments: the calendar of the shop."""
