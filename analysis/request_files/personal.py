"""Columns about persons: recognised by their heading and by what they hold, and left where they are.

A mapping reads none of them unless asked for by name. Cells are looked at to tell, and never shown.
"""

import re
from collections.abc import Sequence

from analysis.request_files.headings import plain, without_accents

#: Kinds of personal columns, in the order in which they are named.
KINDS = ("name", "telephone", "e-mail", "identity number", "address", "free text", "person")

_HEADINGS: tuple[tuple[str, str], ...] = (
    ("telephone", (
        r"电话|手机|联系方式|来电号码|联系号码|主叫号|座机|传真|\b(phone|telephone|tel|mobile|"
        r"cell ?phone|fax|caller id)\b|"
        r"telefon(nummer|nr)?$|telefonnummer|handy|mobilnummer|rufnummer|puhelin|matkapuhelin|\bgsm\b"
    )),
    ("e-mail", r"邮箱|电子邮件|\be ?mail\b(?! channel)|emailadresse|sähköposti"),
    ("identity number", (
        r"身份证|证件号|证件编号|护照|社保|车牌|\b(ssn|social security|passport|licen[cs]e plate|"
        r"plate number|national id|"
        r"id card|driver'?s? licen[cs]e)\b|ausweis|kennzeichen|steuernummer|henkilötunnus|\bhetu\b|"
        r"rekisterinumero|rekisteritunnus"
    )),
    ("name", (
        r"姓名|^(来电人|诉求人|联系人|投诉人|反映人|申请人|报案人|举报人|求助人|当事人|信访人|"
        r"报修人|来访人|市民|受理人|受理员|经办人|承办人|处理人|办理人|话务员|接线员|坐席|"
        r"网格员|上报人|回访人|责任人|负责人|被投诉人)(名称|姓名)?$|^(name|first name|last name|"
        r"full name|surname|forename|"
        r"middle name|user ?name|login)$|\b(caller|complainant|contact|citizen|resident|requester|"
        r"requestor|reporter|customer|applicant|submitter|owner|tenant|constituent|person|agent|operator|"
        r"employee|inspector|officer|assignee) ?(first |last |full )?name\b|^(caller|complainant|contact|"
        r"contact person|citizen|resident|requester|requestor|reporter|customer|applicant|submitter|"
        r"reported by|submitted by|created by|entered by|closed by|received by|handled by|call taker|"
        r"operator|inspector|officer)$|^(vorname|nachname|familienname|melder|meldende person|anrufer|"
        r"bürger|bürgerin|ansprechpartner|ansprechperson|kontaktperson|bearbeiter|sachbearbeiter|"
        r"einsender|absender|gemeldet von|verfasser)(in)?( name)?$|^(nimi|etunimi|sukunimi|ilmoittaja|"
        r"ilmoittajan nimi|yhteyshenkilö|asiakas|asiakkaan nimi|lähettäjä|käsittelijä|"
        r"vastuuhenkilö|palautteen antaja|"
        r"tekijä)$"
    )),
    ("address", (
        r"地址|住址|门牌|楼栋|房号|事发地点|发生地点|具体位置|详细位置|位置描述|^地点$|\baddress|"
        r"^(street|street name|street number|"
        r"house number|street no|building|apartment|unit number|intersection|intersection street ?\d?|"
        r"cross street ?\d?|on street|location|location text|location description|"
        r"location address|(sr|case|incident|request) location|"
        r"landmark|point|geometry|where)$|street (name|number|suffix|direction)|adresse|anschrift|"
        r"^(straße|strasse|strassenname|straßenname|hausnummer|hausnr|standort|ort der meldung|lage)$|"
        r"osoite$|^(katu|kadunnimi|talonumero|sijainti|paikka)$"
    )),
    ("free text", (
        r"(诉求|投诉|反映|工单|事件|问题|办理|处理|处置|回复|答复|反馈|来电|主要|办结|受理|回访|"
        r"举报|咨询|案件)?(内容|描述|详情|情况|结果|意见|摘要|概述|说明|过程)$|"
        r"^(标题|备注|诉求|主题|附件|图片|照片|工单标题|诉求标题)$|\b(description|comments?|"
        r"narrative|remarks?|notes?|message|body|details?|summary|free ?text|transcript|"
        r"resolution(?! ?(?:date|time))|status notes|public notes|media ?url|"
        r"photo|image|attachment)\b|^(text|title|closure reason|close reason|case title|request details|"
        r"submitted ?photo|closed ?photo|url|link)$|beschreibung|bemerkung|mitteilung|nachricht|kommentar|"
        r"notiz|antwort|meldungstext|freitext|^titel$|foto$|bild$|kuvaus|teksti|viesti|kommentti|"
        r"lisätiedot|vastaus|huomautus|otsikko|kuva$|^palaute$"
    )),
    ("person", (
        r"性别|年龄|出生|民族|职业|\b(gender|sex|(?<!case )age(?! days)|date of birth|dob|"
        r"birth ?date|ethnicity|"
        r"race)\b|geschlecht|"
        r"geburtsdatum|geburtstag|^alter$|sukupuoli|syntymä|^ikä$|\betà\b"
    )),
)  # fmt: skip
#: Who a name may be of; that of a quarter, a service or an office is nobody's.
_PERSON = (
    r"(demandeu(r|se)|requerante?|declarante?|usager|citoyen(ne)?|habitant|plaignante?|contact|agent|"
    r"solicitante|denunciante|ciudadano|vecino|reclamante|contribuyente|usuario|cliente|titular|"
    r"contacto|agente|inspector|requerente|cidadao|municipe|utente|contato|atendente|"
    r"richiedente|segnalante|cittadino|contatto|operatore|melder|aanvrager|indiener|burger|"
    r"behandelaar|inwoner|persona?|personne|pessoa|persoon)"
)
#: The same in French, Spanish, Portuguese, Italian, Dutch and the Scandinavian languages, without accents.
_EUROPEAN_HEADINGS: tuple[tuple[str, str], ...] = (
    ("telephone", r"\b(tel|telephone|portable|telefono|celular|telefone|cellulare|telefoon|mobiel)"),
    ("e-mail", r"\b(courriel|correo|correio|e ?post|mail)\b(?! de ingreso)"),
    ("identity number", (
        r"\b(dni|cuil|curp|rfc|cpf|nif|cedula|documento|codice fiscale|bsn|personnummer|cpr|"
        r"immatriculation|matricula|patente|targa|kenteken)\b"
    )),
    ("name", (
        r"^(nom|prenom|nom et prenom|nombre|nombre (y apellidos?|completo)|apellidos?|nome|"
        rf"n(om|ombre|ome|aam) (de la|de l|del|della|dell|de|du|do|da|di|van de|van) {_PERSON}|"
        r"nome (completo|e cognome)|sobrenome|cognome|naam|voornaam|achternaam|naam melder|melder|"
        r"namn|fornamn|efternamn|navn|fornavn|etternavn|efternavn|anmalare|innmelder|anmelder|"
        r"demandeur|requerant|declarant|usager|solicitante|denunciante|ciudadano|vecino|requerente|"
        r"cidadao|solicitante|richiedente|segnalante|cittadino|behandelaar|agent)$"
    )),
    ("address", (
        r"\b(adresse|direccion|domicilio (calle|altura|esquina.*|cp)|calle|endereco|logradouro|rua|"
        r"indirizzo|adres|straat|straatnaam|huisnummer|adress|gata|gatenavn|vejnavn|husnummer|"
        r"postadress)\b|"
        r"^(via|rue|rue intersection ?\d?|no civique|numero civique|numero civico|altura|ubicacion|"
        r"localisation|locatie)$"
    )),
    ("free text", (
        r"\b(commentaires?|descriptif|observations?|descripcion|comentarios?|observaciones|detalle|"
        r"descricao|observacao|descrizione|note|omschrijving|toelichting|opmerking(en)?|beskrivelse|"
        r"beskrivning|kommentar|reponse|respuesta|resposta|risposta|antwoord|svar|texte|texto|testo|tekst)\b"
    )),
    ("person", (
        r"\b(genre|sexe|edad|genero|sexo|idade|sesso|geslacht|leeftijd|kon|alder|nationalite|"
        r"fecha de nacimiento|date de naissance|data de nascimento|data di nascita|geboortedatum)\b"
    )),
)  # fmt: skip
_HEADING = [(kind, re.compile(pattern)) for kind, pattern in _HEADINGS]
_EUROPEAN_HEADING = [(kind, re.compile(pattern)) for kind, pattern in _EUROPEAN_HEADINGS]

