"""Bank statements from outside: CAMT, MT940 and the lists of German banks."""
