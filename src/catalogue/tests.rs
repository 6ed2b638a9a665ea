use super::read::is_id;
use super::*;

const CARD: &str = "[card_data]\nda = \"Kort\"\nen = \"Card\"\n";

/// One flawless service with one task; every test of a fault changes one thing in it.
const GOOD: &str = r#"[card_data]
da = "Kort"
en = "Card"

[[service]]
id = "zoom"
name = { da = "Zoom", en = "Zoom" }
holds = { da = "Lister", en = "Lists" }
concerns = { da = "Deltagere", en = "Participants" }
role = "processor"
findable = { by = ["name", "email"], da = "På navn", en = "By name" }
contact = "privacy@example.com"
links = ["https://example.com/a"]

[service.tasks.access]
title = { da = "Søg i Zoom", en = "Search Zoom" }
steps = [
  { da = "Søg", en = "Search" },
  { da = "Hent", en = "Download", unverified = true },
]
stays = { da = "Intet", en = "Nothing" }
irreversible = { da = "Pas på", en = "Take care" }
"#;

fn problems(text: &str) -> Vec<CatalogueProblem> {
    Catalogue::parse(text).unwrap_err()
}

/// The problems of the good file with one passage replaced.
fn problems_with(old: &str, new: &str) -> Vec<CatalogueProblem> {
    assert_eq!(GOOD.matches(old).count(), 1, "{old}");
    problems(&GOOD.replace(old, new))
}

fn problem(line: usize, place: &str, problem: Problem) -> CatalogueProblem {
    CatalogueProblem {
        line: Some(line),
        place: place.to_owned(),
        problem,
    }
}

fn unknown_field(field: &str) -> Problem {
    Problem::UnknownField {
        field: field.to_owned(),
    }
}

fn access() -> TaskKind {
    TaskKind::Request(Kind::Access)
}

// --- The built-in catalogue ---------------------------------------------------------------------------------

#[test]
fn the_built_in_catalogue_is_flawless() {
    assert_eq!(Catalogue::parse(BUILT_IN).err(), None);
    let with_other_ends = Catalogue::parse(&BUILT_IN.replace('\n', "\r\n")).unwrap();
    assert_eq!(read(&Catalogue::built_in()), read(&with_other_ends));
}

/// Everything that a catalogue has.
fn read(catalogue: &Catalogue) -> (&Text, Vec<&Service>) {
    (catalogue.card_data(), catalogue.services().collect())
}

#[test]
fn a_built_in_card_is_the_same_read_alone_and_among_the_others() {
    let whole = Catalogue::parse(BUILT_IN).unwrap();
    for service in whole.services() {
        let alone = Catalogue::built_in();
        assert_eq!(alone.service(&service.id), Some(service));
        let others_read = alone
            .0
            .services
            .iter()
            .filter(|card| card.service.get().is_some());
        assert_eq!(
            others_read.count(),
            1,
            "no other is read for {}",
            service.id
        );
    }
    assert_eq!(Catalogue::built_in().service("no-such"), None);
}

#[test]
fn a_title_alone_is_that_of_the_card_which_stays_unread() {
    let whole = Catalogue::parse(BUILT_IN).unwrap();
    let alone = Catalogue::built_in();
    for service in whole.services() {
        for kind in TaskKind::all() {
            let title = service.task(kind).map(|task| &task.title);
            // Asked for the first time, and again.
            assert_eq!(alone.title(&service.id, kind), title);
            assert_eq!(alone.title(&service.id, kind), title);
            assert_eq!(whole.title(&service.id, kind), title);
        }
    }
    let mut cards = alone.0.services.iter();
    assert!(cards.all(|card| card.service.get().is_none()));
    assert_eq!(alone.title("no-such", access()), None);
}

#[test]
fn the_built_in_services_keep_their_ids_and_order() {
    let catalogue = Catalogue::built_in();
    let ids: Vec<&str> = catalogue
        .services()
        .map(|service| service.id.as_str())
        .collect();
    assert_eq!(
        ids,
        [
            "products",
            "kajabi",
            "webinarjam",
            "gotomeeting",
            "zoom",
            "stripe",
            "meta-pixel",
            "google-analytics",
            "cloudflare",
            "aws",
            "youtube",
            "facebook",
            "newsletter",
            "mailbox",
            "own-disk",
        ]
    );
}

fn ids_for(kind: TaskKind) -> Vec<String> {
    Catalogue::built_in()
        .tasks_for(kind)
        .map(|(service, task)| {
            assert_eq!(task.kind, kind);
            service.id.clone()
        })
        .collect()
}

