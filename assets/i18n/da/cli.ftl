# Kommandoernes svar.

column-id = Id
column-urgency = Haster
column-act-by = Handl senest
column-due = Frist
column-person = Person
column-what = Hvad
column-tasks = Udført
column-next = Næste skridt
column-received = Modtaget
column-status = Status

due-nothing = Intet at gøre nu.
due-next = Det næste er { $id }, { $date }.
due-brief-more = … og { $n } til: »indsigt due« viser dem.
due-mail-own = se sagen
due-mail-subject = indsigt: { $summary }
due-summary = Overskredet: { $overdue } · handl nu: { $now } · snart: { $soon } · senere: { $later }
list-empty = Intet fundet.
list-total = { $shown } af { $total }
history-empty = Historikken er tom.

deadline-received = Modtaget
deadline-act-by = Handl senest
deadline-due = Frist
deadline-extended-act-by = Forlænget: handl senest
deadline-extended-due = Forlænget: frist
deadline-recording-due = Optagelse slettes

services-policy = Om din privatlivspolitik: En formålsprøve eller en etårsregel kan ikke i sig selv bære et afslag. En kunde mister ikke købte produkter ved at trække sit samtykke tilbage, og samtykke til cookies må ikke være en betingelse for at se siden. Et afslag skal nævne domstolene ved siden af Datatilsynet. Hvor politikken og loven er uenige, følger programmet loven. Det er ikke juridisk rådgivning.
services-card-data = Kortoplysninger: { $text }
services-stays = Bliver tilbage: { $text }
services-irreversible = Kan ikke fortrydes: { $text }
step-unverified = (ikke efterprøvet)

changed = { $id }: { $status }
undone = Fortrudt: { $event } ({ $ids })
redone = Gentaget: { $event } ({ $ids })

ids-and-more = { $ids } og { $n } mere

import-file = { $path }: { $taken } indlæst, { $already } fandtes allerede, { $left } udeladt
import-more = { $n ->
    [one]   … og { $n } til
   *[other]   … og { $n } til
}
import-aside = lagt til side som { $id }: { $why }
import-also = (også: { $kinds } – opret den med split)
import-own-rule = (din egen regel: { $phrase })
aside-none = Ingen mails er lagt til side.
aside-hint = Se en mail med: indsigt show M-… – tag den ind med: indsigt take M-… --kind …
import-doubtful = Indlæst, men se efter:
import-total = I alt: { $taken } indlæst, { $already } fandtes allerede, { $left } udeladt
import-dry-run = Prøve, intet ændret: { $taken } ville blive indlæst, { $already } findes allerede, { $left } udelades
exported = { $n ->
    [one] { $n } sag skrevet til { $path }
   *[other] { $n } sager skrevet til { $path }
}
config-written = Skrevet: { $path }
demo-filled = Opfundne sager skrevet til { $path }
demo-progress = { $n } sager skrevet …
import-progress = { $n } mails læst … (Ctrl-C stopper; intet går tabt)
import-progress-rows = { $n } rækker læst … (Ctrl-C stopper; intet går tabt)
register-closed-because = overført fra en ældre fortegnelse
register-unread = Fra fortegnelsen –
task-rows-kept = { $n ->
    [one] { $n } række fra { $file } er gemt med sagen
   *[other] { $n } rækker fra { $file } er gemt med sagen
}
due-retention = { $n ->
    [one] { $n } lukket sag har nået sin slettedato.
   *[other] { $n } lukkede sager har nået deres slettedato.
}
subscribers-checked = { $n ->
    [0] { $checked } adresser kontrolleret; ingen af dem er afmeldt.
    [one] { $checked } adresser kontrolleret; { $n } må ikke få mails.
   *[other] { $checked } adresser kontrolleret; { $n } må ikke få mails.
}
backup-written = Sikkerhedskopi skrevet til { $path } (ikke krypteret): { $contents }.
backup-written-encrypted = Sikkerhedskopi skrevet til { $path } (krypteret): { $contents }.
restored = Gendannet fra { $path }: { $contents }.
restored-aside = Det hidtidige register ligger i { $path }. Det indeholder personoplysninger; slet det, når det ikke skal bruges mere.
contents = { $n ->
    [0] ingen sager
    [one] { $n } sag
   *[other] { $n } sager
}, ændring nr. { $generation }, senest ændret { $date }
contents-none = ingen sager, ingen ændringer

