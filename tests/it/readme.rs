//! The pages for people, done as they say: every command block of the README in both languages and of the guide runs, in a
//! throw-away home with stand-ins for the files and programs it names; every picture is the screen; every link leads on.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::HashMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::backup;
use crate::reminders::{executable, shell};
use crate::world::{Output, PROGRAM, World, data};

/// The pages whose blocks are run.
const PAGES: [&str; 3] = ["README.md", "README.da.md", "assets/guide.md"];

/// Every page whose links are followed.
const LINKED: [&str; 7] = [
    "README.md",
    "README.da.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "src/architecture.md",
    "assets/guide.md",
    "tests/bench/README.md",
];

/// Beginnings of lines that cannot be run here, each with the reason and with what runs it instead.
const ELSEWHERE: [(&str, &str); 7] = [
    ("cargo run ", "cargo itself; the demo: tests/it/pty.rs"),
    ("cargo test", "cargo itself: this is it"),
    ("cargo install ", "takes minutes: tests/package/run"),
    ("assets/packaging/build", "takes minutes: tests/package/run"),
    ("scp ", "another machine; the binary: tests/package/run"),
    ("sudo dpkg -i ", "the system itself: tests/package/run"),
    ("sudo dpkg -P ", "the system itself: tests/package/run"),
];

/// A mail that asks for access.
const MAIL: &str = "From: Signe Krarup <signe@example.dk>\r\nTo: privatliv@example.dk\r\n\
    Date: Fri, 20 Nov 2026 09:00:00 +0100\r\nMessage-ID: <1@example.dk>\r\nSubject: Indsigt\r\n\r\n\
    Hvilke oplysninger har I om mig?\r\n";

const SETTINGS: &str = "[controller]\nname = \"Praksis Eksempel\"\naddress = \"Vejnavn 1, 1234 Byen\"\n\
    email = \"kontakt@example.dk\"\n[sending]\ncommand = \"sendmail -t\"\n[mail]\nmaildir = \"~/Maildir\"\n";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(page: &str) -> String {
    fs::read_to_string(root().join(page)).unwrap()
}

/// A block of a page: its language and its text.
struct Block {
    page: &'static str,
    language: String,
    text: String,
}

fn blocks() -> Vec<Block> {
    let mut found = Vec::new();
    for page in PAGES {
        let text = read(page);
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            let Some(language) = line.trim_start().strip_prefix("```") else {
                continue;
            };
            let inside: Vec<&str> = lines
                .by_ref()
                .take_while(|line| !line.trim_start().starts_with("```"))
                .collect();
            found.push(Block {
                page,
                language: language.to_owned(),
                text: inside.join("\n") + "\n",
            });
        }
    }
    assert!(found.len() > 40, "{} blocks only", found.len());
    found
}

/// Puts stand-ins into a home for whatever the pages name, and gives who backups are encrypted for.
fn furnish(world: &World) -> String {
    symlink_program(world);
    for (name, script) in [
        ("sendmail", "cat > \"$HOME/mail\"\n[ -s \"$HOME/mail\" ]"),
        ("ssh", "shift\nexec sh -c \"$*\""),
    ] {
        let name = format!("bin/{name}");
        world.write(&name, format!("#!/bin/sh\n{script}\n"));
        executable(&world.path(&name));
    }
    for (name, sample) in [
        ("afmeldte.csv", "kajabi-unsubscribed.csv"),
        ("liste.csv", "mailchimp-subscribed.csv"),
        ("zoom.csv", "recordings-zoom.csv"),
        ("sager.csv", "register-dansk.csv"),
    ] {
        let sample = fs::read(data(&format!("csv/{sample}"))).unwrap();
        world.write(name, sample);
    }
    world.write(
        "kontakter.csv",
        "Name,Email\nMette Hansen,mette@example.dk\nBo Lind,bo@example.dk\n",
    );
    for (name, text) in [
        ("Maildir/new/1.a", MAIL),
        ("mail.eml", MAIL),
        ("udtræk.pdf", "%PDF-1.4\n"),
        ("list.txt", "The rows of every service.\n"),
        ("words", "a passphrase of some length\n"),
        ("secret", "en lang og god adgangskode\n"),
    ] {
        world.write(name, text);
    }
    for folder in [
        "Maildir/cur",
        "Maildir/tmp",
        "backup",
        "usb",
        "svar",
        "sag",
        "kalender",
        "public",
        ".cache",
    ] {
        fs::create_dir_all(world.path(folder)).unwrap();
    }
    backup::key(world, "key.txt").0
}