#[test]
fn every_kind_has_a_task_and_the_special_ones_have_theirs() {
    for kind in TaskKind::all() {
        assert!(!ids_for(kind).is_empty(), "{}", kind.word());
    }
    assert_eq!(ids_for(access()).len(), 14);
    assert_eq!(ids_for(TaskKind::Request(Kind::Erasure)).len(), 14);
    assert_eq!(
        ids_for(TaskKind::OptOut),
        ["kajabi", "webinarjam", "newsletter"]
    );
    assert_eq!(
        ids_for(TaskKind::Request(Kind::NameRedaction)),
        ["kajabi", "zoom", "youtube", "facebook", "own-disk"]
    );
    for kind in [Kind::Complaint, Kind::Other] {
        assert_eq!(ids_for(TaskKind::Request(kind)), ["mailbox"]);
    }
}

#[test]
fn what_the_services_do_not_document_is_marked() {
    let catalogue = Catalogue::built_in();
    let has_unverified = |id: &str, kind| {
        let task = catalogue.service(id).unwrap().task(kind).unwrap();
        task.steps.iter().any(|step| step.unverified)
    };
    let erasure = TaskKind::Request(Kind::Erasure);
    for id in ["webinarjam", "gotomeeting", "zoom", "youtube"] {
        assert!(has_unverified(id, erasure), "{id}");
    }
    assert!(has_unverified("meta-pixel", access()));
    for id in ["kajabi", "stripe", "google-analytics", "aws"] {
        assert!(!has_unverified(id, erasure), "{id}");
    }
}

#[test]
fn irreversible_deletions_are_warned_of() {
    let catalogue = Catalogue::built_in();
    for kind in [Kind::Erasure, Kind::Withdrawal] {
        let kajabi = catalogue.service("kajabi").unwrap();
        let task = kajabi.task(TaskKind::Request(kind)).unwrap();
        let warning = task.irreversible.as_ref().unwrap();
        assert!(warning.get(Language::Da).contains("kan ikke fortrydes"));
        assert!(warning.get(Language::En).contains("cannot be undone"));
    }
    let stripe = catalogue.service("stripe").unwrap();
    let task = stripe.task(TaskKind::Request(Kind::Erasure)).unwrap();
    assert!(task.irreversible.is_some());
    assert!(
        task.stays
            .as_ref()
            .unwrap()
            .get(Language::Da)
            .contains("5 år")
    );
}

#[test]
fn the_titles_in_one_case_can_be_told_apart() {
    let catalogue = Catalogue::built_in();
    for kind in TaskKind::all() {
        for &language in Language::ALL {
            let mut titles: Vec<&str> = catalogue
                .tasks_for(kind)
                .map(|(_, task)| task.title.get(language))
                .collect();
            let count = titles.len();
            titles.sort_unstable();
            titles.dedup();
            assert_eq!(titles.len(), count, "{}", kind.word());
        }
    }
}

#[test]
fn danish_is_written_with_danish_letters() {
    for word in ["Soeg", "Slaa", "foerst", "Aabn", "ogsaa", "maaned"] {
        assert!(!BUILT_IN.contains(word), "{word}");
    }
}

#[test]
fn card_data_has_its_fixed_answer() {
    let catalogue = Catalogue::built_in();
    for &language in Language::ALL {
        let answer = catalogue.card_data().get(language);
        assert!(answer.contains("Kajabi") && answer.contains("Stripe"));
    }
}

// --- Reading ------------------------------------------------------------------------------------------------

#[test]
fn a_file_is_read_as_it_stands() {
    let catalogue = Catalogue::parse(GOOD).unwrap();
    let zoom = catalogue.service("zoom").unwrap();
    assert_eq!(zoom.name.get(Language::Da), "Zoom");
    assert_eq!(zoom.holds.get(Language::En), "Lists");
    assert_eq!(zoom.concerns.get(Language::Da), "Deltagere");
    assert_eq!(zoom.role, Role::Processor);
    assert_eq!(zoom.findable.by, [FindBy::Name, FindBy::Email]);
    assert_eq!(zoom.findable.words.get(Language::Da), "På navn");
    assert_eq!(zoom.contact.as_deref(), Some("privacy@example.com"));
    assert_eq!(zoom.links, ["https://example.com/a"]);
    let task = zoom.task(access()).unwrap();
    assert_eq!(task.title.get(Language::Da), "Søg i Zoom");
    assert_eq!(task.title.get(Language::En), "Search Zoom");
    let unverified: Vec<bool> = task.steps.iter().map(|step| step.unverified).collect();
    assert_eq!(unverified, [false, true]);
    assert_eq!(task.stays.as_ref().unwrap().get(Language::En), "Nothing");
    assert_eq!(
        task.irreversible.as_ref().unwrap().get(Language::En),
        "Take care"
    );
    assert_eq!(catalogue.card_data().get(Language::En), "Card");
}

