"""What all of identity's tables hang on."""

from shared.db.documents import service_tables

metadata = service_tables()
