"""`python -m identity`: serve, api, worker, migrate, republish, audit, vectors."""

from shared.runtime.cli import commands

main = commands("identity")

if __name__ == "__main__":
    main()
