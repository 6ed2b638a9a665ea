# Hjælp, man-sider og fuldførelse på dansk; det engelske står i dokumentationen i src/cli/args.rs. En besked er en
# kommando (add-request er »add request«), dens attributter er argumenterne. choice- er en mulighed, value- et navn på
# en værdi, heading- en overskrift, word- og man- er clap's egne ord.

indsigt = Behandl de anmodninger om personoplysninger, som en lille praksis modtager
    .about-long =
        Behandl de anmodninger om personoplysninger, som en lille praksis modtager

        Uden kommando: skærmbilledet, når både ind- og uddata er en terminal, ellers det samme som `due`.
        Med `--plain`: det samme arbejde linje for linje.
    .plain = Arbejd linje for linje i stedet for på skærmbilledet, til skærmlæsere og til terminaler, hvor der ikke kan tegnes: hvad der skal gøres, og så et ord pr. linje; `?` siger hvilke. Også med `demo`. Med `INDSIGT_PLAIN=1` er det altid sådan på terminaler
    .store = Registerets fil (redb) [standard: `$XDG_DATA_HOME/indsigt/indsigt.redb`]
    .config = Filen med indstillinger [standard: `$XDG_CONFIG_HOME/indsigt/config.toml`]
    .language = Sproget: da eller en [standard: fra indstillingerne, ellers systemets]. Med `add request` også det sprog, personen skal have svar på, og med `letter` brevets sprog
    .today = Lad, som om det er denne dag
    .read_only = Tillad ingen ændringer
    .json = Skriv ét JSON-dokument til standard-ud og intet andet
    .color = Hvornår der bruges farver

due = Vis, hvad der skal gøres: anmodninger, optagelser og afmeldinger, det mest presserende først
    .within = Det, der skal gøres inden for så mange dage
    .all = Alt, hvad der er åbent
    .exit_code = Afslut med kode 10, når noget er overskredet eller skal gøres nu
    .mail = Som en mail til denne adresse, til `sendmail -t`; ingenting, når der ikke er noget at gøre. Ingen nævnes ved navn
    .brief = Højst fem linjer, til en velkomst ved login: hvor meget der er, og de tre mest presserende. Ingen nævnes ved navn
    .ics = Skriv også fristerne for alt åbent til denne kalenderfil

list = Vis en liste over anmodninger, optagelser eller afmeldinger
    .what = Hvilken slags
    .open = De åbne (standard, når intet er valgt)
    .closed = De lukkede
    .any = Både åbne og lukkede
    .kind = Anmodninger af denne art
    .search = Kun det, der indeholder denne tekst; der skelnes ikke mellem store og små bogstaver, og æ er ae, ø er oe, å er aa
    .from = Modtaget denne dato eller senere
    .to = Modtaget denne dato eller tidligere
    .limit = Vis højst så mange

show = Vis alt om én sag, med reglen bag dens datoer
    .id = Sagens id, for eksempel R-2026-0001 eller r1

person = Vis alt, hvad programmet har registreret om en person
    .text = En mailadresse eller en del af navnet

deadline = Vis de frister, der følger af en modtagelsesdato
    .dates = Datoer (ÅÅÅÅ-MM-DD) eller tidspunkter efter RFC 3339; `-` læser én pr. linje fra standard-ind

history = Vis alle ændringer: hvornår, hvad, på hvilket id og hvorfra
    .id = Kun for denne sag
    .limit = Vis højst så mange, de seneste

report = Vis, hvordan et år gik: modtaget, besvaret til tiden, dage, forlænget, afvist, slettet til tiden
    .year = Året [standard: alle]

verify = Kontrollér filen, historikkens kæde og sagerne op imod historikken

check-subscribers = Vis, hvilke adresser på en mailingliste der er afmeldt eller har tilbagekaldt deres samtykke
    .file = Den eksporterede liste (CSV)
    .exit_code = Afslut med kode 10, når der er nogen

attach = Læg filer på en anmodning: en tjenestes eksport, et indscannet papir
    .id = Sagens id
    .files = Filerne
    .internal = Kun til dig selv: de kommer ikke med i pakken til personen
    .task = Opgaven, de besvarer, ved id eller nummer

files = Vis en anmodnings filer, skriv én ud, markér den, eller tag den af sagen
    .id = Sagens id
    .number = Nummeret på én fil
    .out = Hvor den skal skrives: en fil eller en mappe; `-` er standard-ud
    .internal = Kun til dig selv: den kommer ikke med i pakken til personen
    .share = Ikke kun til dig selv: den kommer med i pakken til personen
    .remove = Tag den af sagen

services = Vis servicekortene
    .id = Ét kort med opgaver og trin

add = Opret en anmodning, en optagelse eller en afmelding

