"""Words in headings, by role, in French, Spanish, Portuguese, Italian, Dutch and the Scandinavian languages.

Accents are left away before these are compared (`headings.without_accents`). The words are those of portals'
exports; a score of 1 leaves no doubt, as in `heading_words`.
"""

#: What stands before the word of an event: "date de", "fecha", "datum", and perhaps a system's letters.
_DAY = (
    r"(?:(?:[a-z]{2,4} )?(?:date|fecha|data|datum|dato|heure|hora|ora|tijd|tijdstip|momento|tid|tidspunkt)"
    r"(?: (?:et heure|y hora|e hora|e ora|en tijd|og tid|och tid))?"
    r"(?: (?:de la|de l|du|de|da|do|di|del|della|van|for|av))? ?)"
)

#: Patterns by role, each with how sure it is.
EUROPEAN_HEADING_WORDS: dict[str, tuple[tuple[float, str], ...]] = {
    "opened": (
        (-1, r"cloture|cierre|fermeture|conclus|chiusura|afhandel|afsluit|gesloten|afslut|lukket|avslut"),
        (-1, r"(?:par|por|da|door|av|af)$"),
        (1.0, (
            rf"^{_DAY}(?:creation|saisie|signalement|depot|reception|ouverture|demande|declaration|"
            r"enregistrement)"
        )),
        (1.0, (
            rf"^{_DAY}(?:creacion|ingreso|alta|apertura|registro|recepcion|solicitud|reclamo|inicio|"
            r"entrada|reporte)"
        )),
        (1.0, rf"^{_DAY}(?:criacao|abertura|registo|cadastro|solicitacao|recebimento|protocolo)"),
        (1.0, rf"^{_DAY}(?:creazione|apertura|segnalazione|inserimento|registrazione|ricezione)"),
        (1.0, rf"^{_DAY}(?:melding|aanmaak|aangemaakt|ontvangst|ontvangen|invoer|registratie|gemeld)"),
        (1.0, r"^(?:meldingsdatum|aanmaakdatum|ontvangstdatum|registratiedatum|gemeld op|aangemaakt op)$"),
        (1.0, (
            r"^(?:(?:inkom|registrerings?|oprettelses|opprettelses|skapad|oprettet|opprettet|mottatt|"
            r"modtaget|arende|sak)(?: ?(?:datum|dato|tid))?|(?:arendet )?inkom)$"
        )),
        (1.0, r"^(?:cree le|recu le|signale le|creado el|abierto el|criado em|creato il)$"),
    ),
    "closed": (
        (-1, r"prevu|prevista|previsto|limite|echeance|vencimiento|prazo|scadenza|streef|verwacht|forfald"),
        (-1, r"(?:par|por|door|av|af)$|motif|motivo|reden"),
        (1.0, (
            rf"^{_DAY}(?:cloture|fermeture|resolution|traitement|fin|realisation|achevement|"
            r"intervention terminee)"
        )),
        (1.0, rf"^{_DAY}(?:cierre|resolucion|finalizacion|solucion|termino|conclusion|atencion)"),
        (1.0, rf"^{_DAY}(?:fechamento|encerramento|conclusao|finalizacao|resolucao)"),
        (1.0, rf"^{_DAY}(?:chiusura|risoluzione|conclusione|fine)"),
        (1.0, rf"^{_DAY}(?:afgehandeld|afhandeling|afgerond|gesloten|sluiting|gereed|opgelost)"),
        (1.0, (
            r"^(?:afhandeldatum|afhandelingsdatum|sluitingsdatum|gereeddatum|"
            r"(?:afgehandeld|afgerond|gesloten|opgelost) op)$"
        )),
        (1.0, (
            r"^(?:(?:avsluts?|avslutad|avslutet|afslutnings?|afsluttet|lukket|lost|losnings?|fardig)"
            r"(?: ?(?:datum|dato|tid))?)$"
        )),
        (1.0, r"^(?:cloture le|ferme le|resolu le|cerrado el|resuelto el|fechado em|chiuso il)$"),
    ),
    "due": (
        (1.0, rf"^{_DAY}(?:limite|prevu|prevista|previsto|echeance|vencimiento|vencimento|scadenza|streef)"),
        (1.0, (
            r"^(?:echeance|delai|plazo|fecha limite|vencimiento|prazo|data limite|scadenza|streefdatum|"
            r"uiterste datum|afhandeltermijn|forfaldsdato|frist|slutdatum|behandlingsfrist)$"
        )),
    ),
    "category": (
        (-1, r"code$|codigo$|codice$|lieu|lugar|date|fecha|canal|statut|estado"),
        (1.0, (
            r"^(?:type (?:de )?(?:demande|signalement|requete|probleme|anomalie)|sous categorie|"
            r"tipo (?:de |di )?(?:solicitud|reclamo|solicitacao|servico|segnalazione|incidencia|reporte)|"
            r"sub ?categoria|sotto ?categoria|sub ?rubriek|sub ?categorie|meldingstype|soort melding|"
            r"arendetyp|sakstype|sagstype|underkategori|acti nom|activite)$"
        )),
        (0.8, (
            r"^(?:categorie|categoria|anomalie|demande|sujet|objet|theme|thematique|assunto|servico|"
            r"reclamo|incidencia|tema|materia|argomento|rubriek|onderwerp|prestation|amne|emne|kategori)$"
        )),
        (0.6, r"^(?:type|tipo|soort|typ|concepto|tipologia|typologie|nature)$"),
    ),
    "group": (
        (0.9, (
            r"^(?:categorie principale|domaine|famille|rubro|grupo|gruppo|categoria principal|"
            r"macro ?categoria|hoofd ?rubriek|hoofd ?categorie|huvudkategori|hovedkategori|area tematica)$"
        )),
    ),
    "unit": (
        (-1, r"code$|codigo$|date|fecha"),
        (1.0, (
            r"^(?:service (?:responsable|gestionnaire|competent|traitant)|direction|unite (?:resp(?:onsable)?"
            r"(?: parent)?)|gestionnaire|area responsable|dependencia|organismo|reparticion|secretaria|"
            r"orgao|orgao responsavel|unidade|ente|ufficio|ufficio competente|settore|afdeling|dienst|"
            r"behandelende (?:dienst|afdeling)|forvaltning|forvaltningen|enhet|enhed|nemnd|"
            r"ansvarig (?:enhet|forvaltning)|departamento|departement|dipartimento)$"
        )),
    ),
    "team": ((0.9, r"^(?:equipe|cuadrilla|squadra|ploeg|lag|hold|arbetslag)$"),),
    "channel": (
        (-1, r"date|fecha|telephone$"),
        (1.0, (
            r"^(?:canal(?: (?:de )?(?:entree|ingreso|reception|entrada|atendimento))?|provenance"
            r"(?: originale)?|origine|origen|origem|medio(?: de contacto)?|via|source|canale|provenienza|"
            r"kanaal|bron|ingangskanaal|kilde|kalla|inkommet via)$"
        )),
    ),
    "place": (
        (-1, r"code|codigo|postal|numero|rue|calle|direccion"),
        (1.0, (
            r"^(?:(?:domicilio )?(?:barrio|comuna|colonia|distrito|alcaldia|delegacion|municipio)|quartier|"
            r"arrondissement|commune|secteur|bairro|subprefeitura|freguesia|regiao|quartiere|circoscrizione|"
            r"municipio|rione|wijk|buurt|stadsdeel|gebied|stadsdel|bydel|kommundel)(?: (?:nom|nombre|nome|"
            r"naam|navn|namn))?$"
        )),
    ),
    "id": (
        (-1, r"telephone|telefono|telefoon|casa|rue|calle|postal|postcode|parent|code"),
        (1.0, (
            r"^(?:id unique|identifiant|numero(?: (?:de |da |di )?(?:demande|dossier|signalement|solicitud|"
            r"reclamo|reporte|ticket|protocolo|segnalazione|pratica))?|n dossier|reference|folio|protocolo|"
            r"expediente|contacto|id (?:demande|reclamo|solicitud|segnalazione)|nr|nummer|meldingsnummer|"
            r"melding(?:s)? ?(?:id|nr)|zaaknummer|zaak ?id|arendenummer|arende ?(?:id|nr)|saksnummer|"
            r"sagsnummer|diarienummer)$"
        )),
        (0.6, r"^contacto$"),
    ),
    "latitude": ((1.0, r"^(?:latitud|latitude|latitudine|breedtegraad|breddegrad|loc lat)$"),),
    "longitude": ((1.0, r"^(?:longitud|longitude|longitudine|lengtegraad|lengdegrad|langdgrad|loc long?)$"),),
    "status": (
        (-1, r"date|fecha|datum|dato|data"),
        (1.0, (
            r"^(?:statut|etat|dernier statut|statut (?:de la )?demande|estado|situacion|situacao|stato|"
            r"estado (?:del |de la |da |do )?(?:contacto|solicitud|reclamo|solicitacao)|stand|"
            r"afhandelstatus|tillstand)$"
        )),
    ),
}  # fmt: skip
