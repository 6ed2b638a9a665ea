use std::sync::LazyLock;

use super::*;

/// The shipped rules, read once.
static RULES: LazyLock<Rules> = LazyLock::new(Rules::built_in);

fn suggest_for(subject: &str, text: &str) -> Suggestion {
    super::suggest_for(&RULES, subject, text)
}

/// Subject, text, the right kind, and whether the wording is plain enough that a wrong answer is an error.
type Sample = (&'static str, &'static str, Kind, bool);

const PLAIN: bool = true;
const ODD: bool = false;

#[rustfmt::skip]
const SAMPLES: &[Sample] = &[
    // Danish
    ("Indsigt", "Hej Luma. Jeg vil gerne vide, hvilke oplysninger du har om mig. Mvh Mette", Kind::Access, PLAIN),
    ("GDPR", "Jeg anmoder hermed om indsigt efter artikel 15 i databeskyttelsesforordningen.", Kind::Access, PLAIN),
    ("", "Hvad har I liggende om mig?", Kind::Access, PLAIN),
    ("Mine data", "Kan du sende mig en kopi af de data, du har om mig? På forhånd tak.", Kind::Access, PLAIN),
    ("Aktindsigt", "Jeg vil gerne have indsigt i alt, hvad du har registreret om mig siden 2019.", Kind::Access, PLAIN),
    ("Spørgsmål", "Må jeg få indblik i hvilke oplysninger og data du har på mig, som der står i privatlivspolitikken?", Kind::Access, PLAIN),
    ("Cookies", "Hvilke personoplysninger deler du med Facebook?", Kind::Access, ODD),
    ("Samtykke", "Hej, jeg trækker mit samtykke tilbage.", Kind::Withdrawal, PLAIN),
    ("Tilbagekaldelse af samtykke", "Jeg tilbagekalder hermed mit samtykke. Venlig hilsen Søren Møller", Kind::Withdrawal, PLAIN),
    ("Hej", "Jeg vil gerne trække mit samtykke til nyhedsbreve og markedsføring tilbage.", Kind::Withdrawal, PLAIN),
    ("Mit samtykke", "Jeg har fortrudt og giver dig ikke længere lov til at bruge min session til undervisning.", Kind::Withdrawal, ODD),
    ("Samtykke trukket", "Jeg ønsker at tilbagetrække mit samtykke, og jeg er klar over, at jeg mister adgangen til kurset.", Kind::Withdrawal, PLAIN),
    ("Slet mig", "Slet alt hvad I har om mig. Tak.", Kind::Erasure, PLAIN),
    ("Sletning", "Jeg beder om at få slettet alle mine oplysninger, jf. artikel 17.", Kind::Erasure, PLAIN),
    ("Konto", "Vil du slette min konto hos Kajabi?", Kind::Erasure, PLAIN),
    ("Retten til at blive glemt", "Jeg ønsker at gøre brug af den.", Kind::Erasure, PLAIN),
    ("Optagelse", "Kan du slette optagelsen af vores session fra den 3. maj? Jeg vil ikke have den liggende.", Kind::Erasure, PLAIN),
    ("Data", "Fjern venligst alle mine personlige oplysninger fra dine systemer.", Kind::Erasure, PLAIN),
    ("Efternavn", "Hej, vil du ret mit efternavn? Jeg hedder nu Holm.", Kind::Rectification, PLAIN),
    ("Forkert navn", "Mit navn er stavet forkert på kursusbeviset. Det er Kirsten med K.", Kind::Rectification, PLAIN),
    ("Ny mailadresse", "Vil du ændre min mailadresse til den her?", Kind::Rectification, PLAIN),
    ("Berigtigelse", "Jeg anmoder om berigtigelse efter artikel 16, da min adresse er forkert.", Kind::Rectification, PLAIN),
    ("Gift!", "Jeg er blevet gift og har skiftet efternavn, så kan du opdatere mine oplysninger?", Kind::Rectification, PLAIN),
    ("Begrænsning", "Jeg beder dig begrænse behandlingen af mine oplysninger, til sagen er afklaret.", Kind::Restriction, PLAIN),
    ("GDPR art. 18", "Behandlingen af mine data skal begrænses, men de må ikke slettes.", Kind::Restriction, PLAIN),
    ("Vent", "Du må ikke bruge mine oplysninger før vi har fundet ud af, om de er rigtige.", Kind::Restriction, ODD),
    ("Udlevering", "Udlever mine data i maskinlæsbart format, tak.", Kind::Portability, PLAIN),
    ("Dataportabilitet", "Jeg vil gerne have mine data med over til en anden udbyder.", Kind::Portability, PLAIN),
    ("Eksport", "Kan jeg få mine data i CSV, i et struktureret format, efter artikel 20?", Kind::Portability, PLAIN),
    ("Indsigelse", "Jeg gør indsigelse mod, at mine oplysninger bruges til profilering.", Kind::Objection, PLAIN),
    ("Markedsføring", "Jeg gør hermed indsigelse mod direkte markedsføring.", Kind::Objection, PLAIN),
    ("Facebook", "Jeg vil ikke have, at mine data bruges til markedsføring på Facebook.", Kind::Objection, ODD),
    ("Artikel 21", "Jeg modsætter mig behandlingen på grund af min særlige situation.", Kind::Objection, PLAIN),
    ("Workshop i marts", "Vil du redigere mit navn ud af videoen? Du læser min deling op.", Kind::NameRedaction, PLAIN),
    ("Video", "Mit navn bliver nævnt i videoen på YouTube. Kan du klippe mit navn ud?", Kind::NameRedaction, PLAIN),
    ("Deling", "Kan min deling blive klippet ud af optagelsen fra den 12. april?", Kind::NameRedaction, PLAIN),
    ("Anonym", "Du siger mit navn 14 minutter inde. Kan du bippe navnet ud?", Kind::NameRedaction, PLAIN),
    ("Fjern navn", "Kan du fjerne mit navn fra videoen?", Kind::NameRedaction, PLAIN),
    ("Klage", "Jeg klager over den måde, du har behandlet mine oplysninger på.", Kind::Complaint, PLAIN),
    ("Utilfreds", "Jeg vil indgive en klage til Datatilsynet, hvis jeg ikke hører fra dig.", Kind::Complaint, PLAIN),
    ("Billeder", "I har lagt et billede op uden min tilladelse, og det er et brud på GDPR.", Kind::Complaint, ODD),
    // The same without a subject that helps
    ("", "Slet alt hvad I har om mig.", Kind::Erasure, PLAIN),
    ("Hej", "Jeg trækker mit samtykke tilbage", Kind::Withdrawal, PLAIN),
    ("Hej", "Hvilke oplysninger har I om mig?", Kind::Access, PLAIN),
    ("Hej", "Begræns behandlingen, tak", Kind::Restriction, PLAIN),
    ("Hej", "Jeg vil gerne have rettet mit efternavn", Kind::Rectification, PLAIN),
    ("Hej", "udlever mine data i maskinlæsbart format", Kind::Portability, PLAIN),
    ("Hej", "Jeg gør indsigelse mod jeres brug af mine data", Kind::Objection, PLAIN),
    // Doubt, and mail that asks for nothing
    ("Torsdag", "Hej Luma, kan vi flytte tiden på torsdag til kl. 15? Kh Anne", Kind::Other, PLAIN),
    ("Faktura", "Hermed faktura for marts. Betaling inden 8 dage.", Kind::Other, PLAIN),
    ("Tak for sidst", "Det var en dejlig workshop, og jeg glæder mig til den næste.", Kind::Other, PLAIN),
    ("Link virker ikke", "Jeg kan ikke åbne linket til optagelsen. Kan du sende det igen?", Kind::Other, PLAIN),
    ("Login", "I have forgotten my password, can you help?", Kind::Other, PLAIN),
    ("Question", "Is the course also held in English?", Kind::Other, PLAIN),
    ("Sv: Din sag", "Mange tak for svaret.\n\n> Slet alt hvad I har om mig.\n> Jeg trækker mit samtykke tilbage.\n", Kind::Other, PLAIN),
    ("Hej", "Ses vi?\n-- \nSlet alt om mig\n", Kind::Other, PLAIN),
    ("", "", Kind::Other, PLAIN),
    // English
    ("Subject access request", "Under article 15 GDPR I request a copy of my personal data.", Kind::Access, PLAIN),
    ("Question", "Could you tell me what personal data you hold about me?", Kind::Access, PLAIN),
    ("My data", "Please send me all the data you have.", Kind::Access, PLAIN),
    ("Consent", "I hereby withdraw my consent to the processing of my data.", Kind::Withdrawal, PLAIN),
    ("Newsletter", "I revoke the consent I gave when I signed up.", Kind::Withdrawal, PLAIN),
    ("Deletion", "Please delete all my personal data from your systems.", Kind::Erasure, PLAIN),
    ("Right to be forgotten", "I would like to use my right to erasure.", Kind::Erasure, PLAIN),
    ("Account", "I want my account to be deleted, thanks.", Kind::Erasure, PLAIN),
    ("Name", "My name is misspelled on the certificate, please correct my name.", Kind::Rectification, PLAIN),
    ("Art. 18", "I ask you to restrict the processing of my personal data.", Kind::Restriction, PLAIN),
    ("Portability", "Send me my data in a structured, machine-readable format.", Kind::Portability, PLAIN),
    ("Objection", "I object to the processing of my data for direct marketing.", Kind::Objection, PLAIN),
    ("Workshop video", "Could you edit my name out of the video from May?", Kind::NameRedaction, PLAIN),
    ("Recording", "Please remove my name from the recording on YouTube.", Kind::NameRedaction, PLAIN),
    ("Complaint", "I want to file a complaint about how you handled my request.", Kind::Complaint, PLAIN),
    // Swedish, Norwegian, German
    ("Registerutdrag", "Jag begär ett registerutdrag enligt artikel 15.", Kind::Access, PLAIN),
    ("Radering", "Vänligen radera alla mina uppgifter.", Kind::Erasure, PLAIN),
    ("Samtycke", "Jag återkallar mitt samtycke.", Kind::Withdrawal, PLAIN),
    ("Innsyn", "Jeg ber om innsyn i hvilke opplysninger dere har om meg.", Kind::Access, PLAIN),
    ("Samtykke", "Jeg trekker samtykket mitt tilbake.", Kind::Withdrawal, PLAIN),
    ("Sletting", "Kan dere slette alle opplysninger om meg?", Kind::Erasure, PLAIN),
    ("Auskunft", "Bitte um Auskunft über meine Daten nach Art. 15 DSGVO.", Kind::Access, PLAIN),
    ("Löschung", "Bitte löschen Sie alle meine Daten.", Kind::Erasure, PLAIN),
    ("Einwilligung", "Hiermit widerrufe ich meine Einwilligung.", Kind::Withdrawal, PLAIN),
    ("Widerspruch", "Ich lege Widerspruch ein gegen die Verarbeitung meiner Daten zu Werbezwecken.", Kind::Objection, PLAIN),
    ("Beschwerde", "Ich möchte eine Beschwerde einreichen.", Kind::Complaint, PLAIN),
];

