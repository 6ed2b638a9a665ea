# Skærmens tekster. Ved taster er .short ordet i bundlinjen.

tab-today = I dag
tab-requests = Anmodninger
tab-recordings = Optagelser
tab-newsletter = Nyhedsbrev
tab-history = Historik
read-only = [kun læsning]
word-recording = optagelse
heading-closed = Lukket
days-short = { $n } d
too-small = Skærmen er for lille. Gør vinduet mindst { $width }×{ $height } tegn stort. q afslutter.
search-found = { $n ->
    [one] { $n } fundet
   *[other] { $n } fundet
}
search-found-more = mindst { $n } fundet

filter-any = Åbne og lukkede
filter-open = Kun åbne
filter-closed = Kun lukkede
not-filter-today = Fanen I dag viser kun det, der haster.
    .hint = Brug 2, 3 eller 4 for at se alt.
    .hint-plain = Skriv først »anmodninger«, »optagelser« eller »afmeldinger«.
not-nothing-there = Der er ikke noget under markøren.
    .hint = n opretter noget nyt.
    .plain = Ingen sag er åben.
    .hint-plain = Skriv først dens nummer i listen, eller dens id.
not-in-history = Det virker ikke i historikken.
    .hint = Vælg en anden fane med 1–4.
    .hint-plain = Åbn en sag med dens nummer, eller vælg en anden liste.
not-on-a-task = Markøren står ikke på en opgave eller en kopi.
    .hint = Flyt den med j og k.
not-written = Der er ikke skrevet noget endnu.
key-unknown = Tasten { $key } bruges ikke her.
    .hint = ? viser tasterne.

empty-search = Intet passer til søgningen. Prøv et kortere ord, eller noget af navnet, adressen eller nummeret. Esc viser alt igen.
empty-today = Intet haster. Godt gået.
empty-today-later = Tryk { $key } for at arbejde forud.
empty-today-nothing = Intet er åbent. { $key } opretter en anmodning, når der kommer en.
empty-requests = Ingen anmodninger. { $key } opretter en, og »indsigt import mail« henter dem fra mails.
empty-recordings = Ingen optagelser. { $key } opretter en, når du har optaget en session, og »indsigt import recordings« henter dem fra en liste.
empty-newsletter = Ingen afmeldinger. { $key } opretter en, og »indsigt import optouts« henter dem fra en liste.
empty-history = Historikken er tom: intet er ændret endnu. Hver ændring står her, så snart den er gjort; { $key } opretter den første anmodning.
empty-start = Registeret er tomt. Tryk { $key } for at se, hvordan du kommer i gang.

changed-several = { $n ->
    [one] { $n } sag lukket
   *[other] { $n } sager lukket
}
changed-by = { $id }: { $event } ({ $status })
copied = Kopieret til udklipsholderen.
copy-too-long = Teksten er for lang til at blive kopieret gennem terminalen.
draft-kept = Teksten er gemt som kladde og hentes frem næste gang.
draft-never-written = Noget i teksten ligner et CPR-nummer; den skrives derfor ikke på disken og findes kun her, til programmet lukkes.
draft-failed = Kladden er ikke gemt: { $why }
draft-line = ! Kladde: { $form } ({ $when })
draft-flag = kladde
drafts-there = { $n ->
    [one] Der er en kladde fra sidst: { $named }. Åbn den igen for at skrive videre.
   *[other] Der er { $n } kladder fra sidst: { $named }. Åbn dem igen for at skrive videre.
}

confirm-title = Er du sikker?
confirm-start-over = Kassér det skrevne, og begynd forfra? Det kan ikke fortrydes.
confirm-recording = Er alle kopier af optagelsen slettet, også fra papirkurven?
confirm-optout = Er adressen fjernet overalt?
confirm-several = { $n } af { $all } kan lukkes:
confirm-undo = Den seneste ændring er ikke foretaget her: »{ $event }« på { $ids } ({ $via }). Fortryd den?
picker-copy = Kopiér
help-title = Tasterne her