fn symlink_program(world: &World) {
    fs::create_dir_all(world.path("bin")).unwrap();
    symlink(PROGRAM, world.path("bin/indsigt")).unwrap();
}

/// Homes to run blocks in: copies of two that were made once.
struct Homes {
    /// Of somebody who begins: the files, and nothing else.
    empty: World,
    /// Of somebody at work: settings, and a request of Mette's that is ready for its answer.
    working: World,
    recipient: String,
}

impl Homes {
    fn new() -> Self {
        let empty = World::danish();
        let recipient = furnish(&empty);
        let working = copy(&empty);
        working.configure(SETTINGS);
        working.access("2026-11-02");
        working.ok("identity r1 confirmed --method 'Svarede fra den adresse, vi kender'");
        working.set_all_tasks("r1", "nothing-held");
        working.ok("task r1 kajabi done --from kontakter.csv");
        Self {
            empty,
            working,
            recipient,
        }
    }

    /// What stands for places and keys that only the reader has.
    fn with_stand_ins(&self, script: &str) -> String {
        script
            .replace("/mnt/usb", "$HOME/usb")
            .replace("age1…", &self.recipient)
    }
}

fn copy(world: &World) -> World {
    let other = World::danish();
    let copied = Command::new("cp")
        .arg("-a")
        .arg(world.path("."))
        .arg(other.path(""))
        .status();
    assert!(copied.unwrap().success());
    other
}

fn is_elsewhere(line: &str) -> bool {
    ELSEWHERE
        .iter()
        .any(|(beginning, _)| line.starts_with(beginning))
}

/// A line works after those before it in its block, or by itself for somebody at work, or for somebody who begins. It has
/// worked when it ends with 0 and speaks of no error.
fn run_line(homes: &Homes, block: &World, line: &str) -> Result<(), String> {
    let script = homes.with_stand_ins(line);
    // The first command of a pipe fails without a code.
    let speaks_of_error = |line: &str| line.starts_with("indsigt: ");
    let worked = |output: &Output| output.code == 0 && !output.stderr.lines().any(speaks_of_error);
    let first = shell(block, &script);
    if worked(&first)
        || worked(&shell(&copy(&homes.working), &script))
        || worked(&shell(&copy(&homes.empty), &script))
    {
        return Ok(());
    }
    Err(format!("{line}\n{first}"))
}

/// How many lines of a page ran, and what failed.
fn run_page(homes: &Homes, page: &str) -> (usize, Vec<String>) {
    let (mut run, mut failed) = (0, Vec::new());
    let blocks = blocks();
    let of_page = |block: &&Block| block.page == page && block.language == "sh";
    for block in blocks.iter().filter(of_page) {
        let home = copy(&homes.working);
        // A script is run as a whole.
        let lines = if block.text.starts_with("#!") {
            vec![block.text.as_str()]
        } else {
            block.text.lines().collect()
        };
        for line in lines {
            if line.trim().is_empty() || is_elsewhere(line) {
                continue;
            }
            run += 1;
            if let Err(why) = run_line(homes, &home, line) {
                failed.push(format!("{page}: {why}"));
            }
        }
    }
    (run, failed)
}

#[test]
fn every_command_block_of_the_pages_runs() {
    let homes = Homes::new();
    let (run, failed) = std::thread::scope(|scope| {
        let started = PAGES.map(|page| scope.spawn(|| run_page(&homes, page)));
        let ended = started.map(|page| page.join().unwrap());
        let run: usize = ended.iter().map(|(run, _)| run).sum();
        (
            run,
            ended
                .into_iter()
                .flat_map(|(_, failed)| failed)
                .collect::<Vec<_>>(),
        )
    });
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert!(run > 60, "{run} lines only");
    let all: String = blocks().into_iter().map(|block| block.text).collect();
    let is_there = |beginning: &str| all.lines().any(|line| line.starts_with(beginning));
    for (beginning, _) in ELSEWHERE {
        assert!(
            is_there(beginning),
            "no page has `{beginning}` any more: take it from the list"
        );
    }
}

/// The command of a line of a crontab, as cron gives it to the shell.
fn cron_command(line: &str) -> Option<String> {
    let is_field = |field: &&str| field.chars().all(|c| "0123456789*/,-".contains(c));
    let words: Vec<&str> = line.split_whitespace().collect();
    (words.len() > 5 && words.iter().take(5).all(is_field)).then(|| words[5..].join(" "))
}

#[test]
fn lines_for_cron_and_for_mail_filters_run() {
    let homes = Homes::new();
    let reminder = blocks()
        .into_iter()
        .find(|block| block.text.starts_with("#!/bin/sh\nmail="));
    homes
        .working
        .write("bin/indsigt-reminder", reminder.unwrap().text);
    executable(&homes.working.path("bin/indsigt-reminder"));
    let (mut crons, mut filters) = (0, 0);
    for block in blocks().iter().filter(|block| block.language == "text") {
        for line in block.text.lines() {
            let script = if let Some(command) = cron_command(line) {
                // Cron takes a bare per cent sign for the end of the command.
                assert!(!command.replace("\\%", "").contains('%'), "{line}");
                crons += 1;
                command.replace("\\%", "%")
            } else if let Some(command) = line.strip_prefix("| ") {
                filters += 1;
                format!("{command} < mail.eml")
            } else if let Some((_, rest)) = line.split_once("<pipe-message>") {
                filters += 1;
                format!("{} < mail.eml", rest.split_once("<enter>").unwrap().0)
            } else {
                continue;
            };
            let output = shell(&copy(&homes.working), &script);
            assert_eq!(output.code, 0, "{}: {line}\n{output}", block.page);
        }
    }
    assert!(crons >= 6 && filters >= 2, "{crons} {filters}");
}

/// A filter that files mails away, and the settings that fetch them, name the same folder; `sievec` reads it where it is
/// installed.
#[test]
fn the_sieve_filters_file_mails_where_they_are_fetched_from() {
    let sieves: Vec<Block> = blocks()
        .into_iter()
        .filter(|block| block.language == "sieve")
        .collect();
    assert_eq!(sieves.len(), 2);
    for block in sieves {
        let (_, folder) = block.text.split_once(":copy \"").unwrap();
        let (folder, _) = folder.split_once('"').unwrap();
        let setting = format!("imap_folder = \"{folder}\"");
        assert!(read(block.page).contains(&setting), "{setting}");
        let world = World::new();
        let script = world.write("filter.sieve", &block.text);
        let output = world.path("filter.svbin");
        match Command::new("sievec").arg(script).arg(output).output() {
            Ok(read) => assert!(read.status.success(), "{read:?}"),
            Err(_) => println!("skipped: there is no sievec here to read the filter"),
        }
    }
}

/// Settings are taken without a word; rules for mails are used by an import.
#[test]
fn every_piece_of_settings_is_understood() {
    let mut found = 0;
    for block in blocks().iter().filter(|block| block.language == "toml") {
        let world = World::new();
        furnish(&world);
        if block.text.contains("[[rule]]") {
            world.write(".config/indsigt/intake.toml", &block.text);
            world.ok("import mail Maildir --dry-run");
        } else {
            world.configure(&block.text);
            let table = block.text.lines().next().unwrap();
            let line = format!("{} = {{", table.trim_matches(['[', ']']));
            assert!(world.ok("config show").contains(&line), "{}", block.text);
        }
        found += 1;
    }
    assert!(found >= 7, "{found} only");
}

