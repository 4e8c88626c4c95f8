"""Mails as bytes: values in, MIME out."""
