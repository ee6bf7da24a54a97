"""`python -m housing`: serve, api, worker, migrate, republish, audit, vault, vectors."""

from shared.runtime.cli import commands

main = commands("housing")

if __name__ == "__main__":
    main()
