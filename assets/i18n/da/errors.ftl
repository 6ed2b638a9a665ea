# Fejl og advarsler: hvad der skete og hvorfor; .hint siger, hvad man kan gøre.

no-such-id = Der findes ingen sag med id »{ $id }«.
    .hint = Find det rigtige id med: indsigt list --any
    .hint-tui = Den er fortrudt eller slettet i mellemtiden.
    .hint-plain = »søg« finder sager efter navn, adresse eller nummer. Er den fortrudt eller slettet, findes den ikke længere.
ambiguous-id = »{ $id }« passer på flere: { $ids }.
    .hint = Skriv hele id'et.
unreadable = { $path } kan ikke læses: { $why }
    .hint = Tjek stien og rettighederne.
unwritable = { $path } kan ikke skrives: { $why }
    .hint = Tjek mappen, rettighederne og pladsen på disken. Intet er ændret.
bad-catalogue = { $path } har fejl: { $why }
    .hint = Ret filen, eller flyt den væk for at bruge de indbyggede servicekort.
bad-rules = { $path } har fejl: { $why }
    .hint = Ret filen, eller flyt den væk for at bruge de indbyggede regler alene. Intet er læst ind.
output-failed = Der kunne ikke skrives: { $why }
    .hint = Tjek pladsen på disken.
bad-language = Sproget »{ $language }« findes ikke.
    .hint = Vælg da eller en.
bad-date = »{ $text }« er ikke en dato, der findes.
    .hint = Skriv den som 2026-11-23, eller et tidspunkt som 2026-11-23T09:30:00+01:00.
bad-date-line = Linje { $line }: »{ $text }« er ikke en dato, der findes. Intet er regnet ud.
    .hint = Én dato (2026-11-23) eller ét RFC 3339-tidspunkt pr. linje.
bad-config = Indstillingerne i { $path } har fejl: { $problems }
    .hint = Ret filen. En kommenteret fil med alle standardværdier: indsigt --config NY.toml config init
config-value = { $setting } = »{ $value }« kan ikke bruges; vælg { $wanted }
config-exists = { $path } findes allerede og er ikke rørt.
    .hint = Ret den i en teksteditor.
no-such-service = Der er intet servicekort »{ $id }«.
    .hint = Se dem alle med: indsigt services
not-a-change = Kommandoen kan ikke udføres her ({ $command }). Det er en fejl i programmet.
demo-exists = { $path } findes allerede og er ikke rørt.
    .hint = Vælg en sti, der ikke findes.
terminal-missing = Skærmbilledet kræver en terminal, og der er ingen.
    .hint = Brug kommandoerne, for eksempel: indsigt due
terminal-dumb = Terminalen er for enkel til skærmbilledet (TERM mangler eller er »dumb«).
    .hint = Brug indsigt --plain (linje for linje), eller kommandoerne, for eksempel: indsigt due
plain-with-command = --plain hører til skærmbilledet: alene eller med demo, og ikke med --json.
    .hint = Kommandoerne skriver linje for linje i forvejen.

usage-not-a-choice = »{ $value }« er ikke en af mulighederne for { $arg }.
usage-value-missing = { $arg } mangler en værdi.
usage-not-a-number = »{ $value }« er ikke et tal, der kan bruges til { $arg }.
usage-bad-value = »{ $value }« kan ikke bruges til { $arg }: { $why }
usage-unknown-option = Valget { $arg } findes ikke her.
usage-surplus = Der er ikke plads til »{ $arg }« i kommandoen.
usage-unknown-command = Kommandoen »{ $command }« findes ikke.
usage-repeated = { $arg } kan kun angives én gang.
usage-conflict = { $arg } kan ikke bruges sammen med { $others }.
usage-missing = Der mangler: { $args }.
usage-command-missing = »{ $command }« skal efterfølges af en kommando.
usage-not-utf8 = Et af argumenterne er ikke gyldig UTF-8.
usage-other = Kommandoen kan ikke forstås: { $why }
usage-did-you-mean = Mente du »{ $meant }«?
usage-quote = Sæt tekst med mellemrum i anførselstegn.
usage-as-value = Er det en værdi, så skriv -- foran (-- { $arg }).
usage-choices = Mulighederne er: { $choices }.
usage-help = Se mere med: { $command } --help

defect = Der er en fejl i programmet ({ $place }), og det standsede.
    .hint = Intet er gemt halvt. Med RUST_BACKTRACE=1 fortæller det mere, som kan indeholde personoplysninger.
store-busy = Registeret er i brug af et andet program.
    .hint = Prøv igen om et øjeblik. Intet er ændret.
store-foreign = Filen er ikke et indsigt-register.
    .hint = Tjek --store. Filen er ikke rørt.
    .hint-tui = Filen er ikke rørt.
store-older = Registeret har det ældre format { $found }, og intet må ændres.
    .hint = Kør én gang uden --read-only; filen omdannes, og den gamle lægges ved siden af.
store-newer = Registeret har format { $found }; dette program kender til og med { $known }.
    .hint = Brug den nyere udgave af indsigt. Filen er ikke rørt.
store-damaged = Registeret er beskadiget ({ $place }).
    .hint = Se alle fejl med: indsigt verify. Gem det læselige med: indsigt export all --format json --out FIL, og gendan den seneste sikkerhedskopi: indsigt restore FIL.
    .hint-tui = Luk med q. På kommandolinjen siger »indsigt verify«, hvad der er galt, og »indsigt restore« henter den seneste sikkerhedskopi.