#[test]
fn samples_get_the_right_kind() {
    let mut wrong = Vec::new();
    let mut wrong_and_plain = 0;
    for (subject, text, kind, is_plain) in SAMPLES {
        let suggestion = suggest_for(subject, text);
        // An invoice asks for nothing more plainly than a question about Thursday does.
        let is_nothing = *kind == Kind::Other && suggestion.asked == Asked::Nothing;
        if suggestion.asked != Asked::For(*kind) && !is_nothing {
            wrong_and_plain += usize::from(*is_plain);
            wrong.push(format!(
                "{subject} / {text}: {:?} for {kind:?}, {:?}",
                suggestion.asked, suggestion.reasons
            ));
        }
    }
    let right = SAMPLES.len() - wrong.len();
    assert!(SAMPLES.len() >= 60);
    assert!(
        right * 100 >= SAMPLES.len() * 85 && wrong_and_plain == 0,
        "{right} of {} right\n{}",
        SAMPLES.len(),
        wrong.join("\n")
    );
}

#[test]
fn who_leaves_the_newsletter_is_understood() {
    for (subject, text) in [
        ("Afmeld", "Afmeld mig venligst nyhedsbrevet."),
        ("afmeld", ""),
        (
            "Nyhedsbrev",
            "Hej, jeg vil ikke have flere nyhedsbreve. Mvh Bo",
        ),
        ("Hej", "Vil du slette mig fra nyhedsbrevet?"),
        ("", "Fjern mig fra jeres mailliste, tak"),
        ("unsubscribe", ""),
        ("Newsletter", "Please remove me from your mailing list."),
        ("", "I no longer wish to receive your newsletter."),
        ("Avregistrera mig", "Jag vill inte ha nyhetsbrev längre."),
        ("Meld meg av", "Takk"),
        ("Abmeldung", "Bitte keine E-Mails mehr."),
    ] {
        let suggestion = suggest_for(subject, text);
        assert_eq!(
            suggestion.asked,
            Asked::OptOut,
            "{subject} / {text}: {:?}",
            suggestion.reasons
        );
    }
    for (text, kind) in [
        ("Slet alt om mig, ikke kun nyhedsbrevet.", Kind::Erasure),
        (
            "Jeg trækker mit samtykke til nyhedsbrevet tilbage.",
            Kind::Withdrawal,
        ),
    ] {
        assert_eq!(suggest_for("", text).asked, Asked::For(kind), "{text}");
    }
}

