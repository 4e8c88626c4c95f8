"""The windows: the only place with Qt."""

from shopdesk.ui.quick_imports import skip_source_reading

skip_source_reading()
