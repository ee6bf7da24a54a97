"""`python -m credentialing`: serve, api, worker, migrate, republish, audit, vault, vectors."""

from shared.runtime.cli import commands

VECTORS: dict[str, str] = {}
"""Which function answers which group of test vectors."""

main = commands("credentialing", vectors=VECTORS)

if __name__ == "__main__":
    main()
