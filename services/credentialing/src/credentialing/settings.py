"""The environment of credentialing."""

from pydantic import Field

from shared.runtime.settings import ServiceSettings


class Settings(ServiceSettings):
    """Where its sources are, and what opens them."""

    source_nppes_url: str = ""
    """Where the NPI registry answers, such as https://npiregistry.cms.hhs.gov/api; empty: numbers are looked up by
    hand. So for every source: without an address it is not asked."""
    source_licences_url: str = ""
    """Where the adapter of a licence register answers (docs/domain/sources.md)."""
    source_licences_key: str = ""
    source_licences_secret: str = ""
    """What it signs its news with; several, parted by spaces, while one is changed. Empty: its news is refused."""
    source_background_url: str = ""
    """Where the background and drug vendor answers, with the version of its interface."""
    source_background_key: str = ""
    source_background_secret: str = ""
    """What it signs its webhooks with, as above."""
    source_sam_url: str = ""
    """Where SAM.gov serves exclusions, such as https://api.sam.gov/entity-information/v4; asked while no extract of it
    is loaded."""
    source_sam_key: str = ""
    """Without one it is not asked. A key without a role is good for ten questions a day."""
    files_url: str = Field(default="", pattern=r"^$|^(file|s3)://")
    """Where documents lie: `file:///folder` or `s3://bucket/folder`; empty: they can neither be kept nor opened."""
    files_endpoint: str = ""
    """The address of an S3-compatible store that is not Amazon's."""
    files_region: str = ""
    files_access_key: str = ""
    files_secret_key: str = ""
    clamav_address: str = Field(default="", pattern=r"^$|^.+:[0-9]{1,5}$")
    """The virus scanner (clamd) as `host:port`; empty: documents are not scanned, only looked into."""
    document_most_bytes: int = Field(default=25 * 1024 * 1024, ge=1)
    archive_most_bytes: int = Field(default=250 * 1024 * 1024, ge=1)
    """Of a profile with its documents, as it comes in and unpacked."""
    document_most_megapixels: int = Field(default=60, ge=1)
    """Of one image; a larger one is refused before it is decoded."""
    agency_name: str = Field(default="Our agency", min_length=1, max_length=100)
    """How the agency is called on what clients get."""
