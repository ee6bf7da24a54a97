"""An exclusion list of invented people in the layout of the OIG's file, as a lead takes it in each month.

One of them is called like a nurse of the demo. The nurse's birth date is not known yet, so that a person has to look:
a name alone proves nothing and clears nothing.
"""

from datetime import date

from firstshift.demo_api import DemoApi
from firstshift.demo_rows import rows

HEADER = (
    "LASTNAME,FIRSTNAME,MIDNAME,BUSNAME,GENERAL,SPECIALTY,UPIN,NPI,DOB,ADDRESS,CITY,STATE,ZIP,"
    "EXCLTYPE,EXCLDATE,REINDATE,WAIVERDATE,WVRSTATE"
)
NOBODY = "0000000000"
"""What the file says instead of a National Provider Identifier."""

LISTED = """
ASHCOMBE      | ORVILLE  | T |                       | NURSE/NURSES AIDE | 19590314 | DAYTON   | OH | 1128a1 | 20140320
BELLINGRATH   | CORDELIA |   |                       | NURSE/NURSES AIDE | 19711102 | TULSA    | OK | 1128b4 | 20171019
CLATTERBUCK   | HORACE   | J |                       | PHARMACIST        | 19630827 | READING  | PA | 1128a3 | 20150618
              |          |   | MERRIGOLD HOME CARE   | HOME HEALTH AGENCY |         | MIAMI    | FL | 1128b8 | 20190718
DUNSTABLE     | IMOGEN   |   |                       | PERSONAL CARE PROV | 19800509 | ST PAUL | MN | 1128a2 | 20200220
FARROW        | DESMOND  |   |                       | NURSE/NURSES AIDE | 19680122 | FRESNO   | CA | 1128b4 | 20180919
GRIMSTEAD     | LEOPOLD  | A |                       | NURSE/NURSES AIDE | 19770730 | MOBILE   | AL | 1128a1 | 20220519
HAVERSTRAW    | ODALYS   |   |                       | NURSE/NURSES AIDE | 19851211 | NEWARK   | NJ | 1128b4 | 20230420
KETTLEWELL    | BARNABY  | R |                       | PHYSICIAN         | 19550605 | BUTTE    | MT | 1128b7 | 20160818
LARKINGTON    | WINIFRED |   |                       | NURSE/NURSES AIDE | 19660918 | SALEM    | OR | 1128b4 | 20211118
"""


def leie() -> bytes:
    """The file."""
    return "\r\n".join((HEADER, *(_row(cells) for cells in rows(LISTED)), "")).encode()


async def load_list(api: DemoApi, *, posted_on: date) -> None:
    """A lead takes the file in; everybody with an open file is then screened against it."""
    path = "/v1/exclusion-lists/leie/releases"
    await api.send(
        "lead", "credentialing", path, leie(), media_type="text/csv", key="leie", posted_on=posted_on.isoformat()
    )


def _row(cells: list[str]) -> str:
    last, first, middle, business, specialty, born, city, state, kind, excluded = cells
    general = "OTHER BUSINESS" if business else "IND- LIC HC SERV PRO"
    person = (last, first, middle, business, general, specialty, "", NOBODY, born)
    place = ("1 INVENTED STREET", city, state, "00000")
    return ",".join(f'"{value}"' for value in (*person, *place, kind, excluded, "00000000", "00000000", ""))