store-io = Registeret kan ikke læses eller skrives: { $cause ->
        [full] disken er fuld
        [read-only] disken er skrivebeskyttet
        [forbidden] der mangler rettigheder
        [link] filen er en henvisning til et andet sted, som ikke følges
       *[other] { $why }
    } ({ $path })
    .hint = { $cause ->
        [full] Skaf plads på disken, og gør det så igen.
        [read-only] Gør disken skrivbar igen, og gør det så igen.
        [forbidden] Tjek rettighederne til filen og dens mappe.
        [link] Fjern henvisningen, og gør det så igen.
       *[other] Tjek rettighederne og pladsen på disken.
    } Intet, der er bekræftet, er tabt.
store-gone = Registeret er væk: { $path } var der, men er der ikke mere.
    .hint = Læg filen tilbage, eller gendan en sikkerhedskopi, så går det videre her. Der er ikke lavet et tomt register i stedet.
exposed-file-closed = Bemærk: andre på maskinen kunne komme til registeret (rettigheder { $mode }). Nu er det privat igen: { $path }
exposed-file-open = Bemærk: andre på maskinen kan komme til registeret (rettigheder { $mode }). Gør det privat med: chmod 600 { $path }
exposed-folder-closed = Bemærk: andre på maskinen kunne se ind i registerets mappe (rettigheder { $mode }). Nu er den privat igen: { $path }
exposed-folder-writable = Bemærk: andre på maskinen kan lægge en anden fil i stedet for registeret (rettigheder { $mode }). Tag den ret fra dem med: chmod go-w { $path }
store-defect = Noget kunne ikke gemmes ({ $detail }). Det er en fejl i programmet.
    .hint = Intet er ændret.

backup-exists = { $path } findes allerede og er ikke rørt.
    .hint = Vælg et andet navn, eller erstat filen med --force.
backup-is-the-store = { $path } er selve registeret eller dets låsefil.
    .hint = Vælg en anden fil. Intet er ændret.
backup-to-terminal = En sikkerhedskopi kan ikke skrives til en terminal.
    .hint = Send den videre, for eksempel: indsigt backup - | ssh server 'cat > indsigt.redb'
backup-and-json = Sikkerhedskopien og svaret med --json kan ikke begge skrives til standard-ud.
    .hint = Angiv en fil i stedet for »-«, eller udelad --json.
backup-bad-recipient = »{ $text }« er ikke en age-modtager.
    .hint = En modtager begynder med age1; age-keygen kalder den »public key«. Intet er skrevet.
passphrase-file-empty = Den første linje i { $path } indeholder ingen adgangssætning.
    .hint = Skriv adgangssætningen alene på filens første linje. Intet er ændret.
identity-file-bad = { $line ->
    [0] Der er ingen nøgle i { $path }.
   *[other] Linje { $line } i { $path } er ikke en age-nøgle.
}
    .hint = Angiv filen fra age-keygen; nøglen begynder med AGE-SECRET-KEY-1. Intet er ændret.
restore-unusable = { $path } kan ikke gendannes: { $why }.
    .hint = Registeret er ikke rørt.
restore-refused = { $store } ville blive erstattet. Der er nu: { $present }. Sikkerhedskopien: { $offered }.
    .hint = Gentag med --yes for at erstatte det. Det nuværende register gemmes ved siden af.
restore-refused-unreadable = { $store } ville blive erstattet, og det kan ikke læses: { $present }. Sikkerhedskopien: { $offered }.
    .hint = Gentag med --yes for at erstatte det. Den nuværende fil gemmes ved siden af.
rotation-failed = Bemærk: den daglige sikkerhedskopiering lykkedes ikke. { $why }
    .hint = Se backup_folder i: indsigt config show
file-empty = filen er tom
file-foreign = filen er ikke et indsigt-register
file-newer = filen har format { $found }, og dette program kender til og med { $known }; brug den nyere udgave af indsigt
file-damaged = filen er beskadiget ({ $place })
shut-needs-identity = filen er krypteret til en age-nøgle; angiv den med --identity
shut-needs-passphrase = filen er krypteret med en adgangssætning; angiv den med --passphrase-file
shut-wrong-identity = den er krypteret til en anden age-nøgle
shut-wrong-passphrase = adgangssætningen passer ikke
shut-too-much-work = adgangssætningen kræver mere regnearbejde, end programmet går med til
shut-damaged = den krypterede fil er beskadiget eller ufuldstændig

mail-empty = { $place } er tom.
    .hint = Angiv en .eml-fil, en mbox, en Maildir eller »-«. Intet er indlæst.
mail-not-mail = { $place } er hverken en mail eller en mbox.
    .hint = Gem mailen som .eml, eller angiv en mbox eller en Maildir. Intet er indlæst.
mail-none-in-folder = I mappen { $place } er der ingen mails.
    .hint = En Maildir har mapperne new og cur; andre mapper skal indeholde .eml-filer.
mail-unreadable = { $place } kan ikke læses: { $why }
    .hint = Tjek stien og rettighederne. Intet er indlæst.
mail-problem-not-a-mail = ikke en mail
mail-problem-bad-header = ulæselige linjer i mailhovedet
mail-problem-no-sender = ingen afsender
mail-problem-sender-guessed = afsenderen er taget fra et andet felt end From
mail-problem-no-date = intet modtagelsestidspunkt; importdagen er brugt
mail-problem-bad-date = ulæselig dato
mail-problem-unknown-charset = ukendt tegnsæt
mail-problem-guessed-charset = tegnsættet er gættet
mail-problem-broken-encoding = dele kunne ikke afkodes
mail-problem-truncated = mailen er afkortet
mail-problem-unclosed-part = en del er ikke afsluttet
mail-problem-too-many-parts = for mange dele
mail-problem-too-large = teksten er afkortet
mail-problem-html-only = kun HTML
mail-problem-nested-text = teksten stammer fra en vedhæftet mail
mail-problem-no-text = ingen læsbar tekst
mail-problem-calendar-text = teksten stammer fra en kalenderinvitation
mail-problem-winmail = winmail.dat fra Outlook: der kan være filer i, som kun Outlook viser
mail-problem-hidden-characters = skjulte tegn er fjernet
maildir-trashed = smidt ud i mailprogrammet (angiv selve filen for at indlæse den)
maildir-draft = en af dine egne kladder (angiv selve filen for at indlæse den)

