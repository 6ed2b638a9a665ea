# Ord for det, programmet kender: arter, stadier, datoer, regler.

kind-access = Indsigt
kind-withdrawal = Tilbagekaldelse
kind-erasure = Sletning
kind-rectification = Berigtigelse
kind-restriction = Begrænsning
kind-portability = Dataportabilitet
kind-objection = Indsigelse
kind-name-redaction = Navneredigering
kind-complaint = Klage
kind-other = Andet

title-access = Anmodning om indsigt
title-withdrawal = Tilbagekaldelse af samtykke
title-erasure = Anmodning om sletning
title-rectification = Anmodning om berigtigelse
title-restriction = Anmodning om begrænsning
title-portability = Anmodning om dataportabilitet
title-objection = Indsigelse mod behandling
title-name-redaction = Navneredigering i video
title-complaint = Klage
title-other = Henvendelse
title-mail = Mail uden emne
title-optout = Afmelding af nyhedsbrev

type-request = anmodning
type-recording = optagelse
type-mail = Mail
type-optout = afmelding

status-new = Ny
status-awaiting-clarification = Afventer præcisering
status-awaiting-identity = Afventer identitet
status-in-progress = I gang
status-awaiting-third-party = Afventer andre
status-ready = Klar til svar
status-open = Åben
status-closed = Lukket

outcome-answered = Besvaret
outcome-partly-met = Delvist imødekommet
outcome-nothing-held = Intet registreret
outcome-rejected = Afvist
outcome-withdrawn-by-person = Trukket tilbage
outcome-duplicate = Dublet
outcome-no-reply = Intet svar fra personen
outcome-not-a-request = Ikke en anmodning

channel-mail = mail
channel-form = formular
channel-message = besked
channel-phone = telefon
channel-in-person = personligt
channel-letter = brev
channel-authority = Datatilsynet

urgency-overdue = Overskredet
urgency-act-now = Handl nu
urgency-soon = Snart
urgency-later = Senere

flag-conflict = konflikt
flag-extended = forlænget
flag-awaiting-identity = afventer identitet
flag-repeat = gentagelse
flag-complaint = klage
flag-link-not-sent = link ikke sendt
flag-conflict-long = Konflikt: noget står til sletning, før anmodningen om indsigt er besvaret, eller en optagelse skal slettes straks.
flag-extended-long = Svarfristen er forlænget.
flag-awaiting-identity-long = Der er bedt om bevis for identiteten. Svarfristen løber videre.
flag-repeat-long = Gentagelse: det samme er besvaret inden for et år.
flag-complaint-long = Klage eller sag, som Datatilsynet er inddraget i.
flag-link-not-sent-long = Linket til optagelsen er ikke sendt.

task-todo = Mangler
task-asked = Spurgt
task-done = Udført
task-nothing-held = Intet registreret
task-kept = Beholdt
task-skipped = Udeladt

copy-present = Findes
copy-deleted = Slettet
copy-purged = Slettet, også fra papirkurven

form-private = privat session
form-group = fælles session

source-link = link i nyhedsbrevet
source-mail = mail
source-phone = telefon
source-in-person = personligt
source-list = liste

ground-repetition = Overdreven på grund af gentagelse
ground-unfounded = Åbenbart grundløs
ground-abuse = Misbrug af retten
ground-unidentified = Personen kan ikke identificeres
ground-others-rights = Andres rettigheder
ground-legal-obligation = Retlig forpligtelse til at opbevare
ground-legal-claims = Retskrav
ground-contract = Oplysningerne er nødvendige for kontrakten
ground-not-controller = En anden er dataansvarlig

non-ground-work-load = arbejdsmængden
non-ground-cost = omkostningerne
non-ground-tone = tonen
non-ground-purpose = personens formål
non-ground-lawsuit = en forventet retssag
non-ground-holiday = ferie

light-green = Støtter en afvisning
light-amber = Tvivlsomt
light-red = Taler imod en afvisning

question-earlier = Er der en tidligere anmodning om det samme?
question-earlier-none = nej, dette er den første.
question-earlier-is = ja, { $id }.
question-answered = Blev den besvaret fuldt ud?
question-answered-none = nej, der er intet svar.
question-answered-is = { $outcome }.
question-ago = Hvor længe er det siden?
question-ago-none = der er ingen tidligere anmodning.
question-ago-is = { $n ->
    [one] { $n } dag.
   *[other] { $n } dage.
}
question-changed = Hvad har ændret sig siden?
question-changed-none = intet, så vidt programmet ved.
question-changed-unknown = ukendt, da der ikke er en tidligere anmodning.
question-changed-is = nyt siden da: { $ids }.

