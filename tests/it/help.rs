//! Help, man pages, completions and usage errors in Danish; their English is looked at in `reference`.

use std::fs;

use crate::world::{World, assert_brief};

#[test]
fn help_is_in_the_language_of_the_locale_the_settings_or_the_option() {
    let danish = World::danish();
    assert!(
        danish
            .ok("--help")
            .contains("Brug: indsigt [VALG] [KOMMANDO]")
    );
    assert!(danish.ok("due -h").contains("Brug: indsigt due [VALG]"));
    assert!(danish.ok("--language en --help").contains("Usage:"));
    assert!(!danish.store().exists(), "help touches nothing");
    let english = World::new();
    assert!(english.ok("--help").contains("Usage:"));
    assert!(english.ok("list --help --language=da").contains("Brug:"));
    let output = english.run_in(&[("INDSIGT_LANGUAGE", "da")], "add -h");
    assert!(output.stdout.contains("Kommandoer:"), "{output}");
    english.configure("language = \"da\"\n");
    assert!(english.ok("--help").contains("Brug:"));
    assert!(english.ok("--help --language en").contains("Usage:"));
}

#[test]
fn danish_help_tells_defaults_choices_and_variables() {
    let world = World::danish();
    let help = world.ok("list --help");
    for part in [
        "[standard: all]",
        "- requests:   Anmodninger",
        "[miljøvariabel: INDSIGT_STORE]",
        "[muligheder: access, withdrawal",
        "--from <DATO>",
        "Valg til alle kommandoer:",
    ] {
        assert!(help.contains(part), "“{part}” is missing in:\n{help}");
    }
    let output = world.run_in(&[("COLUMNS", "60")], "--help");
    let widest = output.stdout.lines().map(|line| line.chars().count()).max();
    assert!(widest <= Some(60), "{output}");
}

#[test]
fn danish_man_pages_and_completions() {
    let world = World::danish();
    let page = world.ok("man");
    for part in [".SH NAVN", ".SH BESKRIVELSE", "Vis, hvad der skal gøres"] {
        assert!(page.contains(part), "{part}");
    }
    world.ok("man pages");
    let page = fs::read_to_string(world.path("pages/indsigt-add-request.1"));
    assert!(page.is_ok_and(|page| page.contains("Hvem der anmoder")));
    for shell in ["fish", "zsh"] {
        let script = world.ok(&["completions", shell]);
        assert!(script.contains("Vis servicekortene"), "{shell}");
        assert!(!script.contains("Show the service cards"), "{shell}");
    }
}

/// Arguments, and what must be said of them in Danish and in English.
type Slip = (
    &'static [&'static str],
    &'static [&'static str],
    &'static [&'static str],
);

const SLIPS: [Slip; 12] = [
    (
        &["due", "--bogus"],
        &["Valget --bogus findes ikke her.", "indsigt due --help"],
        &["There is no option --bogus here.", "indsigt due --help"],
    ),
    (
        &["--within", "3"],
        &["Mente du »indsigt due --within«?"],
        &["Did you mean “indsigt due --within”?"],
    ),
    (
        &["lst"],
        &["Kommandoen »lst« findes ikke.", "Mente du »list«?"],
        &["There is no command “lst”.", "Did you mean “list”?"],
    ),
    (
        &["add", "request", "--kind", "access"],
        &["Der mangler: --name <NAVN>.", "indsigt add request --help"],
        &["Still needed: --name <NAME>.", "indsigt add request --help"],
    ),
    (
        &["add", "request", "--kind", "acess", "--name", "M"],
        &["»acess«", "--kind <ART>", "Mente du »access«?", "erasure"],
        &[
            "“acess”",
            "--kind <KIND>",
            "Did you mean “access”?",
            "erasure",
        ],
    ),
    (
        &["list", "--open", "--closed"],
        &["--open kan ikke bruges sammen med --closed."],
        &["--open cannot be used together with --closed."],
    ),
    (
        &["due", "--within", "many"],
        &["»many« er ikke et tal, der kan bruges til --within <DAGE>."],
        &["“many” is not a number that --within <DAYS> can take."],
    ),
    (
        &["due", "--within", "70000"],
        &["»70000« er ikke et tal"],
        &["“70000” is not a number"],
    ),
    (
        &["due", "--within"],
        &["--within <DAGE> mangler en værdi."],
        &["--within <DAYS> needs a value."],
    ),
    (
        &["due", "--within", "1", "--within", "2"],
        &["--within <DAGE> kan kun angives én gang."],
        &["--within <DAYS> can be given only once."],
    ),
    (
        &["add"],
        &["»indsigt add« skal efterfølges af en kommando.", "optout"],
        &["“indsigt add” needs a command after it.", "optout"],
    ),
    (
        &["note", "r1", "call", "her"],
        &["Der er ikke plads til »her«", "anførselstegn"],
        &["There is no place for “her”", "quotes"],
    ),
];

#[test]
fn usage_errors_in_both_languages_and_as_json() {
    for (world, danish) in [(World::danish(), true), (World::new(), false)] {
        for (args, in_danish, in_english) in SLIPS {
            let parts = if danish { in_danish } else { in_english };
            let output = world.run(args);
            assert_eq!((output.code, output.stdout.as_str()), (2, ""), "{output}");
            assert_brief(&output.stderr);
            for part in parts {
                assert!(output.stderr.contains(part), "“{part}” in:\n{output}");
            }
            let mut words = vec!["--json"];
            words.extend(args);
            let output = world.run(&words);
            let told = serde_json::from_str::<serde_json::Value>(&output.stderr);
            let told = told.unwrap_or_default();
            assert_eq!(told["error"]["code"], 2, "{args:?}\n{output}");
            assert_eq!(told["error"]["kind"], "usage", "{args:?}\n{output}");
            let (what, hint) = (&told["error"]["message"], &told["error"]["hint"]);
            let said = format!(
                "{} {}",
                what.as_str().unwrap_or_default(),
                hint.as_str().unwrap_or_default()
            );
            for part in parts {
                assert!(said.contains(part), "“{part}” in:\n{said}");
            }
        }
        assert!(!world.store().exists());
    }
}

#[test]
fn the_version_is_an_answer_in_every_language() {
    for world in [World::danish(), World::new()] {
        let version = world.ok("--version");
        assert!(version.starts_with("indsigt "), "{version}");
    }
}
