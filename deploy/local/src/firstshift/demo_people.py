"""The forty clinicians of the demo, of eight disciplines. All are invented; so are their addresses within a city."""

from typing import Any

from firstshift.demo_rows import address, names, rows

AREA_CODES = {"TX": "512", "OH": "614", "GA": "404", "TN": "615", "AZ": "520", "OR": "503", "MN": "612", "PA": "412"}

CLINICIANS = """
C-1001 | Maribel Okonjo      | RN        | ICU, TELE | 214 Alder Street, Austin, TX 78704
C-1002 | Desmond Farrow      | RN        | ED        | 77 Birch Lane, Columbus, OH 43215
C-1003 | Ingrid Castellane   | RN        | ICU       | 9 Clover Court, Atlanta, GA 30308
C-1004 | Tobias Nakagawa     | RN        | MS        | 460 Dove Road, Nashville, TN 37206
C-1005 | Priya Lindqvist     | RN        | LD        | 31 Elm Terrace, Tucson, AZ 85719
C-1006 | Marcus Oyelaran     | RN        | TELE, MS  | 18 Finch Avenue, Portland, OR 97214
C-1007 | Saoirse Bellweather | RN        | ED, ICU   | 502 Glen Way, Minneapolis, MN 55407
C-1008 | Rafael Thornquist   | RN        | OR        | 66 Hazel Street, Pittsburgh, PA 15206
C-1009 | Amina Vandermeer    | RN        | MS        | 140 Iris Lane, Austin, TX 78745
C-1010 | Callum Ibarra       | RN        | ICU       | 27 Jasper Court, Columbus, OH 43201
C-1011 | Yuki Abernathy      | RN        | TELE      | 88 Kite Road, Atlanta, GA 30312
C-1012 | Noor Whitcombe      | RN        | LD        | 5 Linden Way, Nashville, TN 37209
C-1013 | Gideon Marchetti    | LPN       | LTC       | 311 Maple Street, Tucson, AZ 85705
C-1014 | Rosalind Achebe     | LPN       | MS        | 49 Nutmeg Lane, Portland, OR 97202
C-1015 | Wendell Kowalczyk   | CNA       | MS        | 720 Oak Avenue, Minneapolis, MN 55418
C-1016 | Thea Montalvo       | CNA       | LTC       | 13 Poplar Court, Pittsburgh, PA 15217
C-1017 | Bram Silverstone    | PT        | REHAB     | 250 Quince Road, Austin, TX 78723
C-1018 | Lucia Fairweather   | PT        | REHAB     | 36 Rowan Terrace, Columbus, OH 43214
C-1019 | Emeka Halloran      | OT        | REHAB     | 94 Sage Street, Atlanta, GA 30316
C-1020 | Freya Domingo       | OT        | REHAB     | 8 Thistle Way, Nashville, TN 37212
C-1021 | Anselm Petrov       | SLP       | REHAB     | 417 Umber Lane, Tucson, AZ 85716
C-1022 | Odette Ramaswamy    | RT        | ICU       | 60 Violet Court, Portland, OR 97217
C-1023 | Jonah Eklund        | RT        | ED        | 155 Willow Avenue, Minneapolis, MN 55406
C-1024 | Beatriz Summerfield | SURG_TECH | OR        | 21 Yarrow Road, Pittsburgh, PA 15224
C-1025 | Levi Adeyemi        | SURG_TECH | OR        | 83 Zinnia Street, Austin, TX 78702
C-1026 | Hana Winterbourne   | RN        | MS        | 12 Acorn Lane, Columbus, OH 43206
C-1027 | Percival Quintero   | RN        | ED        | 207 Bramble Way, Atlanta, GA 30307
C-1028 | Solveig Mbeki       | LPN       | MS        | 54 Cedar Court, Nashville, TN 37215
C-1029 | Dario Hutchings     | LPN       | LTC       | 390 Daisy Road, Tucson, AZ 85711
C-1030 | Matilda Osei        | CNA       | MS        | 7 Ember Street, Portland, OR 97211
C-1031 | Kenji Rutherford    | CNA       | LTC       | 118 Fern Terrace, Minneapolis, MN 55410
C-1032 | Zara Pemberton      | PT        | REHAB     | 43 Garnet Lane, Pittsburgh, PA 15232
C-1033 | Ruben Castlegate    | PT        | REHAB     | 275 Heath Avenue, Austin, TX 78751
C-1034 | Ottoline Mwangi     | OT        | REHAB     | 30 Ivy Court, Columbus, OH 43202
C-1035 | Silas Brightwater   | SLP       | REHAB     | 99 Juniper Way, Atlanta, GA 30310
C-1036 | Paloma Ekstrand     | SLP       | REHAB     | 16 Kestrel Road, Nashville, TN 37204
C-1037 | Ignatius Bloom      | RT        | ICU       | 480 Laurel Street, Tucson, AZ 85712
C-1038 | Marguerite Tanaka   | SURG_TECH | OR        | 65 Myrtle Lane, Portland, OR 97206
C-1039 | Avery Quillfeather  | RN        | ICU, TELE | 23 Nettle Court, Minneapolis, MN 55414
C-1040 | Cosmo Delacroix     | RN        | LD        | 142 Orchard Avenue, Pittsburgh, PA 15201
"""


def clinicians() -> dict[str, dict[str, Any]]:
    """The body of each clinician's entry, by reference; phone numbers are of the range kept for fiction."""
    return {reference: _clinician(reference, cells) for reference, *cells in rows(CLINICIANS)}


def _clinician(reference: str, cells: list[str]) -> dict[str, Any]:
    name, discipline, specialties, place = cells
    home = address(place)
    mailbox = name.lower().replace(" ", ".")
    return {
        "name": name,
        "email": f"{mailbox}@example.org",
        "phone": f"+1 {AREA_CODES[home['state']]} 555 01{reference[-2:]}",
        "home": home,
        "discipline": discipline,
        "specialties": names(specialties),
    }