add-request = Opret en anmodning, og udskriv dens id
    .kind = Hvad der anmodes om
    .name = Hvem der anmoder
    .email = Personens mailadresse; kan angives flere gange
    .received = Hvornår den kom: en dato eller et tidspunkt efter RFC 3339 [standard: nu]
    .channel = Hvordan den kom
    .message = Dens tekst; @FIL læser den fra en fil, `-` fra standard-ind

add-recording = Opret en optagelse, og udskriv dens id
    .title = Hvad sessionen gik ud på
    .name = Klienten
    .email = Klientens mailadresse
    .recorded = Sessionens dato
    .form = private (privat session) eller group (fælles session)
    .link_sent = Hvornår downloadlinket blev sendt
    .link_expires = Hvornår linket udløber
    .copy = En kopi: hvor den ligger, og hvordan den findes der; kan angives flere gange
    .declined = Klienten frabad sig optagelse

add-optout = Opret en afmelding af nyhedsbrevet, og udskriv dens id
    .email = Den adresse, der afmeldes
    .name = Hvis adresse det er
    .received = Hvornår afmeldingen kom [standard: i dag]
    .source = Hvordan den kom

note = Tilføj en note
    .id = Sagens id
    .text = Teksten; `-` læser den fra standard-ind

edit = Ret navnet eller mailadresserne
    .id = Sagens id
    .name = Navnet
    .email = Alle personens mailadresser, først den, der skal svares til; kan angives flere gange

identity = Notér, at der er bedt om bevis for identiteten, eller at den er bekræftet
    .id = Sagens id
    .step = Hvad der er sket
    .reason = Den konkrete tvivl (ved `requested`)
    .method = Hvordan identiteten blev bekræftet (ved `confirmed`)
    .on = Hvornår [standard: i dag]

extend = Forlæng svarfristen, mens den første måned løber
    .id = Sagens id
    .reason = Den konkrete begrundelse: kompleksitet eller antallet af anmodninger
    .notified = Hvornår personen fik besked [standard: i dag]

task = Sæt en opgaves status, eller tilføj en opgave
    .id = Sagens id
    .task = Opgaven: dens id eller dens nummer på listen
    .status = Hvor langt den er
    .note = Hvorfor noget beholdes eller udelades, eller en anden bemærkning
    .follow_up = Hvornår der skal følges op
    .from = Med done: tag personens rækker ud af denne eksport fra tjenesten (CSV), og gem dem til svaret
    .add = Tilføj en opgave med denne titel
    .place = Hvor den nye opgave skal udføres
    .url = Webadressen på det, der skal arbejdes med
    .at = En tidskode; kan angives flere gange

resolve = Luk sager: anmodninger med et udfald, optagelser med alle kopier slettet, afmeldinger som udført
    .id = Sagernes id'er; enten lukkes alle eller ingen
    .outcome = Hvordan en anmodning endte [standard: det, dens opgaver viser]
    .note = En bemærkning
    .override_reason = Hvorfor der lukkes, selv om noget er åbent
    .delete_files = Slet først de filer, som en optagelses lokale kopier består af

reject = Afvis en anmodning som urimelig, med grund og fakta
    .id = Sagens id
    .ground = Grunden til afvisningen
    .facts = De konkrete fakta bag
    .accept_burden_of_proof = Påtag dig bevisbyrden, selv om et svar taler imod afvisningen

letter = Vis et brev, skriv det til en fil, send det, eller notér, at det er sendt
    .id = Sagens id
    .letter = Hvilket brev [standard: det, der er det næste]
    .set = En tekst, som kun du kan give, med navnet på feltet; @FIL læser den fra en fil, `-` fra standard-ind; kan gentages
    .ground = Grunden til et afslag, som ikke er givet endnu: Det gives, når brevet går af sted
    .facts = De konkrete fakta bag
    .accept_burden_of_proof = Påtag dig bevisbyrden, selv om et svar taler imod afvisningen
    .out = Skriv det til denne fil i stedet for standard-ud
    .eml = Skriv det til denne fil som en kladde til et mailprogram
    .mark_sent = Notér, at det er sendt, og hvordan; det, brevet siger, gælder dermed
    .send = Send det som mail nu, sådan som indstillingerne siger under [sending]; det, brevet siger, gælder dermed
    .to = Send det til denne af personens adresser [standard: den første]
    .dry_run = Vis, hvad der ville blive sendt, til hvem og hvordan, og send intet
    .again = Send det, selv om et allerede er sendt, eller ingen ved, om det er
    .not_sent = Du har set efter: brevet, som ingen vidste noget om, blev ikke sendt
    .on = Hvornår det blev sendt [standard: i dag]
    .resolve = Luk sagen med det [standard: med det, opgaverne og brevet siger]