table-empty = { $place } er tom.
    .hint = Eksportér listen igen som CSV. Intet er indlæst.
table-workbook = { $place } er et regneark, ikke en CSV-fil.
    .hint = Åbn det, og gem som CSV (UTF-8). Intet er indlæst.
table-archive = { $place } er et arkiv.
    .hint = Pak det ud, og angiv CSV-filen. Intet er indlæst.
table-binary = { $place } er ikke en tekstfil.
    .hint = Eksportér listen som CSV. Intet er indlæst.
table-no-header = { $place }, linje { $line }: ingen linje ligner kolonnenavne.
    .hint = Første linje skal navngive kolonnerne, for eksempel Email;Name. Intet er indlæst.
table-no-rows = { $place }, linje { $line }: der er kolonnenavne, men ingen rækker.
    .hint = Eksportér listen igen. Intet er indlæst.
table-no-address-column = { $place }, linje { $line }: ingen kolonne med mailadresser blandt { $found }.
    .hint = Kald kolonnen Email. Intet er indlæst.
table-doubtful = { $place } siger ikke, hvem der er afmeldt, og ligner ikke en liste over afmeldte: { $columns }.
    .hint = Eksportér kun de afmeldte, eller tag en kolonne med om afmelding (f.eks. Status eller Unsubscribed). Intet er indlæst.
table-no-recordings = { $place }, linje { $line }: kolonnerne { $found } ligner ikke en liste over optagelser.
    .hint = Der skal være en dato (f.eks. Dato eller Start Time) og en titel eller et navn (f.eks. Titel, Topic eller Navn). Intet er indlæst.
table-no-requests = { $place }, linje { $line }: kolonnerne { $found } ligner ikke en fortegnelse over anmodninger.
    .hint = Der skal være en modtagelsesdato (f.eks. Modtaget eller Received) og et navn eller en mailadresse. Intet er indlæst.
row-not-opted-out = ikke afmeldt
row-cleaned = tjenesten har frasorteret adressen; det er ikke en afmelding
row-bounced = mails er kommet retur; det er ikke en afmelding
row-complained = har meldt mails som spam, men ikke afmeldt sig: se på det
row-unclear-status = det fremgår ikke, om personen er afmeldt
row-contradiction = tilmeldt ifølge én kolonne, afmeldt ifølge en anden
row-no-address = ingen adresse
row-not-an-address = ikke en mailadresse
row-duplicate = samme adresse som linje { $line }
row-other-table = en anden tabel i filen
row-ambiguous-date = datoen kan læses på to måder; importdagen er brugt
row-unreadable-date = datoen kan ikke læses; importdagen er brugt
row-ragged = { $cells } felter, hvor der skulle være { $expected }
row-open-quote = et anførselstegn er ikke afsluttet

flaw-no-date = { $field } mangler
flaw-ambiguous = { $field } kan læses på to måder; skriv datoen som ÅÅÅÅ-MM-DD
flaw-unreadable = { $field } kan ikke læses; skriv datoen som ÅÅÅÅ-MM-DD
flaw-nothing-named = hverken titel eller navn
flaw-no-client = klienten er ikke nævnt; tilføj navn og mailadresse (edit)
flaw-host = rækken handler om værten
flaw-repeated = det samme som linje { $line }
flaw-another-participant = endnu en deltager i sessionen på linje { $line }, som nu er en fælles session; kun den første deltager er registreret
flaw-nobody-named = hverken navn eller mailadresse
flaw-not-an-address = der står noget andet end en mailadresse
flaw-unknown-kind = arten er ukendt; oprettet som »andet« med fortegnelsens ord i en note
flaw-no-kind = ingen art; oprettet som »andet«
flaw-unknown-outcome = udfaldet er ukendt; lukkede sager er oprettet som »besvaret«, og fortegnelsens ord står i en note
flaw-no-outcome = intet udfald; oprettet som »besvaret«
flaw-unknown-channel = kanalen er ukendt; oprettet som »mail« med fortegnelsens ord i en note
flaw-unknown-status = statussen er ukendt; oprettet som åben med fortegnelsens ord i en note
flaw-closed-without-date = lukket, men det fremgår ikke hvornår
flaw-open-and-closed = åben ifølge én kolonne, lukket ifølge en anden
flaw-other-table = en anden tabel i filen
flaw-open-quote = et anførselstegn er ikke afsluttet
flaw-ragged = { $cells } felter, hvor der skulle være { $expected }
date-of-recorded = sessionens dato
date-of-link-sent = datoen, hvor linket blev sendt,
date-of-link-expires = datoen, hvor linket udløber,
date-of-received = modtagelsesdatoen
date-of-closed = lukkedatoen

