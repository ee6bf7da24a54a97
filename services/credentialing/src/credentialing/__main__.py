"""`python -m credentialing`: serve, api, worker, migrate, republish, audit, vault, vectors."""

from shared.runtime.cli import commands

main = commands("credentialing")

if __name__ == "__main__":
    main()