erase-texts = { $n ->
    [one] Teksten slettes i { $n } sag:
   *[other] Teksten slettes i { $n } sager:
}
erase-records = { $n ->
    [one] { $n } sag slettes; kun nummer, art, datoer, udfald og afslagsgrund bliver tilbage:
   *[other] { $n } sager slettes; kun nummer, art, datoer, udfald og afslagsgrund bliver tilbage:
}
erase-open = { $n ->
    [one] { $n } åben sag med adressen røres ikke:
   *[other] { $n } åbne sager med adressen røres ikke:
}
erase-on-hold = { $n ->
    [one] { $n } sag med adressen røres ikke, fordi sletningen er udsat:
   *[other] { $n } sager med adressen røres ikke, fordi sletningen er udsat:
}
erase-mentioned = { $n ->
    [one] Adressen står også i { $n } anden sag; gennemgå den, og ret den om nødvendigt:
   *[other] Adressen står også i { $n } andre sager; gennemgå dem, og ret dem om nødvendigt:
}
erase-held-back = { $id } slettes ikke endnu: anmodningen om indsigt { $request } er ikke besvaret.
erase-operations = { $n ->
    [one] { $n } tidligere ændring kan derefter ikke fortrydes.
   *[other] { $n } tidligere ændringer kan derefter ikke fortrydes.
}
erase-drafts = { $n ->
    [one] { $n } kladde slettes.
   *[other] { $n } kladder slettes.
}
erase-beside = Filen slettes også, fordi den rummer de samme oplysninger: { $path }
erase-nothing = Intet har nået sin slettedato.
erase-nobody = Der er intet at slette om { $email } i lukkede sager.
erase-ask = Slet nu? Det kan ikke fortrydes. [j/N]
erase-dry-run = Prøve: intet er slettet.
erase-declined = Intet er slettet.
erase-done = Slettet: teksten i { $texts ->
    [one] { $texts } sag
   *[other] { $texts } sager
} og personoplysningerne i { $records ->
    [one] { $records } sag
   *[other] { $records } sager
}. Intet af det er tilbage i registerets fil.
erase-interrupted-before = En sletning blev afbrudt, før den fik virkning; intet er slettet. Kør den igen.
erase-interrupted-after = En sletning blev afbrudt, efter at den fik virkning; { $n ->
    [0] der var ingen filer tilbage at slette.
    [one] { $n } fil ved siden af registeret er nu også slettet.
   *[other] { $n } filer ved siden af registeret er nu også slettet.
}

calendar-name = Indsigt: frister
calendar-description = Handl senest { $act_by }. Frist: { $due }.
calendar-recording = Optagelse: slet alle kopier
export-nothing = Intet at vise.
package-written = Skrevet: { $path } ({ $n } filer)
package-stranger = Bemærk: { $file } nævner { $email } ({ $id }).
package-without = Ikke med: { $why }
package-page = LÆSMIG.html
package-page-what = denne side
package-title = Svar på din anmodning { $id }
package-intro = Her er kopien af de oplysninger, vi har om dig. Siden fortæller, hvad hver fil er, og hvad der ikke er med.
package-what-is-in-it = Filerne
package-left-out = Det, der ikke er med, og hvorfor
package-nothing-left-out = Intet er udeladt.
package-sums = SHA256SUMS.txt indeholder en kontrolsum for hver fil. Med den kan du se, at filerne er kommet uændret frem (sha256sum -c SHA256SUMS.txt).
package-letter = brev.txt
package-letter-what = svaret på din anmodning
package-no-letter = Svarbrevet ligger ikke i pakken; det sendes for sig.
package-own-what = det, vi har registreret om dine henvendelser, optagelser og afmeldinger
package-no-notes = Vores egne arbejdsnotater i sagen er ikke med i pakken.
package-rows-what = { $n ->
    [one] den række
   *[other] de { $n } rækker
 } om dig, som { $service } havde den { $on }
