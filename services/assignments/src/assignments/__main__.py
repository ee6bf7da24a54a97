"""`python -m assignments`: serve, api, worker, migrate, republish, vectors."""

from assignments.main import service
from assignments.vectors import answer_case
from shared.runtime.cli import commands

main = commands(service, vectors={"lifecycle": answer_case})

if __name__ == "__main__":
    main()
