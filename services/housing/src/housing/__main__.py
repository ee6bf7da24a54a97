"""`python -m housing`: serve, api, worker, migrate, republish, vectors."""

from housing.main import service
from shared.runtime.cli import commands

main = commands(service)

if __name__ == "__main__":
    main()
