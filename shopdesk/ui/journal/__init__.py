"""The journal: who changed what when."""
