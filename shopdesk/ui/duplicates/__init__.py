"""Customers who stand in the list twice: seen while typing, looked over, merged."""
