"""Payment reminders: who is due today, with the letters as they would go."""