card-at-line = linje { $line }, { $place }: { $what }
card-syntax = { $detail }
card-unknown-field = ukendt felt »{ $detail }«
card-unknown-kind = ukendt art »{ $detail }«
card-unknown-word = ukendt ord: { $detail }
card-missing-field = feltet »{ $detail }« mangler
card-missing-language = sproget »{ $detail }« mangler
card-wrong-type = forkert type: { $detail }
card-expected-text = tekst
card-expected-list = liste
card-expected-table = tabel
card-expected-flag = true/false
card-expected-services = [[service]]
card-empty-text = tom tekst
card-empty-list = tom liste
card-title-too-long = titlen er for lang: { $detail } tegn
card-control-character = linjeskift eller styretegn i teksten
card-bad-id = ugyldigt id »{ $detail }«
card-duplicate-id = id'et findes allerede: { $detail }
card-bad-link = ugyldigt link »{ $detail }«
card-not-by-person = »not-by-person« kan ikke stå sammen med andet
card-expected-weight = et helt tal fra 1 til 9
rule-bad-phrase = »{ $detail }« kan ikke stå i nogen mail; skriv ord, ord*, »..« mellem ord og »a + b«
rule-unknown-group = der er ingen gruppe af ord, der hedder »{ $detail }«
rule-circle = gruppen »{ $detail }« henviser i ring til sig selv
rule-nothing-off = »{ $detail }« er hverken en indbygget vending eller navnet på en indbygget regel

refusal-already-closed = { $id } blev lukket { $on }.
    .hint = Åbn den igen med: indsigt reopen { $id } --reason …
    .hint-tui = b genåbner den.
refusal-not-closed = { $id } er ikke lukket.
refusal-open-tasks = { $n ->
    [one] { $id } har en åben opgave: { $tasks }.
   *[other] { $id } har { $n } åbne opgaver: { $tasks }.
}
    .hint = Gør dem færdige, eller luk alligevel, og skriv hvorfor (--override).
    .hint-tui = Gør dem færdige, eller skriv, hvorfor der lukkes, under »{ field-override }«.
refusal-wrong-type = { $id } er ikke en { $needs }.
refusal-outcome-not-here = En { $type } har intet udfald.
    .hint = Udelad --outcome.
    .hint-tui = Udelad udfaldet.
refusal-reject-instead = En afvisning kræver grund og fakta.
    .hint = Brug afvisning: indsigt reject ID --ground … --facts … (tasten x).
    .hint-tui = x afviser.
refusal-no-such-task = { $id } har ingen opgave »{ $task }«.
    .hint = Opgaverne er: { $known }
refusal-note-required = »{ $status }« kræver en begrundelse.
    .hint = Skriv den med --note.
    .hint-tui = Skriv den under Note.
refusal-no-such-copy = { $id } har ingen kopi på »{ $place }«.
    .hint = Kopierne er: { $known }
refusal-copy-already = Kopien på { $place } er allerede { $status }.
refusal-date-before = { $given } ligger før { $earliest }.
    .hint = Tjek datoen.
refusal-date-in-future = { $given } er ikke kommet endnu; i dag er { $today }.
    .hint = Skriv den dag, det skete.
refusal-text-missing = Der mangler { $text }.
refusal-nobody-named = Der mangler et navn eller en mailadresse.
    .hint = Angiv mindst én af delene.
refusal-not-an-address = »{ $text }« er ikke en mailadresse.
    .hint = Skriv den som navn@eksempel.dk.
refusal-was-declined = Personen frabad sig optagelse; der er intet link at sende ({ $id }).
refusal-needed-for-access = { $id } må ikke slettes endnu: anmodningen om indsigt { $request } er ikke besvaret.
    .hint = Udlevér optagelsen først, eller skriv med --override, at personen er spurgt.
    .hint-tui = Udlevér optagelsen først, eller luk med r, og skriv, at personen er spurgt.
refusal-never-refusable = En sag af arten »{ $kind }« kan aldrig afvises som urimelig.
    .hint = { $word ->
        [complaint] Besvar klagen; personen kan også klage til Datatilsynet.
       *[other] Stop behandlingen med det samme, og bekræft det. Det, loven kræver opbevaret, beholdes med begrundelse (task … kept).
    }
    .hint-tui = { $word ->
        [complaint] Besvar klagen; personen kan også klage til Datatilsynet.
       *[other] Stop behandlingen med det samme, og bekræft det. Opgaver om det, loven kræver opbevaret, sættes til »{ task-kept }« med begrundelse.
    }
refusal-not-refusable = { $id } kan ikke afvises; kun anmodninger kan.
refusal-earlier-unanswered = { $id } er en rykker: { $earlier } om det samme er ikke besvaret endnu.
    .hint = Besvar { $earlier }, og læg { $id } sammen med den: indsigt merge { $id } --into { $earlier }
    .hint-tui = M lægger { $id } sammen med { $earlier }, som så skal besvares.
refusal-facts-too-short = Fakta er for kort beskrevet: { $given } tegn, og der kræves mindst { $needed }.
    .hint = Skriv konkret, hvad der skete, hvornår, og hvorfor det gør anmodningen urimelig. Bevisbyrden er din.
refusal-only-non-grounds = Det nævnte er ingen grund til afvisning: { $named } (art. 12, stk. 5; EU-Domstolens sag C-307/22).
    .hint = Skriv konkrete fakta om selve anmodningen. Det bedste svar er ofte det, der er nyt siden sidst.
refusal-burden-not-accepted = Svarene taler imod en afvisning: { $questions }
    .hint = Svar hellere med det, der er nyt siden sidst. Ellers: påtag dig bevisbyrden udtrykkeligt (--accept-burden-of-proof).
    .hint-tui = Svar hellere med det, der er nyt siden sidst. Ellers: »{ burden-yes }«.
refusal-identity-not-asked = »Kan ikke identificeres« kræver, at der først er bedt om bevis for identiteten ({ $id }).
    .hint = indsigt identity { $id } requested --reason …
    .hint-tui = i beder om bevis.
refusal-no-extension-for-kind = En sag af arten »{ $kind }« har ingen frist, der kan forlænges.
    .hint = { $word ->
        [complaint] Svar inden fristen.
        [other] Svar inden fristen. Handler sagen om en rettighed, så opret den under sin rigtige art (split).
       *[at-once] Den virker straks: stop behandlingen nu.
    }
