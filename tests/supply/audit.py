"""`make audit`: what this is made of (build/sbom.json, CycloneDX), and whether any of it is known to be weak.

The two tools are fetched when they are needed, pinned, and are no part of what is installed. Exit codes: 0 nothing is
known; 1 weaknesses were found, and listed; 75 (EX_TEMPFAIL) not checked: a tool or its database was out of reach.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build"
SBOM, FINDINGS = BUILD / "sbom.json", BUILD / "weaknesses.json"
LOCK = ROOT / "requirements.lock"
UV = str(Path(sys.executable).with_name("uv"))
CLEAN, WEAK, NOT_CHECKED = 0, 1, 75
SECONDS = 600

BILL = (UV, "tool", "run", "--quiet", "--from", "cyclonedx-bom==7.5.0", "cyclonedx-py", "environment")
AUDIT = (UV, "tool", "run", "--quiet", "pip-audit==2.10.1")


def main() -> int:
    """Writes the bill and the findings; the exit code."""
    BUILD.mkdir(exist_ok=True)
    for left in (SBOM, FINDINGS):
        left.unlink(missing_ok=True)
    written, found = write_bill(), look_for_weaknesses()
    return WEAK if found == WEAK else max(written, found)


def write_bill() -> int:
    """Lists every installed distribution with its version and licence."""
    command = (*BILL, "--output-reproducible", "--of", "JSON", "--output-file", str(SBOM), sys.executable)
    done = run(command)
    if done.returncode or not SBOM.exists():
        say(f"NO BILL: cyclonedx-py could not be run. {last_line(done)}")
        return NOT_CHECKED
    say(f"{SBOM.relative_to(ROOT)}: {len(json.loads(SBOM.read_text())['components'])} components")
    return CLEAN


def look_for_weaknesses() -> int:
    """Asks the OSV database about each pinned version of the lock, without installing anything."""
    asked = ("--vulnerability-service", "osv", "--disable-pip", "--require-hashes", "--requirement", str(LOCK))
    done = run((*AUDIT, *asked, "--progress-spinner", "off", "--format", "json", "--output", str(FINDINGS)))
    if not FINDINGS.exists() or done.returncode not in (0, 1):
        say(f"NOT CHECKED: pip-audit or its database (osv.dev) is out of reach. {last_line(done)}")
        return NOT_CHECKED
    return judge(json.loads(FINDINGS.read_text())["dependencies"])


def judge(packages: list[dict[str, Any]]) -> int:
    """Says what was found. A package that could not be asked about counts as not checked."""
    unasked = [package for package in packages if "skip_reason" in package]
    weak = [package for package in packages if package.get("vulns")]
    for package in unasked:
        say(f"NOT CHECKED: {package['name']}: {package['skip_reason']}")
    for package in weak:
        for found in package["vulns"]:
            mended = ", ".join(found["fix_versions"]) or "no version yet"
            say(f"WEAK: {package['name']} {package['version']}: {found['id']}, mended in {mended}")
    say(f"{len(packages) - len(unasked)} packages asked about, {len(weak)} with known weaknesses")
    if weak:
        return WEAK
    return NOT_CHECKED if unasked else CLEAN


def run(command: tuple[str, ...]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS)


def last_line(done: "subprocess.CompletedProcess[str]") -> str:
    return next((line for line in reversed(done.stderr.splitlines()) if line.strip()), "It said nothing.")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