#[test]
fn the_foot_of_a_mailing_leaves_nothing() {
    let story = "Så gik de videre over den lange bro til byen. ".repeat(20);
    let short = "Så gik de videre over den lange bro, og der var suppe og brød til alle.";
    for (text, asked) in [
        (
            format!("Afmeld mig nyhedsbrevet.\n\n{story}"),
            Asked::OptOut,
        ),
        (
            format!("Jeg læste: {story}\n\nJeg vil afmelde nyhedsbrevet."),
            Asked::For(Kind::Other),
        ),
        (
            format!("{short} Afmeld nyhedsbrevet."),
            Asked::For(Kind::Other),
        ),
        (format!("{short} Afmeld mig nyhedsbrevet."), Asked::OptOut),
        (format!("{short} Afmeld nyhedsbrevet, tak."), Asked::OptOut),
    ] {
        let suggestion = suggest_for("Hej", &text);
        assert_eq!(suggestion.asked, asked, "{text}: {:?}", suggestion.reasons);
    }
}

#[test]
fn an_address_that_takes_no_answer_asks_for_nothing_unless_somebody_speaks() {
    let mail = |head: &str, text: &str| {
        let raw = format!("{head}\nSubject: Hej\n\n{text}\n");
        let mail = crate::mail::parse::parse(raw.as_bytes(), None, &crate::mail::Limits::default());
        suggest(&RULES, &mail).asked
    };
    let machine = "From: Kursus <no-reply@kursus.example>";
    let form = "From: Kursus <no-reply@kursus.example>\nReply-To: ida@example.dk";
    let person = "From: Ida <ida@example.dk>";
    let erasure = Asked::For(Kind::Erasure);
    for (head, text, expected) in [
        (machine, "Slet alle data om brugeren.", Asked::Nothing),
        (machine, "Slet alle data om mig.", erasure),
        (form, "Slet alle data om brugeren.", erasure),
        (person, "Slet alle data om brugeren.", erasure),
    ] {
        assert_eq!(mail(head, text), expected, "{head} {text}");
    }
}

