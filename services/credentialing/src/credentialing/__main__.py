"""`python -m credentialing`: serve, api, worker, migrate, republish, audit, vault, vectors."""

from shared.runtime.cli import commands

VECTORS: dict[str, str] = {
    "nppes": "credentialing.vectors.sources:answer_nppes",
    "vendor_status": "credentialing.vectors.sources:answer_vendor_status",
    "validity": "credentialing.vectors.validity:answer_validity",
    "psv_timing": "credentialing.vectors.validity:answer_psv_timing",
    "immunity": "credentialing.vectors.immunity:answer_case",
    "i9_everify": "credentialing.vectors.employment:answer_case",
    "requirement_resolution": "credentialing.vectors.resolution:answer_case",
    "npi": "credentialing.vectors.identifiers:answer_npi",
    "dea": "credentialing.vectors.identifiers:answer_dea",
    "compact_nlc": "credentialing.vectors.authority:answer_nlc",
    "compact_other": "credentialing.vectors.authority:answer_other",
    "ncqa_window": "credentialing.vectors.measures:answer_ncqa",
    "fcra": "credentialing.vectors.measures:answer_fcra",
    "hcss": "credentialing.vectors.measures:answer_hcss",
    "leie_parse": "credentialing.vectors.screening:answer_leie_parse",
    "exclusion_match": "credentialing.vectors.screening:answer_exclusion_match",
    "monitoring": "credentialing.vectors.screening:answer_monitoring",
    "sam": "credentialing.vectors.screening:answer_sam",
}
"""Which function answers which group of test vectors."""

main = commands("credentialing", vectors=VECTORS)

if __name__ == "__main__":
    main()
