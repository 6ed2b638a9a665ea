//! What no compiler checks: who may use what, how long a file may be, that every text is there and none is left over.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use indsigt::i18n::{Language, Texts};

/// Lines after which a file must say here why it is so long. The list only shrinks.
const LONG: usize = 800;

/// Files that may be longer, each with the reason.
const LONGER: [(&str, &str); 0] = [];

/// A source file: its path from the package's root and its text.
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// The code without comments and without the tests at its end.
    fn code(&self) -> String {
        let own = self.text.split("#[cfg(test)]\nmod ").next().unwrap();
        own.lines()
            .map(strip_comment)
            .collect::<Vec<_>>()
            .join("\n")
    }

    fn is_below(&self, place: &str) -> bool {
        self.path == format!("{place}.rs") || self.path.starts_with(&format!("{place}/"))
    }
}

fn strip_comment(line: &str) -> &str {
    let trimmed = line.trim_start();
    if trimmed.starts_with("//") {
        return "";
    }
    line.split(" // ").next().unwrap()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn collect(folder: &Path, found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        // The fuzz targets take the sources by links: each file is looked at where it is.
        if path.is_symlink() {
            continue;
        }
        let is_test = path.ends_with("samples.rs") || path.ends_with("tests.rs");
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") && !is_test {
            found.push(Source {
                path: path
                    .strip_prefix(root())
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .to_owned(),
                text: fs::read_to_string(&path).unwrap(),
            });
        }
    }
}

/// Every Rust file below a folder of the package, but for those that are tests as a whole.
fn sources(folder: &str) -> Vec<Source> {
    let mut found = Vec::new();
    collect(&root().join(folder), &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(!found.is_empty());
    found
}

/// Files outside `allowed` whose code holds one of `words`.
fn uses(words: &[&str], allowed: impl Fn(&Source) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources("src").iter().filter(|source| !allowed(source)) {
        let code = source.code();
        for word in words {
            if code.contains(word) {
                found.push(format!("{}: {word}", source.path));
            }
        }
    }
    found
}

#[test]
fn the_domain_is_pure() {
    let words = [
        "redb",
        "ratatui",
        "crossterm",
        "tui_textarea",
        "clap",
        "std::fs",
        "std::env",
        "std::io",
        "std::net",
        "std::process",
        "std::thread",
        "Utc::now",
        "Local::now",
        "SystemTime",
        "Instant::now",
        "println!",
        "crate::store",
        "crate::ops",
        "crate::cli",
        "crate::tui",
        "crate::i18n",
        "crate::mail",
        "crate::tables",
        "crate::config",
        "crate::clock",
        "crate::catalogue",
    ];
    assert_eq!(
        uses(&words, |source| !source.is_below("src/domain")),
        Vec::<String>::new()
    );
}

/// domain ← store ← operations ← command line and terminal UI; never the other way.
#[test]
fn layers_look_down_only() {
    for (layer, above) in [
        (
            "src/store",
            &[
                "crate::ops",
                "crate::cli",
                "crate::tui",
                "crate::i18n",
                "crate::export",
                "crate::mail",
            ][..],
        ),
        (
            "src/mail",
            &[
                "crate::ops",
                "crate::cli",
                "crate::tui",
                "crate::store",
                "crate::i18n",
            ],
        ),
        (
            "src/tables",
            &[
                "crate::ops",
                "crate::cli",
                "crate::tui",
                "crate::store",
                "crate::i18n",
            ],
        ),
        (
            "src/ops",
            &[
                "crate::cli",
                "crate::tui",
                "crate::export",
                "crate::i18n",
                "crate::letters",
            ],
        ),
        ("src/i18n", &["crate::cli", "crate::tui"]),
        ("src/letters", &["crate::cli", "crate::tui", "crate::store"]),
        ("src/export", &["crate::cli", "crate::tui"]),
    ] {
        assert_eq!(
            uses(above, |source| !source.is_below(layer)),
            Vec::<String>::new(),
            "{layer}"
        );
    }
}

#[test]
fn only_the_store_names_redb() {
    let words = ["redb::", "use redb"];
    assert_eq!(
        uses(&words, |source| source.is_below("src/store")),
        Vec::<String>::new()
    );
}

#[test]
fn only_the_seal_names_age() {
    // With what stands before it, as other names end like this.
    let words = [" age::", "(age::", "<age::", "&age::"];
    let seal = |source: &Source| source.is_below("src/seal");
    assert_eq!(uses(&words, seal), Vec::<String>::new());
    assert!(!uses(&words, |source| !seal(source)).is_empty());
}

#[test]
fn only_letters_name_the_template_engine_and_the_mail_writer() {
    let letters = |source: &Source| source.is_below("src/letters");
    assert_eq!(uses(&["minijinja"], letters), Vec::<String>::new());
    // The words of SMTP come from it as well.
    let words = ["lettre::", "use lettre"];
    let mails = |source: &Source| letters(source) || source.path == "src/mail/send/smtp.rs";
    assert_eq!(uses(&words, mails), Vec::<String>::new());
    assert!(!uses(&words, |source| !letters(source)).is_empty());
}

#[test]
fn only_the_clock_reads_the_clock() {
    let words = ["Utc::now", "Local::now", "SystemTime::now"];
    assert_eq!(
        uses(&words, |source| source.path == "src/clock.rs"),
        Vec::<String>::new()
    );
}

#[test]
fn only_imap_talks_to_a_network() {
    let words = ["std::net", "rustls", "imap_codec"];
    assert_eq!(
        uses(&words, |source| source.is_below("src/mail/imap")),
        Vec::<String>::new()
    );
}

#[test]
fn only_the_command_line_reads_the_environment() {
    let words = ["env::var"];
    assert_eq!(
        uses(&words, |source| source.path == "src/cli/environment.rs"),
        Vec::<String>::new()
    );
}

#[test]
fn only_the_command_line_prints_and_only_the_terminal_ui_draws() {
    let print = [
        "println!",
        "print!(",
        "eprintln!",
        "io::stdout()",
        "io::stderr()",
    ];
    let allowed = |source: &Source| source.is_below("src/cli") || source.is_below("src/tui");
    assert_eq!(uses(&print, allowed), Vec::<String>::new());
    let draw = ["ratatui", "tui_textarea"];
    assert_eq!(
        uses(&draw, |source| source.is_below("src/tui")),
        Vec::<String>::new()
    );
}

#[test]
fn no_async_runtime_and_no_unsafe_code() {
    assert_eq!(
        uses(&["tokio", "async fn", "async move", "unsafe "], |_| false),
        Vec::<String>::new()
    );
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    assert!(!manifest.contains("tokio"));
}

/// The reason stands on the line, or in a remark right above it.
#[test]
fn every_dependency_has_a_reason() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let (mut is_dependencies, mut before, mut found, mut bare) = (false, "", 0, Vec::new());
    for line in manifest.lines() {
        if line.starts_with('[') {
            is_dependencies = line.ends_with("dependencies]");
        } else if is_dependencies && line.contains(" = ") && !line.starts_with('#') {
            found += 1;
            if !line.contains(" # ") && !before.starts_with("# ") {
                bare.push(line);
            }
        }
        before = line;
    }
    assert!(found > 40, "the scan finds too little: {found}");
    assert_eq!(bare, Vec::<&str>::new());
}

#[test]
fn files_are_short_or_say_why_not() {
    let mut told = Vec::new();
    for source in sources("src").iter().chain(&sources("tests")) {
        let lines = source.text.lines().count();
        let excused = LONGER.iter().any(|(path, _)| *path == source.path);
        if lines > LONG && !excused {
            told.push(format!("{} has {lines} lines", source.path));
        }
        if lines <= LONG && excused {
            told.push(format!(
                "{} is short now: take it from the list",
                source.path
            ));
        }
    }
    assert_eq!(told, Vec::<String>::new());
}

/// A file that nobody declares is never compiled, and its tests never run.
#[test]
fn every_test_file_is_declared() {
    let main = fs::read_to_string(root().join("tests/it/main.rs")).unwrap();
    for entry in fs::read_dir(root().join("tests/it")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(
            name == "main" || main.contains(&format!("mod {name};")),
            "{name}.rs is not declared"
        );
    }
}

#[test]
fn no_test_sleeps() {
    let sleep = concat!("thread::", "sleep");
    // Watching a silent terminal is the one thing that takes time for its own sake.
    for source in sources("tests")
        .iter()
        .filter(|source| !source.path.ends_with("pty_harness.rs"))
    {
        assert!(
            !source.text.contains(sleep),
            "{} sleeps: wait for a condition",
            source.path
        );
    }
}

/// The ids of all messages, by language.
fn messages(language: &str) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for entry in fs::read_dir(root().join("assets/i18n").join(language)).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        for line in text.lines() {
            let id = line.split(" =").next().unwrap();
            let is_id = line.contains(" =") && id.starts_with(|c: char| c.is_ascii_alphabetic());
            if is_id && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
                ids.insert(id.to_owned());
            }
        }
    }
    ids
}

/// What stands between double quotes in the code; none of it is taken apart further.
fn literals(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in code.lines() {
        found.extend(line.split('"').skip(1).step_by(2).map(str::to_owned));
    }
    found
}

/// What the texts are asked for: whole ids, and the beginnings of those that are put together with `format!`.
fn asked() -> (BTreeMap<String, String>, BTreeSet<String>, BTreeSet<String>) {
    const CALLS: [&str; 6] = [
        ".get(\"",
        ".with(\"",
        ".message(\"",
        ".attribute(\"",
        ".field(\"",
        ".heading(\"",
    ];
    let (mut ids, mut prefixes, mut all) = (BTreeMap::new(), BTreeSet::new(), BTreeSet::new());
    for source in sources("src") {
        let code = source.code();
        // A call may go on in the next line.
        let joined = code.replace(char::is_whitespace, "");
        if code.contains("texts") || code.contains("Texts") {
            for call in CALLS {
                for rest in joined.split(call).skip(1) {
                    let id = rest.split('"').next().unwrap();
                    ids.insert(id.to_owned(), source.path.clone());
                }
            }
        }
        for rest in joined.split("format!(\"").skip(1) {
            let text = rest.split('"').next().unwrap();
            if let Some((prefix, _)) = text
                .split_once("-{")
                .filter(|(prefix, _)| prefix.starts_with(char::is_alphabetic))
            {
                prefixes.insert(format!("{prefix}-"));
            }
        }
        all.extend(literals(&code));
    }
    (ids, prefixes, all)
}

#[test]
fn every_text_the_code_asks_for_is_there_in_every_language() {
    let (ids, prefixes, _) = asked();
    assert!(ids.len() > 60, "the scan finds too little: {}", ids.len());
    assert!(prefixes.contains("kind-") && prefixes.contains("refusal-"));
    for language in Language::ALL {
        let language = language.code();
        let known = messages(language);
        let missing: Vec<_> = ids
            .iter()
            // A field of JSON or a header is asked for in the same words; ids of texts are lower case with hyphens.
            .filter(|(id, path)| !known.contains(*id) && !is_other(id, path))
            .collect();
        assert!(missing.is_empty(), "{language}: {missing:?}");
        for prefix in prefixes
            .iter()
            .filter(|prefix| prefix.chars().all(|c| c.is_ascii_lowercase() || c == '-'))
        {
            let used = known.iter().any(|id| id.starts_with(prefix.as_str()));
            assert!(
                used || OTHER_PREFIXES.contains(&prefix.as_str()),
                "{language}: no text begins with {prefix}"
            );
        }
    }
}

/// Put together with a hyphen, and no texts.
const OTHER_PREFIXES: [&str; 1] = ["indsigt-"];

/// `.get("…")` on something that is no text: cells of a table, fields of JSON.
fn is_other(id: &str, path: &str) -> bool {
    let texts =
        path.starts_with("src/cli") || path.starts_with("src/i18n") || path.starts_with("src/tui");
    !texts || !id.contains('-')
}

/// What is said of every language elsewhere; texts and templates that are missing do not compile.
#[test]
fn every_language_has_its_name_and_no_folder_is_without_a_language() {
    let codes: BTreeSet<String> = Language::ALL
        .iter()
        .map(|it| it.code().to_owned())
        .collect();
    for place in ["assets/i18n", "assets/letters"] {
        let folders = fs::read_dir(root().join(place)).unwrap();
        let folders = folders.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        assert_eq!(folders.collect::<BTreeSet<_>>(), codes, "{place}");
    }
    let known = messages("en");
    for code in codes {
        assert!(
            known.contains(&format!("language-{code}")),
            "language-{code}"
        );
    }
}

#[test]
fn no_text_is_left_over() {
    let (_, prefixes, literals) = asked();
    let unused: Vec<String> = messages("en")
        .into_iter()
        .filter(|id| {
            !literals.contains(id)
                && !prefixes
                    .iter()
                    .any(|prefix| id.starts_with(prefix.as_str()))
        })
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}

/// No rule says no without a sentence.
#[test]
fn every_refusal_has_its_sentence() {
    let code = fs::read_to_string(root().join("src/domain/refusal.rs")).unwrap();
    let (_, words) = code.split_once("pub const fn word(&self)").unwrap();
    let (words, _) = words.split_once("\n    }\n").unwrap();
    let words: Vec<&str> = words.split('"').skip(1).step_by(2).collect();
    assert!(words.len() > 60, "the scan finds too little: {words:?}");
    for &language in Language::ALL {
        let texts = Texts::new(language);
        for word in &words {
            let id = format!("refusal-{word}");
            assert!(texts.find(&id).is_some(), "{id}");
        }
    }
}

/// Fluent shows `⟦id⟧` where a text is missing; asked for by every word there is, none may.
#[test]
fn every_word_of_the_contract_has_its_text() {
    let known = messages("en");
    for (prefix, words) in [
        (
            "kind",
            "access withdrawal erasure rectification restriction portability objection name-redaction complaint other",
        ),
        (
            "title",
            "access withdrawal erasure rectification restriction portability objection name-redaction complaint other optout",
        ),
        (
            "channel",
            "mail form message phone in-person letter authority",
        ),
        (
            "status",
            "new awaiting-identity awaiting-clarification in-progress awaiting-third-party ready closed open",
        ),
        (
            "outcome",
            "answered partly-met nothing-held rejected withdrawn-by-person duplicate no-reply not-a-request",
        ),
        (
            "ground",
            "repetition unfounded abuse unidentified others-rights legal-obligation legal-claims contract not-controller",
        ),
        ("task", "todo asked done nothing-held kept skipped"),
        ("copy", "present deleted purged"),
        ("urgency", "overdue act-now soon later"),
        (
            "flag",
            "conflict extended awaiting-identity repeat complaint link-not-sent",
        ),
        ("type", "request recording optout"),
        ("source", "link mail phone in-person list"),
        ("form", "private group"),
        (
            "letter-name",
            "receipt identity clarification extension answer nothing-held partial refusal fee withdrawal erasure name-redaction recording-deleted opt-out complaint authority processor",
        ),
    ] {
        for word in words.split(' ') {
            assert!(
                known.contains(&format!("{prefix}-{word}")),
                "{prefix}-{word}"
            );
        }
    }
}
