"""Exports laid out as cities' portals and hotlines lay theirs out: headings after theirs, rows made up."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np


@dataclass
class Row:
    """One made-up request."""

    number: int
    opened: datetime
    closed: datetime | None
    due: datetime
    kind: int
    unit: int
    channel: int
    place: int
    draw: np.random.Generator
    name: str = ""
    phone: str = ""
    text: str = ""
    street: str = ""


@dataclass(frozen=True)
class Layout:
    """A header, how a row becomes cells, and what the columns are."""

    header: Sequence[str]
    cells: Callable[[Row], Sequence[str]]
    roles: dict[str, str]
    personal: Sequence[str] = ()
    clocks: dict[str, str] = field(default_factory=dict)
    time_zone: str | None = None


def at(form: str, time: datetime | None) -> str:
    return "" if time is None else time.strftime(form)


def text(layout: Layout, rows: int = 400, seed: int = 1, delimiter: str = ",") -> str:
    """Return the export as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(layout.header)
    draw = np.random.default_rng(seed)
    start = datetime(2023, 3, 6, 8)
    for number in range(rows):
        opened = start + timedelta(hours=5.3 * number + draw.uniform(0, 5), seconds=int(draw.integers(60)))
        age = float(draw.exponential(4.0))
        kind = int(draw.integers(12))
        surname, given = "王李张刘陈赵"[int(draw.integers(6))], "伟芳娜敏静丽强磊军洋"[int(draw.integers(10))]
        row = Row(
            number,
            opened,
            opened + timedelta(days=age) if draw.random() < 0.9 else None,
            opened + timedelta(days=(3, 7, 15)[kind % 3]),
            kind,
            kind % 4,
            int(draw.integers(3)),
            int(draw.integers(9)),
            draw,
            surname + given + ("明" if draw.random() < 0.5 else ""),
            f"13{draw.integers(10)}{draw.integers(10**7, 10**8)}",
            " ".join(draw.choice(["please", "the", "lamp", "broken", "since", "near", "my", "house"], 14)),
            f"{draw.integers(1, 900)} {('Oak', 'Main', 'Elm')[int(draw.integers(3))]} Street",
        )
        writer.writerow(layout.cells(row))
    return out.getvalue()


ENGLISH = (
    "Street Light Out", "Pothole", "Graffiti", "Noise - Residential", "Illegal Parking", "Missed Collection",
    "Rodent",
    "Water Leak", "Tree Damage", "Abandoned Vehicle", "Traffic Signal", "Sidewalk Repair",
)  # fmt: skip
GERMAN = (
    "Straßenbeleuchtung", "Wilder Müll", "Schlagloch", "Graffiti", "Lärm", "Falschparker",
    "Schrottrad",
    "Grünpflege",
    "Ampel defekt", "Spielplatz", "Gehweg", "Wasserrohrbruch",
)  # fmt: skip
FINNISH = (
    "Katuvalaistus", "Roskaaminen", "Kuoppa tiessä", "Töhryt", "Melu", "Pysäköinti", "Hylätty pyörä",
    "Puistot",
    "Liikennevalot", "Leikkipaikat", "Jalkakäytävä", "Vesivuoto",
)  # fmt: skip
CHINESE = (
    "路灯故障", "违章搭建", "噪音扰民", "占道经营", "垃圾清运",
    "井盖破损", "物业纠纷", "停车管理", "供水问题",
    "绿化养护",
    "道路破损", "消防通道",
)  # fmt: skip
BOROUGHS = (
    "North End",
    "Riverside",
    "Old Town",
    "Hill District",
    "Lakeview",
    "West Park",
    "Eastgate",
    "Harbor",
    "Mill",
)

