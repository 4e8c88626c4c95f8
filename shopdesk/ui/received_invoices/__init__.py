"""E-invoices that come in: dropped on the window, shown, judged, filed and found again."""