event-received = Modtaget
event-registered = Registreret
event-edited = Navn eller adresse rettet
event-noted = Note tilføjet
event-identity-requested = Bedt om bevis for identitet
event-identity-confirmed = Identitet bekræftet
event-extended = Svarfrist forlænget
event-file-attached = Fil lagt på sagen
event-file-marked = Fil markeret
event-file-removed = Fil taget af sagen
event-task-added = Opgave tilføjet
event-task-set = Opgave ændret
event-rows-taken = Rækker fra tjeneste gemt
event-link-sent = Link sendt
event-delivered = Udleveret
aside-bounce = et brev kom retur, og ingen sag passer til det
aside-autoresponse = et automatisk svar, og ingen sag passer til det
aside-bulk = sendt til mange: nyhedsbrev, reklame eller mailliste
aside-no-sign = beder ikke om noget, man har ret til
aside-rule = en af dine egne regler siger det
relation-reply = Svar
relation-bounce = Brev retur
relation-autoresponse = Automatisk svar
sheet-aside-why = Lagt til side
sheet-taken-as = Taget ind som
event-set-aside = Lagt til side
event-taken = Taget ind
event-mail-added = Mail lagt på sagen
event-texts-erased = Tekst slettet
event-erased = Slettet her
event-agreed = Aftale om sletning
event-consented = Samtykke til anden brug
event-copy-marked = Kopi slettet
event-resolved = Lukket
event-rejected = Afvist
event-reopened = Genåbnet
event-undone = Fortrudt
event-redone = Gentaget

via-cli = kommando
via-tui = skærm
via-import = import
via-demo = eksempel

next-nothing = Intet
next-deliver = Udlevér { $id }, før den slettes
next-answer-before-erasure = Svar, før { $id } slettes her
next-read-mail = Læs, hvad personen har skrevet
next-follow-up = Ryk for svar: { $place }
next-delete-recording = Slet { $id } nu
next-await-clarification = Afvent, hvad personen mener
next-await-identity = Afvent bevis for identitet
next-await-others = { $n ->
    [one] Afvent svar fra én, du har spurgt
   *[other] Afvent svar fra { $n }, du har spurgt
}
next-answer = Læs og besvar
next-send-answer = Send svaret, og luk
next-send-link = Send linket
next-delete-copy = Slet: { $place }
next-close-recording = Alle kopier er slettet: luk
next-close-optout = Fjernet overalt: luk

conflict-recording-first = { $id } skal slettes { $due }, før svaret er givet: udlevér den først.
conflict-request-first = Anmodningen om indsigt { $id } er ikke besvaret (frist { $due }): udlevér optagelsen, før den slettes.
conflict-answer-first = { $id } står til at blive slettet her { $due }, før svaret er givet: tag den med i svaret først.
conflict-kept-for-answer = Anmodningen om indsigt { $id } er ikke besvaret (frist { $due }): sagen slettes ikke før da.
conflict-delete-now = { $id } skal slettes med det samme (frist { $due }).
conflict-erasure-asked = { $id } beder om sletning: optagelsen skal slettes med det samme.

moment = { $day } kl. { $hour }.{ $minute }
moment-today = i dag
moment-yesterday = i går
days-left-today = frist i dag
days-left-tomorrow = 1 dag tilbage
days-left = { $n } dage tilbage
days-past = { $n ->
    [one] { $n } dag over fristen
   *[other] { $n } dage over fristen
}

date = { $day }. { $month } { $year }
date-with-weekday = { $weekday } den { $date }
date-in-list = { $weekday } { $day }.{ $month-number }.
date-in-list-with-year = { $day }.{ $month-number }.{ $year }
weekday-1 = mandag
weekday-2 = tirsdag
weekday-3 = onsdag
weekday-4 = torsdag
weekday-5 = fredag
weekday-6 = lørdag
weekday-7 = søndag
weekday-short-1 = ma
weekday-short-2 = ti
weekday-short-3 = on
weekday-short-4 = to
weekday-short-5 = fr
weekday-short-6 = lø
weekday-short-7 = sø
month-1 = januar
month-2 = februar
month-3 = marts
month-4 = april
month-5 = maj
month-6 = juni
month-7 = juli
month-8 = august
month-9 = september
month-10 = oktober
month-11 = november
month-12 = december

day-off-saturday = lørdag
day-off-sunday = søndag
day-off-new-year = nytårsdag
day-off-maundy-thursday = skærtorsdag
day-off-good-friday = langfredag
day-off-easter-sunday = påskedag
day-off-easter-monday = 2. påskedag
day-off-prayer-day = store bededag
day-off-ascension = Kristi himmelfartsdag
day-off-whit-sunday = pinsedag
day-off-whit-monday = 2. pinsedag
day-off-christmas-day = juledag
day-off-second-christmas-day = 2. juledag
day-off-constitution-day = grundlovsdag
day-off-christmas-eve = juleaftensdag
day-off-new-years-eve = nytårsaftensdag