_PHONE = re.compile(
    r"(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]\d{7,8}(?:-\d{1,5})?"
    r"|(?:\+?1[-. ]?)?(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}(?: ?x\d+)?"
    r"|\+\d{1,3}[ (/-]*\d[\d ()/-]{6,}|0\d{2,5} ?[/ -] ?\d{4,9}|0[45]\d[ -]?\d{3}[ -]?\d{2,4}"
)
_MASKED_PHONE = re.compile(r"1[3-9]\d[*xX×＊]{3,6}\d{2,4}|[*xX×＊]{4,}\d{3,4}")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[A-Za-z]{2,}")
_CHINESE_ID = re.compile(r"\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]")
_OTHER_ID = re.compile(r"\d{3}-\d{2}-\d{4}|[0-3]\d[01]\d{3}[-+A]\d{3}[0-9A-Z]")
_ADDRESS = re.compile(
    r"\d+[A-Za-z]? (?:[NSEW]\.? )?[\w.' -]+ (?:st|ave|rd|blvd|dr|ln|ct|pl|ter|pkwy|hwy|sq|street|"
    r"avenue|road|"
    r"boulevard|drive|lane|court|place|terrace|way|square|circle|cir|row|park|parkway)\b"
    r"|(?:straße|strasse|str\.|gasse|weg|platz|allee|ufer|ring|damm|chaussee) ?\d+"
    r"|\b(?:rue|avenue|boulevard|chemin|calle|avenida|rua|via|viale|piazza) [\w.' -]+,? \d+|"
    r"\w(?:straat|laan|weg|plein|gracht|gatan|vägen|gate|vei|gade|vej) \d+"
    r"|(?:katu|tie|kuja|polku|kaari|väylä|bulevardi) \d+"
    r"|(?:路|街|道|巷|弄|村|胡同|大街|里|苑|园|区)\d+(?:[-—]\d+)?(?:号|弄|栋|幢|楼|室|单元)|"
    r"\d+号(?:楼|院|门|附)?|\d+(?:栋|幢|单元|室)",
    re.IGNORECASE,
)
_SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_CHINESE_NAME = re.compile(
    rf"[{_SURNAMES}](?:[\u4e00-\u9fff]{{1,2}}|[某*＊×xX]{{1,2}}|先生|女士|小姐|同志|师傅|阿姨|老师)"
)
_CERTAIN_NAME = re.compile(
    rf"[{_SURNAMES}][\u4e00-\u9fff]?(?:某{{1,2}}|[*＊×]{{1,2}}|先生|女士|小姐|同志|阿姨)"
)
_WESTERN_NAME = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Herr|Frau|Rouva)\.? )?[A-ZÄÖÜ][\w'’-]+,? (?:[A-ZÄÖÜ]\.? )?[A-ZÄÖÜ][\w'’-]+"
)
_TITLE = re.compile(r"(?:Mr|Mrs|Ms|Herr|Frau)\.? [A-ZÄÖÜ]")
#: From this share of cells on a column holds what the pattern finds.
_MANY = 0.3