refusal-already-extended = { $id } er allerede forlænget til { $until }. Fristen kan kun forlænges én gang.
refusal-extension-too-late = Den første måned sluttede { $last }; derefter kan fristen ikke forlænges.
    .hint = Svar nu, og beklag forsinkelsen.
refusal-not-an-extension-reason = Det er ingen grund til forlængelse: { $named }.
    .hint = Kun kompleksitet eller antallet af anmodninger tæller. Skriv det konkret.
refusal-identity-confirmed = Identiteten i { $id } blev bekræftet { $on }.
refusal-changed-meanwhile = { $id } er ændret i mellemtiden: { $changes }.
    .hint = Se på sagen igen, og gentag så handlingen.
meanwhile = { $event } { $when } ({ $via })
refusal-read-only = Programmet er startet med --read-only; intet kan ændres.
refusal-cpr-number = Teksten indeholder noget, der ligner et CPR-nummer, og CPR-numre gemmes aldrig her.
    .hint = Udelad nummeret; skriv, hvordan og hvornår identiteten blev bekræftet.
refusal-nothing-to-undo = Der er intet at fortryde.
refusal-nothing-to-redo = Der er intet at gentage.
refusal-undo-blocked = { $id } er ændret siden; ændringen kan ikke tages tilbage.
    .hint = Ret sagen direkte.

needed-note = notens tekst
needed-override = en begrundelse for at lukke alligevel
needed-doubt = den konkrete tvivl om identiteten
needed-method = en angivelse af, hvordan identiteten blev bekræftet
needed-reason = en begrundelse
needed-title = en titel
needed-reference = en angivelse af, hvor aftalen eller samtykket opbevares
needed-purpose = formålet
needed-facts = fakta

warning-link-outlives = Bemærk: linket til { $id } virker længere, end optagelsen opbevares (slettes { $due }).
warning-late-refusal = Bemærk: afvisningen af { $id } kommer efter fristen { $due }.
warning-future = Bemærk: modtagelsesdatoen { $on } ligger i fremtiden.
warning-repeat = Bemærk: { $id } ligner { $earlier }, der blev besvaret; { $n ->
    [one] { $n } dag
   *[other] { $n } dage
} imellem. Se, hvad der er nyt siden.
warning-passed-on = Bemærk: { $id } er videresendt. Mailen indeni er fra { $who }. Er det personen, så ret sagen: edit { $id } --name … --email { $email }
    .tui = Mailen er videresendt, og den indeni er fra { $who }: tryk E, hvis det er personen
warning-conflict = Bemærk: { $id } er i konflikt med { $other } ({ $due }): udlevér optagelsen, før den slettes.
refusal-file-still-there = Filen findes stadig: { $path } ({ $id }).
    .hint = Slet filen først, eller lad programmet gøre det: --delete-file ved copy, --delete-files ved resolve.
    .hint-tui = Slet filen først.
refusal-delete-first = Kopien på { $place } er ikke slettet endnu; den kan ikke være tømt af papirkurven.
    .hint = Slet den først, og notér det; tøm så papirkurven.
refusal-decide-first = Tag først stilling til de købte produkter i { $id }: De hviler på aftalen, ikke på samtykket.
    .hint = Sæt opgaven »{ $task }«: kept med begrundelse, hvis personen beholder dem, eller done, hvis personen har bedt om at miste dem.
    .hint-tui = Stå på opgaven »{ $task }«, tryk Enter, og vælg Beholdt med begrundelse, eller Udført, hvis personen har bedt om at miste produkterne.
    .hint-plain = Skriv »opgave« og nummeret på »{ $task }«, og vælg Beholdt med begrundelse, eller Udført, når personen ville af med produkterne.
refusal-recordings-left = { $id } kan ikke afsluttes: { $n ->
    [one] optagelsen { $ids } er der endnu
   *[other] optagelserne { $ids } er der endnu
}, og personen har bedt om sletning.
    .hint = Slet { $n ->
    [one] den
   *[other] dem
} først (resolve { $ids }), eller sig i ord, hvorfor ikke (--override).
    .hint-tui = Slet { $n ->
    [one] den
   *[other] dem
} først (r på optagelsen), eller skriv i feltet, hvorfor ikke.
refusal-which-duplicate = { $n ->
    [0] Personen har ingen anden anmodning om det samme, som { $id } kan være en gentagelse af.
   *[other] { $id } kan være en gentagelse af { $ids }.
}
    .hint = { $n ->
    [0] Ret personen, hvis det er en anden mailadresse (edit { $id } --email …), eller vælg et andet udfald.
   *[other] Sig hvilken: merge { $id } --into ID.
}
    .hint-tui = { $n ->
    [0] Ret personen, hvis det er en anden mailadresse (E), eller vælg et andet udfald.
   *[other] Læg den ind i den rigtige: M.
}
refusal-follow-up-of-nothing = En opgave, der er sat til »{ $status }«, skal der ikke rykkes for.
    .hint = Lad datoen være væk, eller sæt opgaven til asked.
    .hint-tui = Lad datoen være tom, eller vælg Spurgt.
refusal-taken-already = { $id } er allerede taget ind som { $request }.
refusal-not-held = Sletningen af { $id } er ikke udsat.
refusal-cannot-merge = { $id } kan ikke lægges sammen med { $into }: det er ikke en tidligere anmodning af samme art fra samme person.
    .hint = Den senere lægges ind i den tidligere, så den tidligste frist står ved magt; er de forskellige, behandles de hver for sig.
