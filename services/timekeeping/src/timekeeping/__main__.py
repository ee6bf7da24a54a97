"""`python -m timekeeping`: serve, api, worker, migrate, republish, vectors."""

from shared.runtime.cli import commands
from timekeeping.main import service

main = commands(service)

if __name__ == "__main__":
    main()