def by_heading(heading: str) -> str:
    """Return the kind of personal column that a heading names, or nothing."""
    text = plain(heading)
    letters = without_accents(text)
    return next((kind for kind, pattern in _HEADING if pattern.search(text)), "") or next(
        (kind for kind, pattern in _EUROPEAN_HEADING if pattern.search(letters)), ""
    )


def by_content(cells: Sequence[str]) -> str:
    """Return the kind of personal column that cells, none of them blank, make plain; or nothing."""
    if not cells:
        return ""
    total = len(cells)
    distinct = len(set(cells)) / total
    for kind, patterns in (
        ("e-mail", (_EMAIL,)),
        ("identity number", (_CHINESE_ID, _OTHER_ID)),
        ("telephone", (_PHONE, _MASKED_PHONE)),
    ):
        if sum(any(one.fullmatch(cell) for one in patterns) for cell in cells) >= _MANY * total:
            return kind
    certain = sum(
        _CERTAIN_NAME.fullmatch(cell) is not None or _TITLE.match(cell) is not None for cell in cells
    )
    if certain >= _MANY * total:
        return "name"
    if distinct > 0.15 and sum(_ADDRESS.search(cell) is not None for cell in cells) >= _MANY * total:
        return "address" if _mean_length(cells) < 60 else "free text"
    wide = sum(_width(cell) for cell in cells) / total
    if wide > 45 and distinct > 0.3:
        return "free text"
    chinese = sum(_CHINESE_NAME.fullmatch(cell) is not None for cell in cells)
    if chinese >= 0.7 * total and distinct > 0.1 and total >= 20:
        return "name"
    western = sum(_WESTERN_NAME.fullmatch(cell) is not None for cell in cells)
    if western >= 0.7 * total and distinct > 0.5 and total >= 20:
        return "name"
    return ""


def holds_person(label: str) -> bool:
    """Say whether a label gives away a telephone, an address of mail or an identity number."""
    return any(
        pattern.search(label) is not None for pattern in (_EMAIL, _CHINESE_ID, _OTHER_ID, _MASKED_PHONE)
    ) or any(len(re.sub(r"\D", "", found)) >= 9 for found in _PHONE.findall(label))


def _mean_length(cells: Sequence[str]) -> float:
    return sum(map(len, cells)) / len(cells)


def _width(cell: str) -> int:
    """Return a text's length in Latin letters: a Chinese character says as much as three of them."""
    return sum(3 if ord(character) > 0x2E7F else 1 for character in cell)