NEW_YORK = Layout(
    (
        "Unique Key",
        "Created Date",
        "Closed Date",
        "Agency",
        "Agency Name",
        "Complaint Type",
        "Descriptor",
        "Location Type",
        "Incident Zip",
        "Incident Address",
        "Street Name",
        "Cross Street 1",
        "City",
        "Status",
        "Due Date",
        "Resolution Description",
        "Resolution Action Updated Date",
        "Community Board",
        "BBL",
        "Borough",
        "X Coordinate (State Plane)",
        "Y Coordinate (State Plane)",
        "Open Data Channel Type",
        "Latitude",
        "Longitude",
        "Location",
    ),
    lambda r: (
        str(57000000 + r.number),
        at("%m/%d/%Y %I:%M:%S %p", r.opened),
        at("%m/%d/%Y %I:%M:%S %p", r.closed),
        ("DOT", "DSNY", "NYPD", "DEP")[r.unit],
        (
            "Department of Transportation",
            "Department of Sanitation",
            "Police Department",
            "Environmental Protection",
        )[r.unit],
        ENGLISH[r.kind],
        f"Detail {r.kind}{r.number % 3}",
        ("Street", "Residential")[r.number % 2],
        str(10001 + r.place),
        r.street,
        r.street.split(" ", 1)[1],
        "ELM STREET",
        "NEW YORK",
        "Closed" if r.closed else "Open",
        at("%m/%d/%Y %I:%M:%S %p", r.due),
        f"The Department responded. {r.text}",
        at("%m/%d/%Y %I:%M:%S %p", r.closed or r.opened + timedelta(days=1)),
        f"0{r.place + 1} TOWN",
        str(1000000000 + r.number * 7),
        BOROUGHS[r.place % 5].upper(),
        str(980000 + r.number),
        str(190000 + r.number),
        ("PHONE", "ONLINE", "MOBILE")[r.channel],
        f"{40.6 + r.number / 2000:.6f}",
        f"{-73.9 - r.number / 2000:.6f}",
        f"({40.6 + r.number / 2000:.6f}, -73.9)",
    ),
    {
        "id": "Unique Key",
        "opened": "Created Date",
        "closed": "Closed Date",
        "due": "Due Date",
        "unit": "Agency Name",
        "category": "Complaint Type",
        "status": "Status",
        "channel": "Open Data Channel Type",
        "place": "Borough",
        "latitude": "Latitude",
        "longitude": "Longitude",
    },
    ("Incident Address", "Resolution Description"),
)
CHICAGO = Layout(
    (
        "SR_NUMBER",
        "SR_TYPE",
        "SR_SHORT_CODE",
        "CREATED_DEPARTMENT",
        "OWNER_DEPARTMENT",
        "STATUS",
        "ORIGIN",
        "CREATED_DATE",
        "LAST_MODIFIED_DATE",
        "CLOSED_DATE",
        "STREET_ADDRESS",
        "ZIP_CODE",
        "STREET_NUMBER",
        "DUPLICATE",
        "LEGACY_RECORD",
        "PARENT_SR_NUMBER",
        "COMMUNITY_AREA",
        "WARD",
        "CREATED_HOUR",
        "LATITUDE",
        "LONGITUDE",
    ),
    lambda r: (
        f"SR23-{r.number:08d}",
        ENGLISH[r.kind],
        "ABCDEFGHIJKL"[r.kind] * 3,
        "311 City Services",
        ("CDOT", "Streets and Sanitation", "Aviation", "Water Management")[r.unit],
        "Completed" if r.closed else "Open",
        ("Phone Call", "Internet", "Mobile Device")[r.channel],
        at("%m/%d/%Y %I:%M:%S %p", r.opened),
        at("%m/%d/%Y %I:%M:%S %p", (r.closed or r.opened) + timedelta(hours=1)),
        at("%m/%d/%Y %I:%M:%S %p", r.closed),
        r.street.upper(),
        str(60601 + r.place),
        r.street.split()[0],
        ("false", "true")[r.number % 7 == 0],
        "false",
        "" if r.number % 7 else f"SR22-{r.number:08d}",
        str(20 + r.place),
        str(1 + r.place),
        str(r.opened.hour),
        f"{41.7 + r.number / 3000:.8f}",
        f"{-87.6 - r.number / 3000:.8f}",
    ),
    {
        "id": "SR_NUMBER",
        "opened": "CREATED_DATE",
        "closed": "CLOSED_DATE",
        "category": "SR_TYPE",
        "unit": "OWNER_DEPARTMENT",
        "status": "STATUS",
        "channel": "ORIGIN",
        "place": "WARD",
        "latitude": "LATITUDE",
        "longitude": "LONGITUDE",
    },
    ("STREET_ADDRESS",),
)
SAN_FRANCISCO = Layout(
    (
        "CaseID",
        "Opened",
        "Closed",
        "Updated",
        "Status",
        "Status Notes",
        "Responsible Agency",
        "Category",
        "Request Type",
        "Request Details",
        "Address",
        "Street",
        "Supervisor District",
        "Neighborhood",
        "Police District",
        "Latitude",
        "Longitude",
        "Point",
        "Source",
        "Media URL",
    ),
    lambda r: (
        str(16000000 + r.number),
        at("%Y-%m-%dT%H:%M:%S.000", r.opened),
        at("%Y-%m-%dT%H:%M:%S.000", r.closed),
        at("%Y-%m-%dT%H:%M:%S.000", r.closed or r.opened + timedelta(hours=2)),
        "Closed" if r.closed else "Open",
        f"Case resolved {r.text}",
        ("DPW Ops Queue", "Recology_Abandoned", "MTA Parking", "PUC Water")[r.unit],
        ENGLISH[r.kind],
        f"{ENGLISH[r.kind]} - request {r.number % 4}",
        f"detail {r.number % 31}",
        r.street,
        r.street.split(" ", 1)[1],
        str(1 + r.place),
        BOROUGHS[r.place],
        ("MISSION", "TENDERLOIN")[r.place % 2],
        f"{37.7 + r.number / 9000:.6f}",
        f"{-122.4 - r.number / 9000:.6f}",
        f"({37.7}, {-122.4})",
        ("Mobile/Open311", "Phone", "Web")[r.channel],
        "" if r.number % 2 else f"http://x.example/{r.number}.jpg",
    ),
    {
        "id": "CaseID",
        "opened": "Opened",
        "closed": "Closed",
        "category": "Category",
        "unit": "Responsible Agency",
        "status": "Status",
        "channel": "Source",
        "place": "Neighborhood",
        "latitude": "Latitude",
        "longitude": "Longitude",
    },
    ("Address", "Status Notes"),
)
COLOGNE = Layout(
    (
        "Meldungs-ID",
        "Eingangsdatum",
        "Uhrzeit",
        "Hauptkategorie",
        "Kategorie",
        "Beschreibung",
        "Melder",
        "E-Mail",
        "Straße",
        "Hausnummer",
        "Stadtbezirk",
        "Stadtteil",
        "Zuständige Dienststelle",
        "Bearbeitungsgruppe",
        "Eingangskanal",
        "Bearbeitungsstand",
        "Frist bis",
        "Erledigt am",
    ),
    lambda r: (
        f"M-{r.number:06d}",
        at("%d.%m.%Y", r.opened),
        at("%H:%M", r.opened),
        ("Verkehr", "Sauberkeit", "Ordnung")[r.kind % 3],
        GERMAN[r.kind],
        f"Bitte {r.text}",
        f"{('Anna', 'Jan', 'Eva')[r.number % 3]} {('Müller', 'Weber', 'Koch')[r.number % 5 % 3]}",
        f"a{r.number}@post.example",
        f"{('Haupt', 'Park', 'Berg')[r.number % 3]}straße",
        str(r.number % 90 + 1),
        ("Innenstadt", "Nippes", "Ehrenfeld")[r.place % 3],
        f"Stadtteil {r.place}",
        ("Amt für Straßen", "AWB", "Ordnungsamt", "Grünflächenamt")[r.unit],
        f"Kolonne {r.kind % 6}",
        ("Telefon", "E-Mail", "Web-Formular")[r.channel],
        "erledigt" if r.closed else "in Bearbeitung",
        at("%d.%m.%Y", r.due),
        at("%d.%m.%Y", r.closed),
    ),
    {
        "id": "Meldungs-ID",
        "opened": "Eingangsdatum",
        "closed": "Erledigt am",
        "due": "Frist bis",
        "category": "Kategorie",
        "group": "Hauptkategorie",
        "unit": "Zuständige Dienststelle",
        "team": "Bearbeitungsgruppe",
        "channel": "Eingangskanal",
        "status": "Bearbeitungsstand",
        "place": "Stadtteil",
    },
    ("Beschreibung", "Melder", "E-Mail", "Straße"),
    {"opened": "Uhrzeit"},
)
HELSINKI = Layout(
    (
        "Palautteen tunnus",
        "Vastaanotettu",
        "Määräaika",
        "Käsitelty",
        "Tila",
        "Aihe",
        "Pääluokka",
        "Vastuuyksikkö",
        "Tiimi",
        "Kanava",
        "Kaupunginosa",
        "Osoite",
        "Kuvaus",
        "Sähköposti",
        "Leveysaste",
        "Pituusaste",
    ),
    lambda r: (
        f"HEL{r.number:07d}",
        at("%d.%m.%Y %H:%M", r.opened),
        at("%d.%m.%Y %H:%M", r.due),
        at("%d.%m.%Y %H:%M", r.closed),
        "Suljettu" if r.closed else "Käsittelyssä",
        FINNISH[r.kind],
        ("Kadut", "Puistot", "Liikenne")[r.kind % 3],
        ("Stara", "Kaupunkiympäristö", "HSL", "HSY")[r.unit],
        f"Tiimi {r.kind % 5}",
        ("Puhelin", "Verkkolomake", "Sovellus")[r.channel],
        ("Kallio", "Töölö", "Vuosaari", "Malmi", "Lauttasaari")[r.place % 5],
        f"Mannerheimintie {r.number % 90 + 1}",
        f"Hei, {r.text}",
        f"x{r.number}@posti.example",
        f"{60.1 + r.number / 9000:.5f}".replace(".", ","),
        f"{24.9 + r.number / 9000:.5f}".replace(".", ","),
    ),
    {
        "id": "Palautteen tunnus",
        "opened": "Vastaanotettu",
        "closed": "Käsitelty",
        "due": "Määräaika",
        "status": "Tila",
        "category": "Aihe",
        "group": "Pääluokka",
        "unit": "Vastuuyksikkö",
        "team": "Tiimi",
        "channel": "Kanava",
        "place": "Kaupunginosa",
        "latitude": "Leveysaste",
        "longitude": "Pituusaste",
    },
    ("Osoite", "Kuvaus", "Sähköposti"),
)
BEIJING = Layout(
    (
        "工单编号",
        "来电时间",
        "来电人",
        "来电号码",
        "诉求类型",
        "一级分类",
        "二级分类",
        "三级分类",
        "标题",
        "主要内容",
        "诉求地址",
        "街道乡镇",
        "承办单位",
        "承办科室",
        "诉求来源",
        "派单时间",
        "办理时限",
        "办结时间",
        "是否解决",
        "是否满意",
        "工单状态",
        "处理结果",
    ),
    lambda r: (
        f"BJ2023{r.number:08d}",
        at("%Y-%m-%d %H:%M:%S", r.opened),
        r.name,
        r.phone,
        ("求助", "投诉", "咨询")[r.kind % 3],
        ("城市管理", "住房", "交通")[r.kind // 4],
        ("市容", "公用", "秩序", "设施", "物业", "管理")[r.kind // 2],
        CHINESE[r.kind],
        f"关于{CHINESE[r.kind]}的诉求{r.number}",
        f"市民{r.name}反映{CHINESE[r.kind]}问题，希望尽快处理，编号{r.number}。",
        f"幸福路{r.number % 300 + 1}号{r.number % 9 + 1}单元",
        f"{'东西南北中'[r.place % 5]}城街道",
        ("城管委", "住建委", "交通委", "水务局")[r.unit],
        f"{('一', '二', '三')[r.kind % 3]}科",
        ("电话", "微信", "网站")[r.channel],
        at("%Y-%m-%d %H:%M:%S", r.opened + timedelta(minutes=20)),
        at("%Y-%m-%d %H:%M:%S", r.due),
        at("%Y-%m-%d %H:%M:%S", r.closed),
        ("是", "否")[r.number % 5 == 0],
        ("满意", "不满意", "")[r.number % 3],
        "已办结" if r.closed else "办理中",
        f"经核实，{CHINESE[r.kind]}已处理完毕，结果{r.number}。",
    ),
    {
        "id": "工单编号",
        "opened": "来电时间",
        "closed": "办结时间",
        "due": "办理时限",
        "category": "三级分类",
        "group": "一级分类",
        "unit": "承办单位",
        "team": "承办科室",
        "channel": "诉求来源",
        "place": "街道乡镇",
        "status": "工单状态",
    },
    ("来电人", "来电号码", "主要内容", "诉求地址", "处理结果"),
)
SHANGHAI_CODES = Layout(
    ("XH", "LSH", "SLRQ", "SLSJ", "LYDM", "XLDM", "CLDW", "JJZD", "BJRQ", "LXDH", "JD", "WD"),
    lambda r: (
        str(r.number + 1),
        f"SH{r.number:09d}",
        at("%Y%m%d", r.opened),
        at("%H:%M:%S", r.opened),
        ("01", "02", "03")[r.channel],
        f"{1001 + r.kind}",
        ("建管委", "绿化局", "城管局", "水务局")[r.unit],
        f"{'徐静虹杨宝'[r.place % 5]}{'家安口浦山'[r.place % 5]}街道",
        at("%Y%m%d", r.closed),
        r.phone,
        f"{121.4 + r.number / 9000:.5f}",
        f"{31.2 + r.number / 9000:.5f}",
    ),
    {
        "opened": "SLRQ",
        "closed": "BJRQ",
        "category": "XLDM",
        "unit": "CLDW",
        "place": "JJZD",
        "id": "LSH",
        "channel": "LYDM",
        "latitude": "WD",
        "longitude": "JD",
    },
    ("LXDH",),
    {"opened": "SLSJ"},
)
NUMBERED = Layout(
    ("F1", "F2", "F3", "F4", "F5", "F6", "F7"),
    lambda r: (
        f"{r.number:06d}",
        at("%Y-%m-%d %H:%M", r.opened),
        at("%Y-%m-%d %H:%M", r.due),
        at("%Y-%m-%d %H:%M", r.closed),
        ENGLISH[r.kind],
        ("Phone", "Web", "App")[r.channel],
        r.phone,
    ),
    # Headings say nothing: what the cells are has to.
    {"opened": "F2", "due": "F3", "closed": "F4", "category": "F5", "channel": "F6"},
    ("F7",),
)
ZURICH = Layout(
    (
        "service_request_id",
        "lat",
        "long",
        "requested_datetime",
        "agency_sent_datetime",
        "updated_datetime",
        "interface_used",
        "title",
        "detail",
        "media_url",
        "service_name",
        "description",
        "status",
        "service_notice",
        "agency_responsible",
        "expected_datetime",
    ),
    lambda r: (
        str(r.number + 1),
        f"{47.3 + r.number / 9000:.6f}",
        f"{8.5 + r.number / 9000:.6f}",
        at("%Y-%m-%dT%H:%M:%S", r.opened),
        at("%Y-%m-%dT%H:%M:%S", r.opened + timedelta(hours=3)),
        at("%Y-%m-%dT%H:%M:%S", r.closed or r.opened + timedelta(days=2)),
        ("Web-Interface", "iOS App", "Android App")[r.channel],
        r.text[:30],
        r.text,
        "",
        GERMAN[r.kind],
        r.text[20:60],
        "fixed - council" if r.closed else "confirmed",
        f"Danke. {r.text}",
        ("Tiefbauamt", "Entsorgung + Recycling", "Verkehrsbetriebe", "Elektrizitätswerk")[r.unit],
        at("%Y-%m-%dT%H:%M:%S", r.due),
    ),
    {
        "id": "service_request_id",
        "opened": "requested_datetime",
        "due": "expected_datetime",
        "category": "service_name",
        "unit": "agency_responsible",
        "channel": "interface_used",
        "status": "status",
        "latitude": "lat",
        "longitude": "long",
    },
    ("detail", "service_notice"),
)
GUIDE = Layout(
    ("工单编号", "受理时间", "办件类别", "承办单位", "社区", "来源", "联系人", "联系电话", "诉求内容"),
    lambda r: (
        f"2023-{r.number:04d}",
        f"{r.opened:%Y}/{r.opened.month}/{r.opened.day} {r.opened.hour}:{r.opened:%M}",
        CHINESE[r.kind],
        ("供电公司", "综合执法队", "无", "")[r.unit],
        f"{'松望青金'[r.place % 4]}{'涛江山湖'[r.place % 4]}社区",
        ("12345热线", "来访", "微信小程序")[r.channel],
        r.name[0] + "某",
        r.phone,
        f"路口的{CHINESE[r.kind]}{r.number}",
    ),
    {
        "id": "工单编号",
        "opened": "受理时间",
        "category": "办件类别",
        "unit": "承办单位",
        "place": "社区",
        "channel": "来源",
    },
    ("联系人", "联系电话", "诉求内容"),
)
LAYOUTS = {
    "new_york": NEW_YORK, "chicago": CHICAGO, "san_francisco": SAN_FRANCISCO, "cologne": COLOGNE,
    "helsinki": HELSINKI, "beijing": BEIJING, "shanghai_codes": SHANGHAI_CODES, "zurich": ZURICH,
    "numbered": NUMBERED, "guide": GUIDE,
}  # fmt: skip