form-new-request = Ny anmodning
form-new-recording = Ny optagelse
form-new-optout = Ny afmelding
form-note = Note
form-resolve = Luk
form-reject = Afvis som urimelig
form-task = Opgave
form-add-task = Ny opgave
form-link-sent = Link sendt
form-delivered = Udleveret til personen
form-delivered-why = Optagelsen skal udleveres, før den slettes, når personen har bedt om indsigt.
form-consent = Samtykke til anden brug
form-consent-why = Kun med udtrykkeligt, skriftligt samtykke må optagelsen bruges til andet.
form-edit = Ret personen
form-agree = Skriftlig aftale om sletning
form-extend = Forlæng svarfristen
form-ask-identity = Bed om bevis for identitet
form-confirm-identity = Identitet bekræftet
form-reopen = Genåbn
form-export = Eksportér
form-draft = Kladde fra { $when }. { $key } begynder forfra.
form-draft-here = Din kladde er hentet frem igen. { $key } begynder forfra.
form-draft-changed = Sagen er ændret, siden kladden blev skrevet.
form-saving = Gemmer …
form-save-again = Sagen bag skemaet er læst igen. { $key } gemmer alligevel.
form-open-tasks = { $n ->
    [one] { $n } opgave er åben: skriv, hvorfor der lukkes alligevel, eller gør den færdig først.
   *[other] { $n } opgaver er åbne: skriv, hvorfor der lukkes alligevel, eller gør dem færdige først.
}
form-reject-better = Det bedste svar er som regel det, der er nyt siden sidst. Du skal kunne bevise, at en afvisning er berettiget.
form-partly = Begrundelsen er overført til noten. Svaret skal nævne den og klagevejledningen.
form-extend-why = Kun kompleksitet eller antallet af anmodninger er en grund (art. 12, stk. 3). Personen skal have besked inden for den første måned.
form-agree-why = En aftale kræver den nye dato, aftalens dato og stedet, hvor den opbevares.
form-identity-why = Kun ved rimelig tvivl. Bed aldrig om CPR-nummer eller pas. Svarfristen løber videre.

field-kind = Art
field-name = Navn
field-email = Mailadresse
field-emails = Mailadresser
field-received = Modtaget
field-channel = Kanal
field-language = Svar på
field-message = Teksten
field-title = Titel
field-recorded = Optaget
field-form = Form
field-link-sent = Link sendt
field-link-expires = Link udløber
field-copies = Kopier (sted=sti, sted)
field-source = Afmeldt via
field-note = Note
field-note-optional = Note (kan udelades)
field-outcome = Udfald
field-override = Hvorfor alligevel?
field-ground = Grund
field-how = Hvordan
field-controller = Hvem er dataansvarlig?
field-facts = Fakta
field-burden = Bevisbyrden
field-status = Status
field-task-note = Note (kræves ved beholdt og udeladt)
field-place = Sted
field-url = Adresse
field-timecodes = Tidskoder
field-until = Slettes den
field-how-delivered = Hvordan (kan udelades)
field-purpose = Hvad den må bruges til
field-agreed-on = Aftalt den
field-reference = Opbevaringssted
field-extension-reason = Konkret begrundelse
field-notified = Besked givet
field-doubt = Den konkrete tvivl
field-method = Bekræftet ved
field-on = Dato
field-reason = Begrundelse
field-what = Hvad
field-format = Format
field-path = Fil
field-bad-date = Datoen findes ikke. Skriv den som 23.11.2026, 2026-11-23 eller i dag.
field-needed = Skal udfyldes.

