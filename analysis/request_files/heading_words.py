"""Words in headings, by role, in Chinese, English, German and Finnish, with how sure each is.

Of published exports and of hotlines' own systems; also the initials of Chinese words that are field names in
many of them (`SLSJ`: 受理时间). A score of 1 leaves no doubt, .3 fits several roles.
"""

_TIME = r"(?: ?(?:date|dt|datetime|time|timestamp|ts|day|on|at|utc|local))*"
#: Patterns by role, each with how sure it is; the surest one that fits counts, and a negative one ends it.
HEADING_WORDS: dict[str, tuple[tuple[float, str], ...]] = {
    "opened": (
        (-1, (
            r"^(created|creation) (department|hour|day of week|month|year|by)|(by|user|name|von|lähettäjä)$"
        )),
        (-1, r"截止|期限|时限|时长|用时|办结|结案|天数|小时"),
        (1.0, (
            rf"^(sr |case |request |ticket |issue |report )?(opened|open|created|create|creation|received|"
            rf"receipt|requested|reported|submitted|submission|intake|logged|registered|"
            rf"registration|entered|"
            rf"entry|initiated){_TIME}$"
        )),
        (1.0, (
            r"^(date|time|datetime|date ?time)( and time| time)?( of)? (opened|created|received|requested|"
            r"reported|submitted|logged|entered|creation|receipt|request|opening|report|submission|"
            r"registration)$"
        )),
        (1.0, (
            r"(受理|来电|登记|上报|诉求|接件|接单|接报|接电|接收|接听|收件|收单|提交|创建|反映|"
            r"投诉|报案|报修|报事|来信|来访|申请|建单|生成|录入|举报|求助|热线)(的)?(日期|"
            r"时间)"
        )),
        (0.8, r"(立案|立单|发生|发现|工单|事件|开始|采集)(日期|时间)"),
        (0.35, r"(派单|派发|下派|转办|交办|分派)(日期|时间)"),
        (1.0, (
            r"^(eingang|eingegangen|eingangsdatum|eingangszeit(punkt)?|eingangsdatum uhrzeit|meldedatum|"
            r"meldungsdatum|meldezeit(punkt)?|erstellt|erstellungsdatum|erstelldatum|"
            r"erstellungszeit(punkt)?|"
            r"erfasst|erfassungsdatum|erfassungszeit(punkt)?|angelegt|anlagedatum|aufgenommen|"
            r"aufnahmedatum|"
            r"gemeldet|eröffnet|eröffnungsdatum|datum der meldung|datum eingang)( am| um| datum)?$"
        )),
        (1.0, (
            r"^(vastaanotettu|vastaanotto|saapunut|saapumis|luotu|luonti|kirjattu|kirjaus|"
            r"ilmoitettu|ilmoitus|"
            r"jätetty|jättö|avattu|avaus|vireille ?tulo|lähetetty|lähetys|tulo)[ -]?(pvm|"
            r"päivä(määrä)?|aika|"
            r"ajankohta|hetki)?( klo)?$"
        )),
        (0.8, r"opened|created|requested|received|reported|submitted"),
        (0.7, r"^(sl|dj|ld|sb|lr|cj|jb|ldrq|gdsl)(sj|rq)$"),
        (0.4, (
            r"^(day|tag|date|datum|päivämäärä|pvm|日期|时间|datetime|timestamp|time|uhrzeit|aika|"
            r"zeitpunkt|date time)$"
        )),
        (0.9, r"^(add|entry|intake|open|report|received|create|creation) ?date$"),
    ),
    "closed": (
        (-1, (
            r"due|target|expected|estimated|planned|scheduled|sla|frist|soll|geplant|määräaika|"
            r"tavoite|应|预计|"
            r"要求|限|承诺|截止"
        )),
        (-1, (
            r"description|action|notes?$|comment|code|type|reason|by$|结果|情况|意见|内容|人$|率|时长|"
            r"用时|天数|评价"
        )),
        (1.0, (
            rf"^(sr |case |request |ticket |issue )?(closed|close|closing|closure|completed|complete|"
            rf"completion|resolved|resolution|finished|fixed|solved|done|ended|end){_TIME}$"
        )),
        (1.0, (
            r"^(date|time|datetime|date ?time)( and time| time)?( of)? (closed|completed|resolved|closing|"
            r"completion|resolution|closure|finished|fixed)$"
        )),
        (1.0, (
            r"(办结|结案|办理完成|关闭|办毕|处置完成|完结|结单|销案|处理完成|解决|办复|"
            r"办完)(的)?(日期|时间)"
        )),
        (0.8, r"(完成|结束|归档|回访|答复|回复|反馈|处置|处理)(日期|时间)"),
        (1.0, (
            r"^(erledigt|erledigung|erledigungsdatum|erledigungszeit(punkt)?|abgeschlossen|abschluss|"
            r"abschlussdatum|abschlusszeit(punkt)?|geschlossen|beendet|behoben|schließungsdatum|"
            r"schliessungsdatum|fertiggestellt|fertigstellung|gelöst|datum erledigung|datum abschluss)( am|"
            r" um| datum)?$"
        )),
        (1.0, (
            r"^(suljettu|sulkemis|sulku|valmistunut|valmistumis|valmis|päättynyt|päättymis|"
            r"ratkaistu|ratkaisu|"
            r"käsitelty|hoidettu|lopetettu|päätetty|korjattu|suoritettu)[ -]?(pvm|päivä(määrä)?|aika|"
            r"ajankohta|hetki)?( klo)?$"
        )),
        (0.8, r"closed|completed|resolved|办结|结案|erledigt|abgeschlossen|suljettu"),
        (0.7, r"^(bj|ja|wc|gb|wj|gdbj)(sj|rq)$"),
        (0.25, r"updated|last modified|modified|更新|修改|geändert|aktualisiert|päivitetty|muokattu"),
        (0.9, r"^(service ?)?(resolution|close|closed|completion) ?date$"),
    ),
    "due": (
        (-1, r"是否|超期|逾期天|days|status|tage$|天数"),
        (1.0, r"\b(due|deadline|target|sla target|promised|expected|expiration)\b(?!.*(hours|days))"),
        (0.8, (
            rf"^(estimated|planned|scheduled|sla) (closing|close|completion|resolution|response|finish|"
            rf"end){_TIME}$|^sla{_TIME}$"
        )),
        (1.0, (
            r"截止|到期|应办结|应结案|应完成|应回复|要求完成|要求办结|限办|限期|办理期限|办理时限|"
            r"处理时限|预计完成|预计办结|承诺(完成|办结)|最后期限|时限(日期|时间)?$|期限$"
        )),
        (1.0, (
            r"^(frist|fällig|fälligkeit|fälligkeitsdatum|zieldatum|zieltermin|solltermin|bearbeitungsfrist|"
            r"fristende|fristdatum|frist bis|termin|erledigen bis)( am| bis| datum)?$"
        )),
        (0.7, r"^(jz|dq|blqx|cbqx|bjqx|jzbl)(sj|rq)?$"),
        (1.0, r"määräaika|eräpäivä|tavoiteaika|tavoitepäivä|tavoitepvm|takaraja|odotettu"),
        (0.9, r"due ?date$"),
    ),
    "category": (
        (-1, (
            r"code$|编码|代码|描述|内容|时间|日期|来源|渠道|location type|facility|place type|"
            r"channel type|status|address|"
            r"person|满意|来电人|身份|处理|办理方式|工单状态|类别?编号|paikka|ort$"
        )),
        (1.0, (
            r"^(category|complaint type|request type|service request type|sr type|case type|issue type|"
            r"incident type|problem type|service type|request category|service category|issue category|"
            r"complaint category|type of (request|complaint|service)|request name|service name|"
            r"call type|sub ?request type|sub ?category|sub ?type|request sub ?type)( name)?$"
        )),
        (0.8, r"^(sr|service request|request|case|issue|complaint|problem) description$"),
        (0.9, (
            r"^(kategorie|anliegenart|anliegentyp|meldungsart|meldungstyp|meldungskategorie|"
            r"art der meldung|"
            r"art des anliegens|schadensart|mangelart|mängelart|thema|unterkategorie|rubrik|leistung|"
            r"anliegen)$"
        )),
        (0.9, (
            r"^(aihe|luokka|alaluokka|kategoria|palvelu|palvelun nimi|palautteen aihe|palauteluokka|"
            r"ilmoitustyyppi|vikatyyppi|palvelupyynnön tyyppi|palautteen luokka|aihepiiri)$"
        )),
        (1.0, (
            r"^(办件类别|诉求类别|诉求分类|问题类别|问题分类|问题类型|事件类别|事件分类|事件类型|"
            r"工单分类|归口类别|小类|小类名称|三级分类|四级分类|末级分类|细类|事项分类|事项名称|"
            r"问题小类|投诉类别|投诉分类|业务类别|诉求小类|诉求内容分类|部件小类|分类|类别)$"
        )),
        (0.8, (
            r"^(诉求类型|工单类别|办件类型|事项|事项类型|投诉类型|类型|二级分类|中类|二级类别|"
            r"投诉事项|诉求事项|反映问题|案件项目|案件类别|案件类型|陈情项目)$"
        )),
        (0.7, (
            r"^(type|problem|issue|topic|service|typ|art|sachgebiet|tyyppi|asia|asialaji|"
            r"工单类型|问题名称|"
            r"request|complaint)$"
        )),
        (0.5, (
            r"category|complaint type|kategorie|kategoria|类别|分类|小类|(?<!channel )type$|"
            r"^reason$|betreff|"
            r"titel der kategorie"
        )),
        (0.7, r"^(xl|lb|fl|sx|wtfl|sqlb|bjlb|sjfl|sjlb|sxfl)(mc|dm)?$"),
        (0.8, r"^(cat|categ|kat|luok|sr ?cat|request ?cat|req type|compl type)$"),
        (0.35, r"^(descriptor|short description|request details|title|subject name)$|类型"),
        (1.0, r"(三级|四级|末级)(分类|类别)"),
        (0.8, r"^type$|(二级)(分类|类别)"),
        (0.5, r"^subject$"),
    ),
    "group": (
        (-1, r"code$|编码|代码|时间|日期|age group|年龄|work ?group|user"),
        (1.0, (
            r"^(group|category group|request group|service group|main category|major category|"
            r"parent category|"
            r"reason|topic group|category 1|level 1)( name)?$"
        )),
        (1.0, (
            r"^(大类|大类名称|一级分类|一级类别|问题大类|诉求大类|部件大类|事件大类|类群|归口大类|"
            r"上级分类)$"
        )),
        (0.7, r"^(二级分类|中类|诉求类型|工单类型|办件类型|事件类型)$"),
        (1.0, (
            r"^(hauptkategorie|oberkategorie|obergruppe|kategoriegruppe|themenbereich|"
            r"themengruppe|oberthema|"
            r"hauptgruppe)$"
        )),
        (1.0, r"^(pääluokka|aiheryhmä|pääkategoria|palveluryhmä|yläluokka|pääaihe)$"),
        (0.7, r"^(dl|yjfl)(mc|dm)?$"),
        (0.5, r"^(gruppe|bereich|ryhmä|subject|class|section|(case )?record type)$|大类|一级"),
        (1.0, r"(一级|最上级)(分类|类别)|大类(名称)?$"),
    ),
    "unit": (
        (-1, (
            r"created|编码|代码|code$|时间|日期|电话|联系人|人$|意见|结果|status|email|phone|被投诉|"
            r"被反映|涉事|来电单位|工作单位"
        )),
        (1.0, (
            r"^(agency|agency name|department|dept|division|bureau|responsible agency|agency responsible|"
            r"owner department|responsible department|assigned (agency|department)|organi[sz]ation|"
            r"service provider|city department|assigned department|assigned division)( name)?$"
        )),
        (1.0, (
            r"^(responsible|handling|lead|owning|competent|undertaking) (unit|agency|department|division|"
            r"bureau|office|authority|body|organi[sz]ation)( name)?$"
        )),
        (1.0, r"(承办|主办|责任|处置|处理|办理|主责|经办|受办|承接)(单位|部门|机构)(名称)?$"),
        (0.8, (
            r"^(单位|部门|委办局|办理机构|承办方|权属单位|职能部门|归属部门|所属部门|首派单位|"
            r"派单单位|下派单位|派工单位|权责机关|业务单位)$"
        )),
        (1.0, (
            r"^(amt|dienststelle|zuständigkeit|zuständige stelle|zuständige dienststelle|zuständiges amt|"
            r"fachamt|fachbereich|behörde|dezernat|zuständig|organisationseinheit|verantwortliche stelle)$"
        )),
        (1.0, (
            r"^(virasto|toimiala|vastuuyksikkö|vastuutaho|vastuuvirasto|organisaatio|osasto|yksikkö|"
            r"vastuuorganisaatio|käsittelevä yksikkö|hallintokunta)$"
        )),
        (0.7, r"^(cb|zb|cz|zr|bl|cl|jb)(dw|bm)(mc)?$"),
        (0.6, r"^unit$"),
        (0.5, r"^owner$"),
        (0.5, r"agency|department|单位$|部门$|dienststelle"),
    ),
    "team": (
        (-1, r"code$|编码|时间|日期|电话|意见"),
        (1.0, (
            r"^(team|assigned team|queue|crew|work ?group|assignment group|squad|section|responsible team|"
            r"service team|team name|unit name|assigned unit|assigned group)$"
        )),
        (1.0, (
            r"^(班组|承办科室|科室|责任网格|所属网格|网格|网格名称|办理科室|处置班组|队伍|团队|"
            r"责任班组|承办班组|经办科室|作业班组)$"
        )),
        (1.0, (
            r"^(bearbeitungsgruppe|arbeitsgruppe|kolonne|trupp|referat|abteilung|bearbeitende gruppe|"
            r"einsatzgruppe|sachbearbeitung|bauhof)$"
        )),
        (1.0, r"^(tiimi|työryhmä|käsittelijäryhmä|jaos|jono|työjono|käsittelyryhmä|vastuutiimi)$"),
        (0.4, r"^(assigned to|unit|assignee|gruppe)$"),
    ),
    "channel": (
        (-1, r"code$|编码|时间|日期|资金|电话号码"),
        (1.0, (
            r"^(channel|source|origin|intake (channel|method)|request (channel|source|origin)|"
            r"open data channel type|channel type|contact (channel|method|type)|method received|"
            r"method of receipt|how received|received (via|by|through)|submitted via|interface used|"
            r"report(ing)? method|case source|sr source|entry method|source name|submission method|"
            r"input channel|origin type)$"
        )),
        (1.0, (
            r"(来源|渠道|途径)(名称|类型|方式)?$|^(反映管道|陈情管道|受理管道|受理方式|来电方式|诉求方式|接入方式|反映方式|"
            r"上报方式|投诉方式|受理渠道|来话方式)$"
        )),
        (1.0, (
            r"^(kanal|eingangskanal|eingangsart|eingangsweg|meldeweg|meldekanal|quelle|herkunft|"
            r"kontaktkanal|"
            r"kontaktart|gemeldet (über|via))$"
        )),
        (1.0, (
            r"^(kanava|lähde|tulotapa|tulokanava|ilmoitustapa|yhteydenottotapa|palautekanava|saapumistapa|"
            r"asiointikanava|vastaanottokanava)$"
        )),
        (0.7, r"^(ly|sjly|slqd|qd|lyqd|gdly|slfs)(mc|dm)?$"),
        (0.6, r"^(ch|chan|src|via|method)$"),
        (0.5, r"channel|kanal|kanava|来源|渠道"),
        (0.9, r"^(case|sr|request|ticket) (origin|source)$|^originator$"),
    ),
    "place": (
        (-1, (
            r"code$|编码|\bid$|zip|postal|postleitzahl|plz|postinumero|邮编|count|electrical|"
            r"police (precinct|"
            r"sector)|sanitation|fire|taxi|bridge|vehicle"
        )),
        (1.0, (
            r"^(neighbou?rhoods?|neighbou?rhood name|community|community name|analysis neighborhood|"
            r"neighborhood district|suburb|borough|district|ward|district name|ward name|area name)$"
        )),
        (0.8, (
            r"^(community area|community board|council district|city council district|supervisor district|"
            r"precinct|quarter|area|zone|region|municipality|county|township|village|"
            r"planning district)( name)?$"
        )),
        (0.55, r"^(city|town|place|location name|police district|location)$"),
        (1.0, (
            r"^(社区|所属社区|街道|所属街道|街镇|所属街镇|乡镇|镇街|乡镇街道|街道乡镇|街道(（|"
            r"\()?乡镇(）|\))?|村居|村社区|社区名称|街道名称|所在街道|所在社区|诉求街道|"
            r"事发街道|居委会|村\(社区\))$"
        )),
        (0.85, (
            r"^(区|区县|所属区|所属区县|区域|所属区域|所在区|辖区|属地|行政区|行政区划|区划|事发区域|"
            r"诉求区域|区县市|被反映区|地区|县区|县\(市区\))$"
        )),
        (0.7, r"^(jd|jz|sq|xz|qx|szjd|szsq|jjzd|xzq|ssjd|sssq)(mc)?$"),
        (0.5, r"小区$|片区|街道|社区|乡镇"),
        (1.0, (
            r"^(stadtteil|stadtbezirk|bezirk|ortsteil|stadtviertel|quartier|stadtquartier|kreis|viertel|"
            r"stadtkreis|gemeinde|ortschaft|stadtteilname|ortsbezirk|statistisches quartier)( name)?$"
        )),
        (1.0, (
            r"^(kaupunginosa|alue|piiri|suurpiiri|peruspiiri|kunta|osa-alue|kylä|palvelualue|"
            r"kaupunginosan nimi|alueen nimi)$"
        )),
    ),
    "id": (
        (-1, (
            r"parent|user|owner|street|house|phone|zip|code|employee|account|community|district|ward|"
            r"service code|department|agency|座机|电话|手机|身份证|证件|门牌|社区|单位|网格|车牌|"
            r"联系|类别|部件|contact|mobile|fax|"
            r"telefon|puhelin|haus"
        )),
        (1.0, (
            r"^(id|unique key|key|case ?id|case enquiry id|enquiry id|case number|case no|case|sr number|"
            r"sr id|sr no|request (id|number|no)|service request (id|number|no)|ticket( ?(id|number|no))?|"
            r"incident (id|number|no)|reference( ?(id|number|no))?|report (id|number|no)|issue id|"
            r"record id|"
            r"requestid|tracking (id|number)|global ?id|uuid|number|no|nr|request number)$"
        )),
        (0.9, r"^(object ?id|fid)$"),
        (1.0, (
            r"(工单|受理|任务|案件|诉求|办件|事件|投诉|登记|信件|案卷|问题|流水|来电|热线)(编号|"
            r"单号|号|流水号|编码|id)$|^(编号|单号|工单编号|工单号|流水号|案号)$"
        )),
        (0.7, r"^(gd|aj|rw|sl|dj|bj|sq)?(bh|dh|lsh)$"),
        (0.5, r"^序号$|^lfd\.? ?nr\.?$|^row( ?(id|number))?$|^index$"),
        (1.0, (
            r"^(vorgangs ?nummer|vorgangs ?nr|vorgangs ?id|ticket ?nummer|ticket ?nr|aktenzeichen|kennung|"
            r"meldungs ?(id|nr|nummer)|melde ?(nummer|nr|id)|fall ?(nummer|nr)|auftrags ?(nummer|"
            r"nr)|nummer|"
            r"anliegen ?(id|nr|nummer)|laufende nummer|vorgang)$"
        )),
        (1.0, (
            r"^(tunnus|tunniste|palautteen (tunnus|numero|id)|ilmoituksen (tunnus|numero)|ilmoitusnumero|"
            r"palautenumero|asianumero|diaarinumero|tapausnumero|numero|palvelupyynnön (numero|tunnus)|"
            r"pyyntönumero)$"
        )),
        (0.9, (
            r"^(service ?)?(case|request|sr|ticket|incident|issue|complaint)( ?record)? ?(id|num|"
            r"number|no|nr)$|^(palaute|anliegen) ?id$"
        )),
        (0.6, r"^service request$"),
    ),
    "latitude": (
        (1.0, (
            r"^(lat|latitude|geo lat|y lat|wgs84 lat|breitengrad|breite|geo breite|leveysaste|leveyspiiri|"
            r"leveys|纬度|坐标纬度|纬度坐标)$"
        )),
        (0.7, r"latitude|纬度|breitengrad|leveys"),
        (0.6, r"^wd$"),
        (0.4, r"^(y|y ?coord(inate)?|y坐标|坐标y|ykoord|y koordinaatti|y koordinate)$"),
    ),
    "longitude": (
        (1.0, (
            r"^(lon|long|lng|longitude|geo lon|geo lng|x long|wgs84 lon|längengrad|länge|"
            r"geo länge|pituusaste|"
            r"pituuspiiri|pituus|经度|坐标经度|经度坐标)$"
        )),
        (0.7, r"longitude|经度|längengrad|pituus"),
        (0.6, r"^jd$"),
        (0.4, r"^(x|x ?coord(inate)?|x坐标|坐标x|xkoord|x koordinaatti|x koordinate)$"),
    ),
    "status": (
        (-1, r"date|time|时间|日期|notes|on ?time|ontime|code$|marital"),
        (1.0, r"^((case|request|sr|service request|ticket|current|issue) )?(status|state)( name| value)?$"),
        (1.0, (
            r"(办理|工单|处理|办结|案件|当前|受理|处置|诉求|任务)?状态$|^(是否办结|办理情况状态|"
            r"办理进度|办理阶段|当前环节)$"
        )),
        (0.7, r"^(gd|bl|aj|cl)?zt$"),
        (1.0, r"^(zustand|bearbeitungsstand|bearbeitungsstatus|stand)$"),
        (1.0, r"^(tila|käsittelytila|käsittelyn tila|palautteen tila|tilanne)$"),
        (0.9, r"^(service ?)?(order|request|case|sr) ?status$"),
    ),
}  # fmt: skip
