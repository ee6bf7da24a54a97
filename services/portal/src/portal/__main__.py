"""`python -m portal`: serve, api, worker, migrate, republish, audit, vault, vectors."""

from shared.runtime.cli import commands

main = commands("portal")

if __name__ == "__main__":
    main()