reopen = Genåbn en lukket sag
    .id = Sagens id
    .reason = Hvorfor

link-sent = Notér, at downloadlinket til en optagelse er sendt
    .id = Optagelsens id
    .on = Hvornår [standard: i dag]
    .expires = Hvornår linket udløber

delivered = Notér, at personen har fået en kopi af en optagelse
    .id = Optagelsens id
    .on = Hvornår [standard: i dag]
    .how = Hvordan

agree = Notér en skriftlig aftale om en anden slettedato
    .id = Optagelsens id
    .until = Hvor længe optagelsen opbevares
    .agreed_on = Aftalens dato
    .reference = Hvor aftalen opbevares

consent = Notér et skriftligt samtykke til anden brug af en optagelse
    .id = Optagelsens id
    .purpose = Formålet
    .reference = Hvor samtykket opbevares
    .on = Samtykkets dato

copy = Notér, at én kopi af en optagelse er slettet, eller at den også er væk fra papirkurven
    .id = Optagelsens id
    .place = Stedet, hvor kopien lå
    .status = deleted (slettet) eller purged (slettet, også fra papirkurven)
    .on = Hvornår [standard: i dag]
    .delete_file = Slet først den fil, som en lokal kopi består af

take = Tag en mail, der er lagt til side, ind som anmodning, og udskriv dens id
    .id = Mailens id (M-…)
    .kind = Hvad der anmodes om

split = Opret endnu en anmodning ud fra en anmodning, når samme brev også gælder en anden ret, og udskriv dens id
    .id = Anmodningens id
    .kind = Hvad der også anmodes om

merge = Luk en anmodning, der rykker for eller svarer til en anden anmodning fra samme person
    .id = Anmodningens id
    .into = Den anmodning, den hører til

hold = Udsæt sletningen af en sag ud over dens slettedato
    .id = Sagens id
    .reason = Hvorfor
    .review = Hvornår udsættelsen skal vurderes igen

release = Ophæv udsættelsen, så sagen slettes til tiden
    .id = Sagens id

undo = Fortryd den seneste ændring

redo = Gentag det, der blev fortrudt

import = Indlæs mails eller eksporterede lister

import-mail = Indlæs mails: filer, mbox-filer, Maildirs, mapper med .eml-filer, eller `-` for standard-ind
    .paths = Hvor mailene ligger
    .all = Hver mail er en anmodning: postkassen bruges ikke til andet
    .move_to_cur = Flyt det, der blev indlæst fra en Maildirs `new`, til dens `cur`, ulæst
    .dry_run = Vis kun, hvad der ville blive indlæst

import-optouts = Indlæs afmeldingerne fra en eksporteret liste (CSV)
    .file = Filen
    .dry_run = Vis kun, hvad der ville blive indlæst

import-recordings = Indlæs optagelserne fra en liste (CSV): Zooms egen eller en, du selv fører
    .file = Filen
    .dry_run = Vis kun, hvad der ville blive indlæst

import-requests = Indlæs en ældre fortegnelse over anmodninger (CSV); de lukkede oprettes som lukket på deres dag
    .file = Filen
    .dry_run = Vis kun, hvad der ville blive indlæst

fetch = Hent ny post fra den Maildir eller IMAP-mappe, som indstillingerne nævner
    .dry_run = Vis kun, hvad der ville blive indlæst

export = Skriv en fortegnelse, pakken til personen eller dokumentationen til tilsynsmyndigheden
    .what = En fortegnelse: requests, recordings, optouts, aside eller all; en anmodnings id: pakken til personen; evidence: det, tilsynsmyndigheden får at se om en anmodning
    .id = Med evidence: anmodningens id
    .format = Af en fortegnelse: csv, excel, json, ics (en kalender med de åbne sagers frister) eller md
    .open = De åbne
    .closed = De lukkede
    .any = Både åbne og lukkede (standard)
    .kind = Anmodninger af denne art
    .search = Kun det, der indeholder denne tekst; der skelnes ikke mellem store og små bogstaver, og æ er ae, ø er oe, å er aa
    .received_from = Modtaget denne dato eller senere
    .received_to = Modtaget denne dato eller tidligere
    .limit = Skriv højst så mange
    .names = Med ics: nævn personerne
    .out = Hvor en fortegnelse skrives; `-` er standard-ud
    .to = Mappen, som pakken eller dokumentationen lægges i under sagens id
    .zip = Én ZIP-fil i stedet for en mappe
    .password_file = Kryptér ZIP-filen med adgangssætningen i første linje af denne fil (AES-256, som 7-Zip åbner)
    .others_checked = Du har set på de filer, der nævner andre personer, og de må sendes

