"""`python -m housing`: serve, api, worker, migrate, republish, audit, vectors."""

from shared.runtime.cli import commands

main = commands("housing")

if __name__ == "__main__":
    main()