rule-months = Modtaget { $received } + { $n ->
    [one] { $n } måned
   *[other] { $n } måneder
} = { $nominal } (databeskyttelsesforordningens art. 12, stk. 3).
rule-month-end = Den dag findes ikke i måneden, så månedens sidste dag gælder.
rule-moved = Flyttet over { $reasons } til { $due } (forordning 1182/71, art. 3, stk. 4).
rule-extended = Forlænget med to måneder regnet fra modtagelsen; personen fik besked { $notified }.
rule-at-once = Virker straks; måneden er fristen for at bekræfte og afslutte sletningen.
rule-complaint = Loven sætter ingen frist for klager; her bruges én måned.
rule-by-post = Svar, der sendes med post, planlægges { $n } dage tidligere.
rule-optout = Afmeldt { $received }; virker straks og skal være udført senest { $due }.
rule-act-by = Sikker sidste arbejdsdag: { $date }.
rule-agreed = Opbevares efter skriftlig aftale til { $due } (aftalt { $agreed }, { $reference }).
rule-recording = Link sendt { $sent } + { $n } dage = { $due }. Sletning udskydes ikke på grund af weekender og helligdage.
rule-declined = Personen frabad sig optagelse; der er intet at slette.
rule-declined-but-held = Personen frabad sig optagelse, men der findes en kopi: slet den straks.
rule-link-missing = Fristen løber fra den dag, linket sendes. { $n } dage efter sessionen kommer en påmindelse.

sheet-next = Næste skridt
sheet-act-by = Handl senest
sheet-due = Frist
sheet-received = Modtaget
sheet-extension = Forlænget til { $until }; besked givet { $notified }. Begrundelse: { $reason }
sheet-identity-requested = Bedt om bevis for identitet { $on }. Tvivlen: { $reason }
sheet-identity-confirmed = Identitet bekræftet { $on }: { $method }
sheet-possible-suspension = { $n ->
    [one] Mulig suspension: { $n } dag. Fristen er ikke flyttet.
   *[other] Mulig suspension: { $n } dage. Fristen er ikke flyttet.
}
sheet-tasks = Opgaver ({ $done }/{ $all })
sheet-rows = { $n ->
    [one] { $n } række fra { $file }
   *[other] { $n } rækker fra { $file }
}
sheet-rejection = Afvisning
sheet-burden-accepted = Du har udtrykkeligt påtaget dig bevisbyrden.
sheet-session = Session
sheet-declined = Personen frabad sig optagelse.
sheet-link-sent = Link sendt
sheet-delivered = Udleveret
sheet-link-expires = Link udløber
sheet-consent = Samtykke { $on } til { $purpose } ({ $reference })
sheet-copies = Kopier
sheet-notes = Noter
sheet-closed = Lukket
sheet-override = Lukket trods åbne punkter, fordi
sheet-earlier = Tidligere anmodninger om det samme
sheet-earlier-line = { $id }  modtaget { $received }, { $n ->
    [one] { $n } dag
   *[other] { $n } dage
} før: { $outcome }
sheet-earlier-unchanged = siden da er der ikke kommet noget nyt om personen
sheet-earlier-changed = siden da er der kommet: { $ids }
sheet-related = Andet om personen
sheet-files = Filer
file-unnamed = uden navn ({ $type })
file-for-task = til opgaven { $task }
file-internal = kun til dig
file-not-kept = ikke gemt: { $why }
not-kept-too-large = for stor
not-kept-identity = kan være kopi af legitimation
not-kept-cpr = indeholder et CPR-nummer
not-kept-no-case = mailen hører ikke til en sag
not-kept-unknown = indholdet mangler
size-bytes = { $n } byte
size-kb = { $n } KB
size-mb = { $n } MB
sheet-message = Teksten
sheet-problems = Om mailen: { $problems }
month-short-1 = jan.
month-short-2 = feb.
month-short-3 = mar.
month-short-4 = apr.
month-short-5 = maj
month-short-6 = jun.
month-short-7 = jul.
month-short-8 = aug.
month-short-9 = sep.
month-short-10 = okt.
month-short-11 = nov.
month-short-12 = dec.
next-empty-trash = Tøm papirkurven: { $place }
event-held = Sletning udsat
event-hold-lifted = Udsættelse af sletning ophævet
sheet-hold = Sletning udsat; vurderes igen { $review }: { $reason }
sheet-retention-texts = Teksten skal slettes her { $date }.
sheet-retention-record = Sagen skal slettes her { $date }.
sheet-erased-texts = Teksten blev slettet her { $date }.
sheet-erased-record = Slettet her { $date }: kun nummer, art, datoer, udfald og afslagsgrund er tilbage.
sheet-follow-up = følg op { $on }
sheet-duplicate-of = Samme sag som { $id }
sheet-products = Købte produkter hviler på aftalen, ikke på samtykket: tag stilling, før adgangen lukkes. Bilag opbevares i 5 år fra regnskabsårets udløb.
person-erased = (slettet)
event-letter-sent = Brev sendt
event-letter-sending = Brev ved at blive sendt
event-letter-not-sent = Brev ikke sendt
sheet-outbox = Breve på vej
sheet-outbox-open = { $on } · { $letter } · det er uvist, om det blev sendt: { $message }
sheet-outbox-failed = { $on } · { $letter } · ikke sendt: { $why }
sheet-letters = Breve, der er sendt
sheet-letter = { $on } · { $letter } · { $channel }
moment-weekday = i { $weekday }s