refusal-link-already-sent = Linket til { $id } blev sendt { $on }; fristen for sletning løber derfra.
    .hint = Kun en skriftlig aftale flytter den: indsigt agree { $id } … (tasten w). Var datoen forkert, så fortryd den først.
    .hint-tui = Kun en skriftlig aftale flytter den: w. Var datoen forkert, så fortryd den først: u.
warning-partly = Bemærk: grunden i { $id } dækker som regel kun en del. Overvej at imødekomme resten (resolve --outcome partly-met).
    .tui = Bemærk: grunden i { $id } dækker som regel kun en del. Overvej at imødekomme resten: u fortryder afvisningen.
mail-problem-date-in-future = datoen ligger i fremtiden; importdagen er brugt
refusal-nothing-to-merge-into = Personen har ingen anden åben sag om det samme, som { $id } kan lægges sammen med.
erase-unconfirmed = Intet er slettet endnu.
    .hint = Slet med --yes, eller nøjes med at se efter med --dry-run. En sletning kan ikke fortrydes.
refusal-erased = { $id } er slettet; der er ikke mere at ændre i den.
    .hint = Kun nummer, art, datoer, udfald og afslagsgrund er tilbage. Opret en ny sag, hvis der er kommet noget nyt.
refusal-access-open = Personens anmodning om indsigt { $id } er ikke besvaret; intet om personen må slettes før.
    .hint = Besvar { $id } først, og slet derefter.
refusal-before-erasure = Der er intet at fortryde efter den seneste sletning, og det, der ligger før den, kan ikke fortrydes.
verify-problems = { $n ->
    [one] Registeret har { $n } fejl.
   *[other] Registeret har { $n } fejl.
}
    .hint = Gendan den seneste sikkerhedskopi, og bevar den beskadigede fil indtil da. Det læselige kan gemmes med: indsigt export all --format json --out FIL
export-incomplete = { $n ->
    [0] Registeret er beskadiget; der kan mangle sager, hvis id heller ikke kan læses.
    [one] Registeret er beskadiget; { $n } sag kunne ikke læses og er ikke med.
   *[other] Registeret er beskadiget; { $n } sager kunne ikke læses og er ikke med.
}
    .hint = Resten er skrevet. Hvad der er galt, siger: indsigt verify
refusal-no-rows = { $file } har ingen rækker om personen i { $id } ({ $n } gennemgået).
    .hint = Er der intet hos tjenesten, så sæt opgaven til det: indsigt task { $id } { $task } nothing-held
    .hint-tui = Er der intet hos tjenesten, så sæt opgaven til Intet registreret.
refusal-others-in-package = I pakken til { $id } står { $email } i { $file }; det er en anden person ({ $other }).{ $n ->
    [one] {""}
   *[other] {" "}I alt { $n } steder.
 }
    .hint = Tag filen ud (files { $id } N --internal), eller gentag med --others-checked, når du har set efter, at det må sendes.
    .hint-tui = Tag filen ud af pakken, eller skriv den fra kommandolinjen, når du har set efter, at det må sendes.
export-where-to = Hvor skal det skrives?
    .hint = Angiv en mappe med --to MAPPE.
export-evidence-of-what = Dokumentation for hvilken sag?
    .hint = Skriv export evidence ID --to MAPPE.
export-too-much = »{ $more }« hører ikke til her.
    .hint = Skriv export ID --to MAPPE eller export evidence ID --to MAPPE.
export-which-format = En fortegnelse i hvilket format?
    .hint = Angiv --format csv, json, ics eller md.
refusal-no-such-file = { $n ->
    [0] { $id } har ingen filer.
   *[other] { $id } har ingen fil med nummer { $number }.
 }
    .hint = { $n ->
    [0] Læg en på med attach { $id } FIL.
   *[other] Numrene er: { $there }
 }
refusal-file-has-no-content = Af fil { $number } i { $id } er kun navnet gemt: { $why }.
    .hint = Find den i din postkasse.
refusal-file-there = { $id } har allerede { $name } som fil { $number }.
refusal-file-not-kept = { $name } kan ikke gemmes: { $why }.
    .hint = Kopier af legitimation og CPR-numre gemmes aldrig. Skriv i stedet, hvordan identiteten er bekræftet (identity ID confirmed).
refusal-file-too-large = { $name } er større end de { $mib } MB, der gemmes pr. fil.
    .hint = Hæv attachment_mb i indstillingerne, eller del filen op.
files-where-to = Hvor skal filen skrives?
    .hint = Angiv --out FIL, --out MAPPE eller --out - for standard-ud.
file-exists = { $path } findes allerede og er ikke rørt.
    .hint = Vælg et andet navn, eller fjern filen først.
refusal-too-many-rows = Rækkerne fra { $file } fylder for meget: { $kib } KiB, og der er plads til { $limit } KiB.
    .hint = Eksportér færre kolonner eller et kortere tidsrum, eller vedlæg filen selv.
warning-rows-by-name = Bemærk: { $file } har ingen mailadresser; { $n ->
    [one] { $n } række er
   *[other] { $n } rækker er
} kun fundet på navnet. Kontrollér, at det er den samme person.
warning-rows-open-quote = Bemærk: i { $file } er et anførselstegn måske ikke afsluttet på { $n ->
    [one] linje
   *[other] linjerne
} { $lines }. Kontrollér, at rækkerne rummer alt om personen og intet om andre.
from-needs-done = --from hører til status done.
    .hint = indsigt task ID OPGAVE done --from FIL

config-missing = { $setting } mangler
config-together = { $setting } kan ikke bruges sammen med { $other }

mail-not-moved = { $path } er indlæst, men kunne ikke flyttes til cur: { $why }
    .hint = Tjek rettighederne til postkassen. Intet går tabt: den kendes igen næste gang.