package-file-lost = { $name }: filens indhold kunne ikke læses.
package-files = filer
package-file-of = en fil fra { $service }
package-file-what = en fil, der hører til svaret
package-recordings = optagelser
package-recording-what = optagelsen »{ $title }« fra { $on }
package-group = Optagelsen »{ $title }« fra { $on }: den viser også andre deltagere.
package-recording-elsewhere = Optagelsen »{ $title }« fra { $on } er ikke en fil i pakken; den ligger her: { $places }.
evidence-file = { $id }-dokumentation
evidence-title = Dokumentation i sagen { $id }
evidence-made = Lavet { $on }.
evidence-chronology = Forløb
evidence-received = Anmodningen modtaget
evidence-case = Sagen
evidence-letters = Breve, som de blev sendt
evidence-no-letters = Der er ikke registreret sendte breve.
evidence-letter-erased = Teksten er slettet efter reglerne for opbevaring.
evidence-history = Historikken med dens kæde
evidence-how = Sådan efterprøves historikken: Hver post har en kædeværdi, som er SHA-256 af den forrige posts kædeværdi, nummer, tidspunkt, sag, hændelse, kilde og sagens nøglede fingeraftryk; foran hver del står dens længde som otte byte. Ændres en post, passer ingen af de følgende. Posterne i denne sag er et udsnit: kommandoen indsigt verify regner hele kæden efter og holder sagerne op imod den.
report-title = Året { $year }
report-title-all = Alle år
report-requests = Anmodninger
report-no-requests = Ingen anmodninger.
report-kind = Art
report-received = Modtaget
report-open = Åbne
report-answered = Besvaret
report-in-time = Til tiden
report-median = Dage (median)
report-worst = Dage (længst)
report-extended = Forlænget
report-refused = Afvist
report-all = I alt
report-late = { $n } over fristen
report-grounds = Afvist efter grund
report-extensions = Forlængelser og deres begrundelser
report-reason-erased = begrundelsen er slettet
report-recordings = Optagelser
report-recordings-line = Til sletning: { $due } · slettet: { $deleted }, heraf til tiden: { $on_time } · over fristen: { $overdue }
report-optouts = Afmeldinger
report-optouts-line = Modtaget: { $received } · udført: { $done }, heraf til tiden: { $in_time } · timer (median): { $hours }
files-none = { $id } har ingen filer.
files-written = Skrevet: { $path }
verify-checked = Kontrolleret: filen, { $records } sager, { $entries } poster i historikken og { $rows } rækker i indekserne.
verify-head = Historikkens seneste post er nr. { $seq } med kædeværdien { $chain }. Notér den: kun den kan vise, om slutningen senere mangler.
verify-ok = Ingen fejl fundet.
problem-file = Filen består ikke databasens egen kontrol: { $detail }
problem-older-state = Filens seneste tilstand er beskadiget; kun en ældre er intakt.
problem-unreadable = { $place } kan ikke læses.
problem-damaged = { $place } er beskadiget.
problem-unknown-key = { $place }: nøglen har ingen betydning.
problem-gap = { $place }: posten mangler i historikken.
problem-chain = { $place }: kæden passer ikke; denne post eller den foregående er ændret.
problem-changed = { $place }: sagen er ikke, som historikken siger; den er ændret uden om programmet.
problem-vanished = { $place }: historikken kender sagen, men den findes ikke.
problem-returned = { $place }: ifølge historikken findes sagen ikke længere, men den er her.
problem-no-history = { $place }: historikken viser ikke, hvordan sagen blev oprettet.
problem-index-missing = { $place }: rækken mangler i indekset.
problem-index-surplus = { $place }: rækken hører ikke hjemme i indekset.
problem-index-differs = { $place }: rækken i indekset siger noget andet end sagerne.
problem-counter-behind = { $place }: et nummer ville blive brugt igen.
problem-file-missing = { $place }: indholdet af en fil på sagen mangler.
export-lost = Ikke med, fordi den ikke kan læses: { $id }
man-see-also = Se også
man-config-settings = Indstillinger
man-config-about = Filen er TOML; `indsigt config path` siger, hvor den ligger, og `indsigt config init` skriver den med alt det følgende som bemærkninger. Hver indstilling vises med sin standard; hvor der ingen er, eller den følger af noget andet, med et eksempel.
man-config-example = (eksempel)
man-keys-name = tasterne på skærmbilledet i indsigt
man-keys-about = Bag en tast står navnet på det, den gør. Med det navn kan den ændres under [keys] i indstillingerne; siden her viser tasterne, som de er uden. Skærmbilledets nederste linje viser de vigtigste, og `?` alle, der virker dér.
man-keys-rows = I en liste og i en sag
man-keys-report = I rapporten
man-keys-search = Under søgning
man-keys-form = I en formular
man-keys-confirm = Ved et spørgsmål
man-keys-picker = I et valg
man-keys-palette = Blandt kommandoerne ved navn
man-keys-help = I hjælpen
man-keys-only-list = kun i en liste
man-keys-only-detail = kun i en sag
