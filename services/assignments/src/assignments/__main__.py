"""`python -m assignments`: serve, api, worker, migrate, republish, audit, vault, vectors."""

from shared.runtime.cli import commands

main = commands("assignments", vectors={"lifecycle": "assignments.vectors:answer_case"})

if __name__ == "__main__":
    main()