language-da = dansk
language-en = engelsk
how-partly = giv resten (delvist imødekommet)
how-whole = afvis det hele
ground-is-partial = Grunden dækker som regel kun en del: giv resten.
burden-no = jeg påtager mig den ikke
burden-yes = jeg påtager mig bevisbyrden
export-these = { $n ->
    [one] den valgte sag
   *[other] de { $n } valgte sager
}
export-list = listen, som den vises
export-all = alt, også lukket
export-json = JSON (alt om hver sag)
export-csv = CSV (til regneark)
export-excel = CSV til dansk Excel
export-md = Markdown (tabel til noter)
export-ics = Kalender (de åbnes frister, uden navne)
export-package = Pakken til personen (mappe)
export-package-zip = Pakken til personen (ZIP-fil)

key-name-left = Venstre
key-name-right = Højre
key-name-up = Op
key-name-down = Ned
key-name-space = Mellemrum

key-open = Åbn
    .short = åbn
    .plain = vis åbn
    .does = Vis alt om den åbne sag; med et nummer eller et id åbnes den sag
key-open-task = Opgavens status og note
    .plain = opgave
    .does = Opgavens status, note og dato: »opgave 3«, eller »opgave 3 beholdt«
key-back = Tilbage
    .short = tilbage
    .plain = tilbage liste
    .does = Fra sagen til listen, og fra en søgning til i dag
key-clear = Ryd søgning og markeringer
key-resolve = Luk (optagelse: alle kopier slettet; afmelding: udført)
    .short = luk
    .plain = luk
key-reject = Afvis som urimelig
    .short = afvis
    .plain = afvis
key-export = Eksportér
    .short = eksportér
    .plain = eksportér
key-new = Ny anmodning, optagelse eller afmelding, alt efter fanen
    .short = ny
    .plain = ny
    .does = Ny anmodning, optagelse eller afmelding
key-mark = Markér rækken; r og e gælder så alle markerede
    .short = markér
    .elsewhere = Flere sager lukkes på en gang med »indsigt resolve ID ID«; her tages de en ad gangen.
key-tick = Sæt hak ved opgaven eller kopien
    .short = sæt hak
    .plain = færdig hak
    .does = Sæt hak ved opgaver eller kopier: »færdig 3«, eller flere på en gang
key-note = Note
    .short = note
    .plain = note
key-link = Linket til optagelsen er sendt
    .short = link
    .plain = link
key-delivered = Personen har fået en kopi af optagelsen
    .plain = udleveret
key-agree = Skriftlig aftale om en anden slettedato
    .plain = aftale
key-consent = Skriftligt samtykke til anden brug af optagelsen
    .plain = samtykke
key-extend = Forlæng svarfristen
    .plain = forlæng
key-identity = Identitet: bedt om, eller bekræftet
    .plain = identitet
key-add-task = Tilføj en opgave
    .plain = tilføj
key-reopen = Genåbn en lukket sag
    .plain = genåbn
key-search = Søg, mens du skriver (æ = ae, ø = oe, å = aa)
    .short = søg
    .plain = søg find
    .does = Søg i alt, også det lukkede: »søg mette« (æ = ae, ø = oe, å = aa)
key-filter = Hvad listen viser: åbne, lukkede, en status, en art, et mærke
    .plain = filter
key-undo = Fortryd
    .short = fortryd
    .plain = fortryd
key-redo = Gentag det fortrudte
    .plain = gentag
key-copy = Kopiér id, adresse eller tekst til din egen udklipsholder
    .short = kopiér
    .elsewhere = Udklipsholderen hører til skærmbilledet; »vis« skriver det hele her, og »brev« skriver brevet.
key-hide = Skjul eller vis personoplysninger
    .plain = skjul
key-tab-today = Fanen I dag
    .plain = idag
    .does = Listen over det, der skal gøres nu
key-tab-requests = Fanen Anmodninger
    .plain = anmodninger
    .does = Listen over anmodninger
key-tab-recordings = Fanen Optagelser
    .plain = optagelser
    .does = Listen over optagelser
key-tab-newsletter = Fanen Nyhedsbrev
    .plain = afmeldinger nyhedsbrev
    .does = Listen over afmeldinger fra nyhedsbrevet
key-tab-history = Fanen Historik
    .plain = historik
    .does = Historikken: af sagen, når en er åben, ellers af det hele
key-next-tab = Næste fane
key-previous-tab = Forrige fane
key-down = Ned
    .plain = næste
    .does = Åbn den næste sag i listen
key-up = Op
    .plain = forrige
    .does = Åbn den forrige sag i listen
key-first = Første
key-last = Sidste
key-page-down = En side ned
    .plain = mere
    .does = De næste i listen
key-page-up = En side op
key-half-down = En halv side ned
key-half-up = En halv side op
key-help = Hvilke taster der virker her, og hvorfor de andre ikke gør
    .short = hjælp
    .plain = hjælp
    .does = Hvilke ord der virker her, og hvorfor de andre ikke gør; »hjælp luk« om ét af dem
key-quit = Afslut programmet
    .short = afslut
    .plain = afslut slut
key-suspend = Sæt på pause (skriv fg for at fortsætte)
key-search-keep = Behold søgningen
    .short = behold
key-search-clear = Ryd søgningen
    .short = ryd
key-save = Gem
    .short = gem
    .plain = .gem
key-next-field = Næste felt
    .short = næste felt
key-previous-field = Forrige felt
    .plain = .tilbage
key-next-choice = Næste valg
    .short = vælg
key-previous-choice = Forrige valg
key-form-back = Gå tilbage; teksten gemmes som kladde
    .short = tilbage
    .plain = .
key-start-over = Kassér det skrevne, og begynd forfra
    .short = forfra
    .plain = .forfra
key-yes = Ja
    .short = ja
    .plain = ja j yes y
key-no = Nej
    .short = nej
    .plain = nej n no
key-pick = Vælg
    .short = vælg
confirm-delete-file = Filen findes stadig. Slet den fra disken nu? { $path } Det kan ikke fortrydes.
field-follow-up = Følg op den
confirm-quit = { $n ->
    [one] Der er en kladde, som ikke kan gemmes. Afslut, og kassér den?
   *[other] Der er { $n } kladder, som ikke kan gemmes. Afslut, og kassér dem?
}
key-split = Opret en sag mere af samme brev (»send mig alt, og slet mig så«)
    .plain = del
key-merge = Læg en rykker sammen med den sag, den rykker for
    .plain = saml
key-hold = Udsæt sletningen af sagen, eller ophæv udsættelsen
    .plain = udsæt
key-edit = Ret navn eller mailadresser
    .plain = ret
form-split = Endnu en sag af samme brev
form-split-why = Sagen får samme person, tekst og modtagelsesdato, og sine egne opgaver.
form-merge = Læg sammen med
form-merge-why = Sagen lukkes som dublet; svaret gives i den anden.
form-hold = Udsæt sletningen
field-into = Sag
field-review = Vurderes igen den

# Breve
picker-letter = Brev til { $id }, på { $language }
letter-choice-sent = { $letter } (sendt { $on })
letter-choice-next = { $letter } (det næste)
letter-other-language = Vælg i stedet på { $language } …
no-letter-fits = Der er ingen breve, som passer til { $id }.
    .hint = Breve hører til anmodninger, slettede optagelser og afmeldinger.
form-letter = Brev
form-letter-texts = Oplysninger til et brev
form-letter-texts-why = Det her ved sagen ikke. Brevet skrives, når du gemmer; det kan rettes bagefter.
form-letter-goes = Hvad skal der ske med brevet?
form-refuse = Afslag med brev
field-to = Til
field-subject = Emne
field-letter = Brevet
field-way = Gør
key-go-on = Videre: skriv det, eller vælg, hvad der skal ske med det
    .short = videre
