"""Each service gets a key file of its own, once."""

import stat

from firstshift.home import Home
from firstshift.services import give_vault_keys


def test_each_service_has_its_own_key_file_and_keeps_it(home: Home) -> None:
    files = give_vault_keys(home, ["payroll", "credentialing"])
    made = {name: file.read_bytes() for name, file in files.items()}
    assert give_vault_keys(home, ["payroll", "credentialing"]) == files
    assert {name: file.read_bytes() for name, file in files.items()} == made
    assert len(set(made.values())) == 2
    assert [stat.S_IMODE(file.stat().st_mode) for file in files.values()] == [0o600, 0o600]
    assert {file.parent for file in files.values()} == {home.keys}  # which `firstshift reset` deletes with the rest