#[test]
fn what_is_not_there_is_not_found() {
    let catalogue = Catalogue::parse(GOOD).unwrap();
    assert_eq!(catalogue.service("mailchimp"), None);
    assert_eq!(catalogue.tasks_for(TaskKind::OptOut).count(), 0);
    assert_eq!(catalogue.tasks_for(access()).count(), 1);
}

#[test]
fn a_byte_order_mark_is_no_problem() {
    let with_mark = Catalogue::parse(&format!("\u{feff}{GOOD}")).unwrap();
    assert_eq!(read(&with_mark), read(&Catalogue::parse(GOOD).unwrap()));
}

#[test]
fn optional_fields_may_be_left_out() {
    let text: String = GOOD
        .lines()
        .filter(|line| {
            ["contact", "links", "stays", "irreversible"]
                .iter()
                .all(|field| !line.starts_with(field))
        })
        .fold(String::new(), |text, line| text + line + "\n");
    let catalogue = Catalogue::parse(&text).unwrap();
    let zoom = catalogue.service("zoom").unwrap();
    assert_eq!((zoom.contact.as_ref(), zoom.links.len()), (None, 0));
    let task = zoom.task(access()).unwrap();
    assert_eq!(
        (task.stays.as_ref(), task.irreversible.as_ref()),
        (None, None)
    );
}

#[test]
fn words_and_kinds_find_each_other() {
    assert_eq!(TaskKind::all().count(), 11);
    for kind in TaskKind::all() {
        assert_eq!(TaskKind::from_word(kind.word()), Some(kind));
    }
    assert_eq!(TaskKind::from_word("opt-out"), None);
}

// --- Faults -------------------------------------------------------------------------------------------------

#[test]
fn an_unknown_field_is_reported_wherever_it_is() {
    for (old, new, line, place, field) in [
        ("[card_data]", "extra = 1\n[card_data]", 1, "", "extra"),
        (
            "da = \"Kort\"",
            "de = \"x\"\nda = \"Kort\"",
            2,
            "card_data",
            "de",
        ),
        ("role =", "rolle = 1\nrole =", 10, "zoom", "rolle"),
        (
            "da = \"Lister\"",
            "sv = \"x\", da = \"Lister\"",
            8,
            "zoom.holds",
            "sv",
        ),
        ("by = [\"n", "to = 1, by = [\"n", 11, "zoom.findable", "to"),
        (
            "stays =",
            "keeps = 1\nstays =",
            21,
            "zoom.tasks.access",
            "keeps",
        ),
        (
            "unverified = true",
            "unverifed = true",
            19,
            "zoom.tasks.access.steps.2",
            "unverifed",
        ),
    ] {
        assert_eq!(
            problems_with(old, new),
            [problem(line, place, unknown_field(field))],
            "{new}"
        );
    }
}

#[test]
fn an_unknown_kind_is_reported_at_its_header() {
    let kind = "acces".to_owned();
    assert_eq!(
        problems_with("[service.tasks.access]", "[service.tasks.acces]"),
        [problem(15, "zoom.tasks", Problem::UnknownKind { kind })]
    );
}

#[test]
fn an_unknown_word_comes_with_those_allowed() {
    let word = "helper".to_owned();
    let allowed = vec!["processor", "joint-controller", "controller", "own"];
    assert_eq!(
        problems_with("\"processor\"", "\"helper\""),
        [problem(
            10,
            "zoom.role",
            Problem::UnknownWord { word, allowed }
        )]
    );
    let word = "phone".to_owned();
    let allowed = vec!["name", "email", "client-id", "ip-time", "not-by-person"];
    assert_eq!(
        problems_with("[\"name\", \"email\"]", "[\"name\", \"phone\"]"),
        [problem(
            11,
            "zoom.findable.by",
            Problem::UnknownWord { word, allowed }
        )]
    );
}

#[test]
fn required_fields_are_required() {
    for field in ["id", "name", "holds", "concerns", "role", "findable"] {
        let line = GOOD.lines().find(|line| line.starts_with(field)).unwrap();
        let place = if field == "id" { "service 1" } else { "zoom" };
        assert_eq!(
            problems_with(&format!("{line}\n"), ""),
            [problem(5, place, Problem::MissingField { field })]
        );
    }
    assert_eq!(
        problems_with(
            "title = { da = \"Søg i Zoom\", en = \"Search Zoom\" }\n",
            ""
        ),
        [problem(
            15,
            "zoom.tasks.access",
            Problem::MissingField { field: "title" }
        )]
    );
    assert_eq!(
        problems_with("by = [\"name\", \"email\"], ", ""),
        [problem(
            11,
            "zoom.findable",
            Problem::MissingField { field: "by" }
        )]
    );
}

#[test]
fn a_file_without_anything_lacks_both_parts() {
    let lacks = |field| CatalogueProblem {
        line: None,
        place: String::new(),
        problem: Problem::MissingField { field },
    };
    assert_eq!(problems(""), [lacks("card_data"), lacks("service")]);
    assert_eq!(problems(CARD), [lacks("service")]);
    let without_card = GOOD.replace(CARD, "");
    assert_eq!(problems(&without_card), [lacks("card_data")]);
}

#[test]
fn a_missing_language_is_named() {
    let missing = |language| Problem::MissingLanguage { language };
    for (old, new, line, place, language) in [
        ("en = \"Card\"\n", "", 1, "card_data", Language::En),
        (", en = \"Lists\"", "", 8, "zoom.holds", Language::En),
        (", da = \"På navn\"", "", 11, "zoom.findable", Language::Da),
        (
            ", en = \"Search Zoom\"",
            "",
            16,
            "zoom.tasks.access.title",
            Language::En,
        ),
        (
            "da = \"Hent\", ",
            "",
            19,
            "zoom.tasks.access.steps.2",
            Language::Da,
        ),
    ] {
        assert_eq!(
            problems_with(old, new),
            [problem(line, place, missing(language))],
            "{place}"
        );
    }
}

#[test]
fn an_empty_text_is_reported() {
    assert_eq!(
        problems_with("\"Search Zoom\"", "\"\""),
        [problem(
            16,
            "zoom.tasks.access.title.en",
            Problem::EmptyText
        )]
    );
    assert_eq!(
        problems_with("\"Kort\"", "\"  \""),
        [problem(2, "card_data.da", Problem::EmptyText)]
    );
}

#[test]
fn a_title_is_measured_in_characters() {
    let fits = "ø".repeat(TITLE_MAX);
    assert!(Catalogue::parse(&GOOD.replace("Søg i Zoom", &fits)).is_ok());
    let problem_found = Problem::TitleTooLong {
        length: TITLE_MAX + 1,
        limit: TITLE_MAX,
    };
    assert_eq!(
        problems_with("Søg i Zoom", &format!("{fits}x")),
        [problem(16, "zoom.tasks.access.title.da", problem_found)]
    );
}

#[test]
fn a_control_character_is_reported() {
    for bad in ["\\n", "\\t", "\\u001b[31m", "\\u0085"] {
        assert_eq!(
            problems_with("\"Lists\"", &format!("\"Li{bad}sts\"")),
            [problem(8, "zoom.holds.en", Problem::ControlCharacter)],
            "{bad}"
        );
    }
}

#[test]
fn ids_are_kebab_case_and_not_those_of_tasks_added_by_hand() {
    for good in ["a", "own-disk", "meta-pixel2", "t", "t1a", "tx1"] {
        assert!(is_id(good), "{good}");
    }
    for bad in [
        "", "-", "Zoom", "a_b", "a b", "a--b", "-a", "a-", "1a", "t1", "t12", "sø",
    ] {
        assert!(!is_id(bad), "{bad}");
    }
    let id = "Zoom".to_owned();
    assert_eq!(
        problems_with("id = \"zoom\"", "id = \"Zoom\""),
        [problem(6, "service 1.id", Problem::BadId { id })]
    );
}

#[test]
fn a_duplicate_id_names_the_first_line() {
    let second = GOOD.replace(CARD, "");
    let found = problems(&format!("{GOOD}{second}"));
    let duplicate = Problem::DuplicateId {
        id: "zoom".to_owned(),
        first_line: 6,
    };
    assert_eq!(found, [problem(25, "zoom.id", duplicate)]);
}