letter-way-send = send det nu som mail
letter-way-send-again = send det igen som mail
letter-way-did-go = skriv, at det, der blev afleveret, kom af sted
letter-way-did-not-go = skriv, at det ikke kom af sted
letter-sending = Sender … Det varer, så længe serveren er om det.
letter-way-copy = kopiér det til min udklipsholder
letter-way-eml = gem det som kladde til mit mailprogram (.eml)
letter-way-text = gem det som tekst
letter-way-sent = skriv, at det er sendt: { $channel }
field-letter-resolve = Luk sagen
letter-resolve-no = nej, den bliver åben
letter-resolve-yes = ja, personen har fået sit svar
letter-no-address = Der står ingen brugbar mailadresse i »Til«.
letter-filed = Brevet er gemt i { $path }. Det er ikke sendt endnu.
letter-field-optional = { $field } (kan udelades)
not-a-long-text = Dit eget redigeringsprogram kan kun tage tekster på flere linjer.
    .hint = Gå til et sådant felt med Tab.
    .hint-plain = ».editor« virker, hvor der spørges om en lang tekst.
not-while-hidden = Personoplysninger er skjult, og et brev viser dem.
    .hint = { $key } viser dem igen.
key-letter = Brev: vælg, læs, ret, send
    .short = brev
    .plain = brev
key-editor = Ret teksten i dit eget redigeringsprogram ($EDITOR)
    .short = $EDITOR
    .plain = .editor
editor-not-started = Redigeringsprogrammet kunne ikke startes: { $command }
    .hint = Sæt VISUAL eller EDITOR til et program, der findes. Teksten er uændret.
editor-failed = Redigeringsprogrammet endte med en fejl: { $command }
    .hint = Teksten er uændret.
editor-io = Teksten kunne ikke gives til redigeringsprogrammet eller læses igen: { $why }
    .hint = Teksten her er uændret.
editor-not-a-text = Redigeringsprogrammet efterlod noget, der ikke er UTF-8-tekst, eller over 1 MB.
    .hint = Teksten her er uændret.
editor-busy = Der læses stadig taster.
    .hint = Prøv igen om et øjeblik.

# At finde rundt
palette-title = Kommandoer: skriv noget af navnet
palette-none = Ingen linje har de bogstaver.
empty-filter = Intet her svarer til det, listen skal vise. Tryk { $key } for at ændre det eller vise alt igen.
filter-title = Hvad skal listen vise?
filter-clear = Vis alt igen, det mest presserende først
filter-shown = Listen viser: { $filter } (f og s ændrer det)
facet-which = sager
facet-status = status
facet-kind = art
facet-urgency = hvor presserende
facet-flag = mærke
order-title = I hvilken rækkefølge?
order-urgency = Det mest presserende først
order-received = Senest modtaget først
order-name = Efter navn
order-id = Efter nummer
jump-title = Personens andre sager
key-sort = Rækkefølgen i listen
    .plain = sortér
key-jump = Til personens andre sager, eller den anden side af en konflikt
    .plain = spring
key-return = Tilbage til, hvor springet begyndte
    .plain = retur
key-palette = Alle kommandoer ved navn
key-lock = Lås, så intet kan ændres, eller lås op
    .plain = lås
not-anything-else = Personen har ikke andre sager her.
not-jumped = Der er ikke sprunget hertil fra en anden sag.
not-unlocked = Programmet er startet, så intet kan ændres.
    .hint = Start det uden --read-only.
locked = Låst: Intet kan ændres.
unlocked = Låst op.

# Hvad en dato betyder
told-request = { $day } – svar senest { $due }, planlæg efter { $act }
told-recording = { $day } – slettes senest { $due }, planlæg efter { $act }
told-optout = { $day } – afmeldes { $act }
# Rapporten på skærmen: korte ord over tal, der står tæt.
key-report = Rapport: hvordan et år gik, og hvad der venter
    .elsewhere = Rapporten skrives af kommandoen »indsigt report«.
key-earlier-year = Rapport for året før
    .short = året før
key-later-year = Rapport for året efter
    .short = året efter
