"""A small profile, as the documentation shows it."""

from typing import Any

PROFILE: dict[str, Any] = {
    "resourceType": "Bundle",
    "type": "collection",
    "formatVersion": 1,
    "timestamp": "2026-01-05T15:00:00Z",
    "entry": [
        {
            "resource": {
                "resourceType": "Practitioner",
                "id": "cln_01m8095ps8e00rc1kcn27y03zg",
                "identifier": [{"system": "http://hl7.org/fhir/sid/us-npi", "value": "1234567893"}],
                "name": [{"text": "Ana Example"}],
                "address": [{"state": "CO"}],
                "qualification": [
                    {
                        "id": "crd_01m8095ps8e00rc1kcn27y03zt",
                        "code": {"system": "urn:firstshift:item", "code": "CERT-BLS"},
                        "subject": "",
                        "category": "personnel",
                        "period": {"start": "2025-01-05", "end": "2027-01-31"},
                        "identifier": [{"system": "urn:firstshift:number", "value": "245012345678"}],
                        "issuer": {"display": "AHA"},
                        "document": {"reference": "#doc_01m8095ps8e00axqcgn5qrg12p"},
                    }
                ],
            }
        },
        {
            "resource": {
                "resourceType": "VerificationResult",
                "id": "res_01m8095ps8e00rc1kcn27y03zv",
                "target": {"reference": "#crd_01m8095ps8e00rc1kcn27y03zt"},
                "status": "validated",
                "statusDate": "2025-12-20T16:30:00Z",
                "primarySource": {"who": {"display": "AHA"}, "validationDate": "2025-12-20T16:30:00Z"},
                "attestation": {"display": "per_01m8095ps8e00rc1kcn27y03zk"},
            }
        },
        {
            "resource": {
                "resourceType": "DocumentReference",
                "id": "doc_01m8095ps8e00axqcgn5qrg12p",
                "category": "personnel",
                "date": "2025-12-19T09:00:00Z",
                "code": {"system": "urn:firstshift:item", "code": "CERT-BLS"},
                "attachment": {
                    "contentType": "application/pdf",
                    "size": 183402,
                    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                    "url": "documents/doc_01m8095ps8e00axqcgn5qrg12p.pdf",
                },
            }
        },
    ],
}