backup = Skriv en kontrolleret kopi af registeret uden noget af det, der er slettet
    .file = Hvorhen; `-` er standard-ud
    .recipient = Kryptér den til ejeren af denne age-nøgle (age1…); kan gentages
    .passphrase_file = Kryptér den med adgangssætningen i filens første linje
    .force = Erstat filen, hvis den findes

restore = Gendan registeret fra en sikkerhedskopi, der først kontrolleres
    .file = Sikkerhedskopien, krypteret eller ej; `-` læser den fra standard-ind
    .identity = Filen med den age-nøgle, der åbner den, som age-keygen skrev den
    .passphrase_file = Filen, hvis første linje er den adgangssætning, der åbner den
    .yes = Erstat et register, der indeholder sager; det gemmes ved siden af det nye
purge = Slet det, der har nået sin slettedato, så intet er tilbage i filen
    .dry_run = Vis kun, hvad der ville blive slettet
    .yes = Slet uden at spørge; det kan ikke fortrydes

erase = Slet en person fra lukkede sager nu

erase-person = Slet det, lukkede sager rummer om personen med denne mailadresse
    .email = Mailadressen
    .dry_run = Vis kun, hvad der ville blive slettet
    .yes = Slet uden at spørge; det kan ikke fortrydes

config = Vis eller opret indstillingerne

config-path = Vis, hvor indstillingerne ligger

config-show = Vis de gældende indstillinger

config-init = Opret en fil med kommentarer, medmindre der er en i forvejen

completions = Udskriv fuldførelse af kommandoer til en shell
    .shell = Navnet på shellen

man = Udskriv man-siden, eller skriv alle man-sider til en mappe
    .dir = Mappen

demo = Åbn skærmbilledet på et midlertidigt register fuldt af opfundne sager
    .fill = Skriv i stedet registeret til STI
    .cases = Skriv der et arkiv med så mange sager, næsten alle afsluttede, til at måle hastigheden med
    .seed = Et andet arkiv af samme størrelse

choice-auto = I en terminal, medmindre NO_COLOR er sat
choice-always = Altid
choice-never = Aldrig
choice-requests = Anmodninger
choice-recordings = Optagelser
choice-optouts = Afmeldinger
choice-all = Det hele
choice-aside = Mails, der er lagt til side
choice-requested = Der er bedt om bevis
choice-confirmed = Identiteten er bekræftet
choice-csv = Til regneark
choice-excel = CSV med semikolon og byterækkefølgemærke, som en dansk Excel åbner
choice-ics = En kalender med de åbne sagers frister
choice-md = En tabel i Markdown
choice-json = Til scripts: alt, hvad `show` viser

value-ADDRESS = ADRESSE
value-AGE-KEY = AGE-NØGLE
value-CHANNEL = KANAL
value-DATE = DATO
value-DAYS = DAGE
value-DIR = MAPPE
value-FIELD-TEXT = FELT=TEKST
value-FILE = FIL
value-NUMBER = NUMMER
value-YEAR = ÅR
value-FORM = FORM
value-FORMAT = FORMAT
value-GROUND = GRUND
value-ID = ID
value-KIND = ART
value-LANGUAGE = SPROG
value-METHOD = METODE
value-N = ANTAL
value-NAME = NAVN
value-NOTE = NOTE
value-OUTCOME = UDFALD
value-PATH = STI
value-PLACE = STED
value-PLACE-LOCATOR = STED[=STI]
value-PURPOSE = FORMÅL
value-REASON = BEGRUNDELSE
value-REFERENCE = REFERENCE
value-SHELL = SHELL
value-SOURCE = KILDE
value-STATUS = STATUS
value-STEP = TRIN
value-TYPE = TYPE
value-TASK = OPGAVE
value-TEXT = TEKST
value-TIMECODE = TIDSKODE
value-TITLE = TITEL
value-URL = URL
value-WHAT = HVAD
value-WHEN = HVORNÅR
value-YYYY-MM-DD = ÅÅÅÅ-MM-DD

heading-Options-of-every-command = Valg til alle kommandoer

word-usage = Brug
word-options-placeholder = VALG
word-command-placeholder = KOMMANDO
word-commands = Kommandoer
word-arguments = Argumenter
word-options = Valg
word-help = Vis hjælp (kort med -h, fuld med --help)
word-version = Vis versionen
word-default = [standard: { $about }]
word-environment = [miljøvariabel: { $about }]
word-choices = [muligheder: { $about }]
word-choices-long = Muligheder:

man-name = NAVN
man-synopsis = SYNOPSIS
man-description = BESKRIVELSE
man-version = VERSION
man-default = [standard:
man-choices = Muligheder:
