"""`python -m payroll`: serve, api, worker, migrate, republish, audit, vault, vectors."""

from shared.runtime.cli import commands

main = commands("payroll")

if __name__ == "__main__":
    main()
