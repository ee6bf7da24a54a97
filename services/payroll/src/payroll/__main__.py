"""`python -m payroll`: serve, api, worker, migrate, republish, vectors."""

from payroll.main import service
from shared.runtime.cli import commands

main = commands(service)

if __name__ == "__main__":
    main()
