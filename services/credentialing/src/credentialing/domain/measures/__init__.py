"""What accreditors and the law count."""