mailbox-unconfigured = Indstillingerne siger ikke, hvor ny post skal hentes.
    .hint = Skriv afsnittet [mail] med maildir eller imap_host i den fil, som indsigt config path nævner; indsigt config init laver en med eksempler.
mailbox-password = Kommandoen i imap_password_command gav ingen adgangskode: { $why }
    .hint = Prøv den i en terminal: første linje, den skriver, skal være adgangskoden.
mailbox-ca-file = Certifikatfilen { $what } kan ikke bruges: { $why }
    .hint = imap_ca_file skal pege på en PEM-fil med mindst ét certifikat.
mailbox-unreachable = { $place }: Der er ingen forbindelse til serveren: { $why }
    .hint = Tjek imap_host, imap_port og netforbindelsen, og prøv igen.
mailbox-silent = { $place }: Serveren svarer ikke.
    .hint = Tjek imap_port og imap_tls, eller prøv igen senere. Det, der er indlæst, er gemt.
mailbox-gone = { $place }: Forbindelsen blev afbrudt: { $why }
    .hint = Prøv igen; der fortsættes, hvor der blev sluppet. Det, der er indlæst, er gemt.
mailbox-certificate = { $place }: Serverens certifikat kan ikke godkendes: { $why }
    .hint = Tjek imap_host. Er det din egen server, så angiv dens certifikat med imap_ca_file. Adgangskoden er ikke sendt.
mailbox-no-encryption = { $place }: Forbindelsen kan ikke krypteres: { $why }
    .hint = Tjek imap_port (993 eller 143) og imap_tls (implicit eller starttls). Adgangskoden er ikke sendt.
mailbox-login = { $place }: Serveren afviste brugernavnet eller adgangskoden: { $why }
    .hint = Tjek imap_user og imap_password_command; nogle udbydere kræver en særskilt adgangskode til programmer.
mailbox-folder = { $place }: Mappen »{ $what }« kan ikke bruges: { $why }
    .hint = Tjek imap_folder og imap_move_to; mapper oprettes i dit mailprogram.
mailbox-cannot-move = { $place }: Serveren kan hverken flytte mails (MOVE) eller slette enkelte (UIDPLUS).
    .hint = Udelad imap_move_to; så ændres intet i postkassen.
mailbox-refused = { $place }: Serveren sagde nej: { $why }
    .hint = Prøv igen senere. Det, der er indlæst, er gemt.
mailbox-not-understood = { $place }: Serverens svar kan ikke forstås.
    .hint = Tjek, at imap_host og imap_port hører til en IMAP-server. Det, der er indlæst, er gemt.
bad-template = { $place }{ $line ->
    [0] {""}
   *[other] , linje { $line }
}: { $what }
    .hint = { $own ->
    [yes] Ret skabelonen, eller flyt den væk for at bruge den indbyggede. Felterne står i assets/guide.md.
   *[no] Fejlen er i programmet; en egen skabelon kan træde i stedet (assets/guide.md).
}
template-unknown = { $fields } findes ikke som felt, og brevet får heller ingen tekst til det med --set.
template-unfilled = { $field } er ikke udfyldt i denne sag.
template-no-subject = de første linjer er emnet, og efter en tom linje kommer teksten.
template-syntax = { $detail }
template-line = { $field } (linje { $line })
refusal-letter-does-not-fit = »{ $letter }« passer ikke til { $id }, som sagen står.
    .hint = { $fits ->
    [0] Der er ingen breve, som passer.
   *[other] Disse passer: { $types }
}
refusal-which-letter = Det er ikke klart, hvilket brev { $id } skal have nu.
    .hint = { $fits ->
    [0] Der er ingen breve, som passer.
   *[other] Disse passer: { $types }
}
refusal-letter-needs-rejection = { $id } er ikke afvist, så der er ikke noget afslag at skrive.
    .hint = indsigt reject { $id } --ground … --facts … gør det, og så kan brevet skrives.
    .hint-tui = x afviser, og så kan brevet skrives.
refusal-letter-fields = »{ $letter }« skal bruge tekst, som sagen ikke har: { $fields }.
    .hint = Giv den med { $options }.
    .hint-tui = Skriv den i felterne.
refusal-no-letter-field = »{ $letter }« har intet felt, der hedder »{ $field }«.
    .hint = Felterne er: { $known }
refusal-letter-incomplete = »{ $letter }« til { $id } mangler: { $missing }.
    .hint = Et brev, der mangler noget, kan ses, men ikke markeres som sendt. Udfyld sagen eller indstillingerne, og prøv igen.
refusal-letter-nowhere = Der er ingen mailadresse at sende »{ $letter }« til ({ $id }).
    .hint = { $person ->
    [yes] Skriv brevet med --out, eller ret adressen: indsigt edit { $id } --email …
   *[no] Giv adressen med --set to=…
}
    .hint-tui = Ret adressen, eller send brevet på en anden måde.
refusal-no-sender-address = Indstillingerne siger ikke, hvilken mailadresse brevene kommer fra.
    .hint = Sæt email under [controller] i indstillingerne; indsigt config path siger, hvor de er.
    .hint-tui = Sæt email under [controller] i indstillingerne.
refusal-sending-open = »{ $letter }« til { $id } var ved at blive sendt { $on }, og ingen ved, om det kom af sted: programmet eller forbindelsen stoppede, før svaret kom.
    .hint = Led efter { $message } i mappen med sendt post eller i loggen. Blev det sendt: indsigt letter { $id } { $word } --mark-sent mail. Blev det ikke: --not-sent. Skal det sendes igen alligevel: --send --again.
    .hint-tui = Led efter { $message } i mappen med sendt post eller i loggen, og sig så, om det blev sendt.
