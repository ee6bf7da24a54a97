"""`python -m credentialing`: serve, api, worker, migrate, republish, audit, vectors."""

from shared.runtime.cli import commands

main = commands("credentialing")

if __name__ == "__main__":
    main()