not-another-year = Der er ingen sager fra andre år i den retning.
report-heading = Rapport for { $year }
report-empty = Der er intet at tælle endnu. Gå tilbage med Esc, og opret den første sag med n, eller hent mails med »indsigt import mail«.
report-empty-year = Ingen sager hører til { $year }. Pil til venstre og højre viser andre år.
report-short-received = modt.
report-short-open = åbne
report-short-overdue = over
report-short-answered = besv.
report-short-in-time = i tide
report-short-median = median
report-short-worst = længst
report-short-extended = forl.
report-short-refused = afvist
report-sums = Over fristen: { $overdue } · forlænget: { $extended } · afvist: { $refused }
report-months = Anmodninger måned for måned
report-bar-received = modtaget
report-bar-closed = lukket
report-ahead = Frister i de kommende uger
report-nothing-ahead = Intet er åbent.
report-week = uge { $week }, { $monday }
report-past = over fristen
report-later = senere
report-undated = uden frist
report-legend = R anmodninger · V optagelser · N afmeldinger

keys-left-out = Taster i indstillingerne, som ikke kan bruges: { $problems }.
    .hint = De sædvanlige gælder i stedet.
keys-no-action = { $action } er ikke navnet på noget
keys-no-key = { $action }: { $key } er ingen tast, der kan bruges
keys-taken = { $action }: { $key } bruges allerede af { $by }
keys-needed = { $action } skal have en tast
# Den daglige oversigt og første gang
today-strip = Frister  uge { $weeks }
today-later = senere: { $n }
today-week = uge { $week }
today-purge = { $n ->
    [one] ! { $n } lukket sag skal slettes her. Kør »indsigt purge«: Den viser først hvad.
   *[other] ! { $n } lukkede sager skal slettes her. Kør »indsigt purge«: Den viser først hvad.
}
since-moment = Siden { $when }: { $what }
since-last = Siden sidst: { $what }
since-nothing = intet nyt
since-at-least = mindst { $what }
since-requests = { $n ->
    [one] { $n } ny anmodning
   *[other] { $n } nye anmodninger
}
since-replies = { $n ->
    [one] { $n } svar kommet
   *[other] { $n } svar kommet
}
since-optouts = { $n ->
    [one] { $n } afmelding
   *[other] { $n } afmeldinger
}
since-recordings = { $n ->
    [one] { $n } ny optagelse
   *[other] { $n } nye optagelser
}
since-aside = { $n ->
    [one] { $n } mail lagt til side
   *[other] { $n } mails lagt til side
}
since-closed = { $n ->
    [one] { $n } sag lukket
   *[other] { $n } sager lukket
}
since-others = { $n ->
    [one] { $n } anden sag ændret
   *[other] { $n } andre sager ændret
}
calendar-title = { $month } { $year } – { $n ->
    [0] ingen sletninger
    [one] { $n } sletning
   *[other] { $n } sletninger
}
calendar-week = U
calendar-legend = ! haster  * sletning  [ ] i dag  > valgt
key-calendar = Kalender over, hvornår optagelser skal slettes: vis eller skjul
    .elsewhere = »optagelser« siger slettedagene i rækkefølge; kalenderen hører til skærmbilledet.
key-earlier-month = Kalenderens måned før
key-later-month = Kalenderens måned efter
not-recordings = Kalenderen hører til optagelserne.
    .hint = Tryk 3 først.
not-a-calendar = Kalenderen vises ikke.
    .hint = { $key } viser den.