/// What stands between backticks in the prose and begins with the program's name: command and options are there.
#[test]
fn every_command_the_prose_names_is_there() {
    let world = World::new();
    let mut helps: HashMap<String, String> = HashMap::new();
    let mut found = 0;
    for page in PAGES {
        let text = read(page);
        let spans = text.split('`').skip(1).step_by(2);
        for span in spans.filter(|span| span.starts_with("indsigt ") && !span.contains('\n')) {
            let words: Vec<&str> = span.split_whitespace().skip(1).collect();
            let of_all = |word: &&str| word.starts_with("--") || **word == *word.to_uppercase();
            let command = words
                .iter()
                .find(|word| !of_all(word) && !word.starts_with('-'));
            let command = command.copied().unwrap_or_default();
            let help = helps.entry(command.to_owned()).or_insert_with(|| {
                let args: Vec<&str> = [command, "--help"]
                    .into_iter()
                    .filter(|w| !w.is_empty())
                    .collect();
                world.ok(&args)
            });
            for option in words.iter().filter(|word| word.starts_with("--")) {
                let option = option.split('=').next().unwrap();
                assert!(help.contains(option), "{page}: `{span}`: no {option}");
            }
            found += 1;
        }
    }
    assert!(found > 25, "{found} only");
}

/// Without tags and entities, line by line.
fn words_of(svg: &str) -> String {
    let mut lines = Vec::new();
    for line in svg.lines().filter(|line| line.starts_with("<text ")) {
        let parts = line
            .split('<')
            .map(|part| part.split_once('>').map_or(part, |(_, text)| text));
        let text: String = parts.collect();
        let text = text
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&");
        lines.push(text.trim_end().to_owned());
    }
    lines.join("\n")
}

/// The pictures say what the snapshot of Today at 80×24 says; `assets/screen` draws them anew.
#[test]
fn the_pictures_of_the_readme_are_the_screen() {
    for (page, language, infix) in [("README.md", "en", ""), ("README.da.md", "da", "da-")] {
        let page = read(page);
        let snapshot = read(&format!(
            "tests/it/snapshots/it__screens__tab_today_{language}_80x24.snap"
        ));
        let screen = snapshot.splitn(3, "---\n").nth(2).unwrap().trim_end();
        for theme in ["light", "dark"] {
            let picture = format!("assets/screen-{infix}{theme}.svg");
            assert!(page.contains(&format!("=\"{picture}\"")), "{picture}");
            assert_eq!(
                words_of(&read(&picture)).trim_end(),
                screen,
                "{picture}: run assets/screen"
            );
        }
    }
}

/// The anchor that GitHub gives a heading.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().to_lowercase();
    let kept = kept
        .chars()
        .filter(|c| c.is_alphanumeric() || " -_".contains(*c));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[test]
fn every_link_of_the_pages_leads_somewhere() {
    let mut followed = 0;
    for page in LINKED {
        let text = read(page);
        let here = root().join(page);
        let links = text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next());
        for link in links.filter(|link| !link.contains("://")) {
            let (file, heading) = link.split_once('#').unwrap_or((link, ""));
            let target: PathBuf = if file.is_empty() {
                here.clone()
            } else {
                here.parent().unwrap().join(file)
            };
            assert!(target.exists(), "{page}: {link}");
            let has = |text: &str| {
                text.lines()
                    .filter_map(|line| line.strip_prefix('#'))
                    .any(|line| anchor(line.trim_start_matches('#')) == heading)
            };
            let leads = heading.is_empty() || has(&fs::read_to_string(&target).unwrap());
            assert!(leads, "{page}: {link}: no such heading");
            followed += 1;
        }
    }
    assert!(followed > 20, "{followed} only");
}
