"""The steps from each schema to the next, run by alembic; store/schema.py says when and on which file."""