welcome-title = Velkommen til indsigt
welcome-empty = Registeret er tomt. Sådan kommer du i gang:
welcome-new = opret den første anmodning
welcome-demo = indsigt demo
welcome-demo-does = prøv med opfundne sager
welcome-mail = indsigt import mail MAPPE
welcome-mail-does = hent mails
welcome-optouts = indsigt import optouts FIL
welcome-optouts-does = hent afmeldinger
welcome-recordings = indsigt import recordings FIL
welcome-recordings-does = hent optagelser
welcome-keys = Kommandoerne skrives i terminalen, når du er ude af programmet: { $quit } afslutter. { $help } viser alle taster.
# Linje for linje (--plain). Ord for kommandoer står ved tasterne som .plain; .does og .elsewhere er hjælpen dertil.
plain-day = { $date }
plain-read-only = Intet kan ændres.
plain-begin = Skriv et nummer for at åbne en sag. »?« siger alle ord, »q« slutter.
plain-row = { $n }. { $standing }: { $who }, { $what }, { $id }.
plain-more = { $n } mere: »{ $word }«.
plain-task = Opgave { $n }: { $text }
plain-copy = Kopi { $n }: { $text }
plain-record-more = »{ $word }« siger alt om sagen.
plain-changed = { $id } er ændret et andet sted, siden den blev læst op. Sådan er den nu:
plain-again = Skriv kommandoen igen, hvis den stadig skal udføres.
plain-gone = { $id } findes ikke længere.
plain-unknown = »{ $word }« er ikke en kommando.
plain-unknown-help = { $help } siger alle ord, { $quit } slutter.
plain-did-you-mean = Mente du: { $words }?
plain-no-number = Der er intet nummer { $n }; listen, der sidst blev læst op, går til { $last }.
    .hint = »mere« læser videre. En sag kan også åbnes med sit id.
plain-first = Der er ingen sag før denne i listen.
    .hint = »liste« læser den op igen.
plain-last = Det var den sidste i listen.
    .hint = »idag« læser op, hvad der nu skal gøres.
plain-which-task = Skriv nummeret på opgaven eller kopien.
    .hint = For eksempel »færdig 3« eller »opgave 3 beholdt«.
plain-no-task = Der er intet nummer »{ $word }« i sagen; det sidste er { $last }.
    .hint = »vis« siger dem alle.
plain-no-tasks = Sagen har hverken opgaver eller kopier.
plain-ticked = Nummer { $n } er allerede: { $status }.
    .hint = »opgave { $n }« giver en anden status.
plain-search = Søg efter
plain-search-none = Intet passer til søgningen. Prøv et kortere ord, eller noget af navnet, adressen eller nummeret.
plain-new = Hvad er nyt?
plain-yes-or-no = ja eller nej
plain-not-done = Intet er ændret.
plain-not-a-choice = Skriv et nummer fra 1 til { $last }, eller ordene. »?« siger valgmulighederne igen.
plain-form = Tom linje: det i kantede parenteser. Bindestreg: intet. ».«: gå, og gem teksten som kladde. ».tilbage«: feltet før. ».gem«: gem nu. ».forfra«: begynd forfra. ».editor«: eget redigeringsprogram. En lang tekst slutter med en tom linje.
plain-save = { $form }: gem? ja, nej for at rette, ».« for at gå [ja]
plain-do = { $form }: gør det? ja, nej for at rette, ».« for at gå [ja]
plain-go-on = { $form }: videre? ja, nej for at rette, ».« for at gå [ja]
plain-letter = Tom linje: videre til, hvad der skal ske med brevet. Et nummer: ret det felt. ».«: gå
plain-letter-on = { $letter } [videre]
plain-letter-no-editor = Tom linje: videre til, hvad der skal ske med brevet. 1 eller 2: ret det felt. ».«: gå
plain-no-editor = Redigeringsprogrammet kræver en terminal.
    .hint = Gem brevet som fil, og ret det dér.
plain-help-number = Et nummer eller et id: åbn den sag
plain-help-record = Når en sag er åben: { $words }
plain-help-not-now = { $word }: { $does } – ikke nu: { $why }
plain-help-not-here = { $word }: findes ikke her. { $why }
plain-help-forms = I spørgsmål: en tom linje tager det, der står i kantede parenteser, og ».« går uden at miste noget.
plain-hidden = Personoplysninger er skjult.
plain-unhidden = Personoplysninger siges igen.
plain-draft-first = Det, der stod efter kommandoen, er ikke brugt, for her ligger en kladde.
plain-aside = En mail, der er lagt til side, er ingen sag.
    .hint = »indsigt list aside« viser dem, og »indsigt take« gør en til en sag.
