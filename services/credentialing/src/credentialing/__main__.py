"""`python -m credentialing`: serve, api, worker, migrate, republish, vectors."""

from shared.runtime.cli import commands

main = commands("credentialing")

if __name__ == "__main__":
    main()