#[test]
fn a_wrong_type_is_named() {
    let wrong = |expected, found| Problem::WrongType { expected, found };
    for (old, new, line, place, expected, found) in [
        (
            "{ da = \"Lister\", en = \"Lists\" }",
            "\"Lists\"",
            8,
            "zoom.holds",
            Expected::Table,
            "string",
        ),
        (
            "\"processor\"",
            "7",
            10,
            "zoom.role",
            Expected::Text,
            "integer",
        ),
        (
            "[\"https://example.com/a\"]",
            "\"https://example.com/a\"",
            13,
            "zoom.links",
            Expected::List,
            "string",
        ),
        (
            "unverified = true",
            "unverified = \"yes\"",
            19,
            "zoom.tasks.access.steps.2.unverified",
            Expected::Flag,
            "string",
        ),
        (
            "{ da = \"Søg\", en = \"Search\" }",
            "\"Search\"",
            18,
            "zoom.tasks.access.steps.1",
            Expected::Table,
            "string",
        ),
    ] {
        assert_eq!(
            problems_with(old, new),
            [problem(line, place, wrong(expected, found))],
            "{new}"
        );
    }
    assert_eq!(
        problems(&format!("{CARD}[service]\nid = \"zoom\"\n")),
        [problem(4, "service", wrong(Expected::Services, "table"))]
    );
}

#[test]
fn empty_lists_are_reported() {
    assert_eq!(
        problems_with("[\"name\", \"email\"]", "[]"),
        [problem(11, "zoom.findable.by", Problem::EmptyList)]
    );
    assert_eq!(
        problems(&format!("service = []\n{CARD}")),
        [problem(1, "service", Problem::EmptyList)]
    );
}

#[test]
fn links_are_secure_addresses() {
    for bad in [
        "http://example.com",
        "example.com",
        "https://",
        "https://a b",
    ] {
        let link = bad.to_owned();
        assert_eq!(
            problems_with("https://example.com/a", bad),
            [problem(13, "zoom.links", Problem::BadLink { link })]
        );
    }
}

#[test]
fn not_by_person_stands_alone() {
    assert!(
        Catalogue::parse(&GOOD.replace("[\"name\", \"email\"]", "[\"not-by-person\"]")).is_ok()
    );
    assert_eq!(
        problems_with("\"email\"]", "\"not-by-person\"]"),
        [problem(
            11,
            "zoom.findable.by",
            Problem::NotByPersonBesideOthers
        )]
    );
}

#[test]
fn all_problems_come_at_once_in_the_order_of_the_lines() {
    let bad = GOOD
        .replace("en = \"Card\"\n", "")
        .replace("id = \"zoom\"", "id = \"Zoom!\"")
        .replace("\"processor\"", "\"helper\"")
        .replace("Søg i Zoom", &"x".repeat(60))
        .replace("\"Search\"", "\"\"")
        .replace("stays", "remains")
        + "[service.tasks.eraser]\n[[service]]\nid = \"a\"\nnames = 1\n[[service]]\nid = \"a\"\n";
    let found = problems(&bad);
    let lines: Vec<usize> = found.iter().filter_map(|problem| problem.line).collect();
    assert_eq!(lines.len(), found.len());
    assert_eq!(
        lines,
        [
            1, 5, 9, 15, 17, 20, 22, 23, 23, 23, 23, 23, 25, 26, 26, 26, 26, 26, 27
        ]
    );
    assert!(matches!(found[12].problem, Problem::UnknownField { .. }));
    assert!(matches!(
        found[18].problem,
        Problem::DuplicateId { first_line: 24, .. }
    ));
}

#[test]
fn every_syntax_error_is_reported_beside_the_other_problems() {
    let bad = GOOD
        .replace("id = \"zoom\"", "id = \"zoom")
        .replace("\"processor\"", "\"helper\"")
        .replace("links = [\"", "links = \"[\"");
    let found = problems(&bad);
    let lines: Vec<Option<usize>> = found.iter().map(|problem| problem.line).collect();
    assert_eq!(lines, [Some(6), Some(10), Some(13)], "{found:?}");
    assert!(matches!(found[0].problem, Problem::Syntax { .. }));
    assert!(matches!(found[1].problem, Problem::UnknownWord { .. }));
    assert!(matches!(found[2].problem, Problem::Syntax { .. }));
}

#[test]
fn a_field_given_twice_is_a_syntax_error_on_the_second() {
    let found = problems_with("role =", "role = \"own\"\nrole =");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].line, Some(11));
    assert!(
        matches!(&found[0].problem, Problem::Syntax { message } if message.contains("duplicate"))
    );
}

#[test]
fn no_text_whatever_brings_the_reader_down() {
    for end in (0..GOOD.len()).filter(|end| GOOD.is_char_boundary(*end)) {
        if let Err(found) = Catalogue::parse(&GOOD[..end]) {
            assert!(!found.is_empty(), "{end}");
        }
    }
    for text in [
        "\0",
        "=",
        "[[",
        "[[service]]",
        "service = [1, 'x']",
        "[[service.tasks]]",
    ] {
        assert!(!problems(text).is_empty(), "{text}");
    }
}