refusal-letter-sent-already = »{ $letter }« til { $id } er allerede sendt { $on }.
    .hint = indsigt show { $id } --json viser det, som det blev sendt. --again sender et til.
    .hint-tui = Brevet er gemt med sagen, som det blev sendt.
refusal-not-being-sent = { $id } har intet brev, eller mere end ét, hvor det er uvist, om det blev sendt.
    .hint = indsigt show { $id } siger, hvilke breve der er sendt eller er ved at blive sendt; nævn typen på det, der menes.
    .hint-tui = Brevene på vej står i sagen.
refusal-not-her-address = { $to } er ikke en af personens adresser i { $id }.
    .hint = Et brev med personoplysninger går ikke til andre. Er det personens adresse, så tilføj den først: indsigt edit { $id } --email …
    .hint-tui = Et brev med personoplysninger går ikke til andre. Er det personens adresse, så tilføj den først.
sending-unconfigured = Indstillingerne siger ikke, hvordan breve skal sendes.
    .hint = Skriv afsnittet [sending] med command eller smtp_host i den fil, som indsigt config path nævner; indsigt config init laver en med eksempler.
not-sent = »{ $letter }« til { $id } er ikke sendt. { $why }
    .hint = { $noted ->
    [yes] Teksten er gemt med sagen.
   *[no] Det kunne ikke noteres i sagen: det gør indsigt letter { $id } --not-sent.
}
    .hint-tui = { $noted ->
    [yes] Teksten er gemt med sagen.
   *[no] Det kunne ikke noteres i sagen; du bliver spurgt, før brevet sendes igen.
}
maybe-sent = Ingen ved, om »{ $letter }« til { $id } blev sendt. { $why }
    .hint = Det bliver ikke sendt igen af sig selv. Led efter { $message } i mappen med sendt post eller i loggen. Blev det sendt: indsigt letter { $id } { $word } --mark-sent mail. Blev det ikke: --not-sent.
    .hint-tui = Det bliver ikke sendt igen af sig selv. Led efter { $message } i mappen med sendt post eller i loggen, og sig så, om det blev sendt.
sent-unrecorded = »{ $letter }« til { $id } er sendt, men det kunne ikke noteres. { $why }
    .hint = Send det ikke igen. Når der igen kan skrives i registeret: indsigt letter { $id } { $word } --mark-sent mail.
    .hint-tui = Send det ikke igen. Markér det som sendt, når der igen kan skrives i registeret.
send-password = Kommandoen i smtp_password_command gav ingen adgangskode: { $why }
    .hint = Prøv den i en terminal: første linje, den skriver, skal være adgangskoden.
send-ca-file = Certifikatfilen { $what } kan ikke bruges: { $why }
    .hint = smtp_ca_file skal pege på en PEM-fil med mindst ét certifikat.
send-unreachable = { $place }: Der er ingen forbindelse til serveren: { $why }
    .hint = Tjek smtp_host, smtp_port og netforbindelsen, og prøv igen.
send-silent = { $place }: Serveren svarer ikke.
    .hint = Tjek smtp_port og smtp_tls, eller prøv igen senere.
send-gone = { $place }: Forbindelsen blev afbrudt, før serveren havde brevet: { $why }
    .hint = Prøv igen.
send-certificate = { $place }: Serverens certifikat kan ikke godkendes: { $why }
    .hint = Tjek smtp_host. Er det din egen server, så angiv dens certifikat med smtp_ca_file. Hverken adgangskode eller brev er sendt.
send-no-encryption = { $place }: Forbindelsen kan ikke krypteres: { $why }
    .hint = Tjek smtp_port (465 eller 587) og smtp_tls (implicit eller starttls). Hverken adgangskode eller brev er sendt.
send-login = { $place }: Serveren afviste brugernavnet eller adgangskoden: { $why }
    .hint = Tjek smtp_user og smtp_password_command; nogle udbydere kræver en særskilt adgangskode til programmer.
send-sender = { $place }: Serveren tager ikke imod mails fra din adresse: { $why }
    .hint = Tjek email under [controller], og om smtp_user må sende fra den.
send-recipient = { $place }: Serveren tager ikke imod mails til den adresse: { $why }
    .hint = Tjek adressen i sagen.
send-refused = { $place }: Serveren sagde nej: { $why }
    .hint = Prøv igen senere, eller send brevet fra dit mailprogram (--eml).
    .hint-tui = Prøv igen senere, eller send brevet fra dit mailprogram.
send-not-understood = { $place }: Serverens svar kan ikke forstås.
    .hint = Tjek, at smtp_host og smtp_port hører til en mailserver, der tager imod mails til afsendelse.
send-not-started = { $place } kan ikke startes: { $why }
    .hint = Tjek command under [sending].
send-failed = { $place } melder, at det gik galt: { $why }
    .hint = Tjek command under [sending], eller prøv igen senere.
send-lost = { $place }: Forbindelsen blev afbrudt efter brevet og før svaret: { $why }
send-unanswered = { $place }: Serveren har brevet og svarer ikke.
send-broken = { $place } stoppede uden at sige, om den tog imod brevet: { $why }
send-overdue = { $place } var for længe om det og blev stoppet.
warning-only-sent = Brevet er sendt og noteret, men resten er ikke gjort, fordi { $id } blev ændret imens: { $why }
warning-still-open = Svaret er noteret, og { $id } er stadig åben: indsigt resolve { $id } lukker den.
    .tui = Svaret er noteret, og { $id } er stadig åben: r lukker den.
letter-field-shape = »{ $given }« er ikke et felt med tekst.
    .hint = Skriv --set FELT=TEKST, eller --set FELT=@FIL.
letter-ground-refusal = Kun et afslag har en grund: --ground hører til typen refusal.
    .hint = indsigt letter ID refusal --ground … --facts …