#[test]
fn doubt_shows_its_reasons() {
    let both = suggest_for("", "Jeg klager over det. Jeg trækker mit samtykke tilbage.");
    let kinds: Vec<Asked> = both.reasons.iter().map(|reason| reason.asked).collect();
    assert!(
        kinds.contains(&Asked::For(Kind::Complaint))
            && kinds.contains(&Asked::For(Kind::Withdrawal)),
        "{both:?}"
    );
    let nothing = suggest_for("Hej", "Hej");
    assert_eq!(nothing.asked, Asked::For(Kind::Other));
    assert!(nothing.reasons.is_empty());
}

#[test]
fn a_reason_shows_its_sentence_shortened() {
    let long = format!("Jeg vil gerne have slettet alt, {}", "fordi ".repeat(100));
    let suggestion = suggest_for("Tak. Slet mig!", &long);
    assert_eq!(suggestion.asked, Asked::For(Kind::Erasure));
    assert_eq!(suggestion.reasons[0].sentence, "Slet mig!");
    assert!(suggestion.reasons[0].in_subject);
    assert!(
        suggestion
            .reasons
            .iter()
            .all(|reason| reason.sentence.chars().count() <= SENTENCE_LIMIT)
    );
}

#[test]
fn long_texts_are_read_quickly() {
    let suggestion = suggest_for("", &"slet ".repeat(200_000));
    assert_eq!(suggestion.asked, Asked::For(Kind::Other));
}
