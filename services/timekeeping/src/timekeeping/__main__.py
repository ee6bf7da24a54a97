"""`python -m timekeeping`: serve, api, worker, migrate, republish, audit, vault, vectors."""

from shared.runtime.cli import commands

main = commands("timekeeping")

if __name__ == "__main__":
    main()
