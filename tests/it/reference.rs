//! Help, completions, man pages, settings, service cards: what the program says about itself.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::world::{World, text};

/// The commands of issue 2; later issues add to them.
const COMMANDS: [&str; 20] = [
    "add",
    "list",
    "show",
    "due",
    "deadline",
    "resolve",
    "reject",
    "note",
    "task",
    "link-sent",
    "copy",
    "person",
    "history",
    "undo",
    "import",
    "export",
    "demo",
    "services",
    "completions",
    "man",
];

#[test]
fn help_names_every_command_and_says_what_it_does() {
    let world = World::new();
    let help = world.ok("--help");
    let commands = help
        .split("Commands:")
        .nth(1)
        .unwrap()
        .split("Options:")
        .next()
        .unwrap();
    for command in COMMANDS {
        let line = commands
            .lines()
            .find(|line| line.split_whitespace().next() == Some(command));
        let words = line
            .unwrap_or_else(|| panic!("{command} is not in --help"))
            .split_whitespace()
            .count();
        assert!(words > 2, "{command} is not explained");
        assert!(
            world.ok(&[command, "--help"]).contains("Usage:"),
            "{command}"
        );
    }
    for option in [
        "--store",
        "--config",
        "--language",
        "--today",
        "--read-only",
        "--json",
        "--color",
    ] {
        assert!(help.contains(option), "{option}");
    }
    for variable in [
        "INDSIGT_STORE",
        "INDSIGT_CONFIG",
        "INDSIGT_LANGUAGE",
        "INDSIGT_TODAY",
    ] {
        assert!(help.contains(variable), "{variable}");
    }
    assert!(!world.store().exists(), "help touches nothing");
}

#[test]
fn what_is_not_there_yet_is_no_stub() {
    let world = World::new();
    for command in world
        .ok("--help")
        .split("Commands:")
        .nth(1)
        .unwrap()
        .split("Options:")
        .next()
        .unwrap()
        .lines()
    {
        let lower = command.to_lowercase();
        for word in ["not yet", "todo", "unimplemented", "coming"] {
            assert!(!lower.contains(word), "{command}");
        }
    }
}

#[test]
fn completions_for_every_common_shell() {
    let world = World::new();
    for (shell, mark) in [
        ("bash", "complete -F"),
        ("zsh", "#compdef indsigt"),
        ("fish", "complete -c indsigt"),
    ] {
        let script = world.ok(&["completions", shell]);
        assert!(script.contains(mark), "{shell}");
        for command in COMMANDS {
            assert!(script.contains(command), "{command} in {shell}");
        }
    }
    assert!(!world.store().exists());
}

#[test]
fn man_pages_to_standard_output_and_into_a_folder() {
    let world = World::new();
    let page = world.ok("man");
    assert!(
        page.contains(".TH indsigt 1") && page.contains(".SH NAME"),
        "{page}"
    );
    world.ok("man pages");
    let pages: Vec<String> = fs::read_dir(world.path("pages"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    for command in COMMANDS {
        assert!(
            pages.contains(&format!("indsigt-{command}.1")),
            "{command} in {pages:?}"
        );
    }
}

#[test]
fn config_init_writes_a_file_that_means_the_defaults_and_never_twice() {
    let world = World::new();
    let path = world.path(".config/indsigt/config.toml");
    assert_eq!(world.ok("config path"), text(&path));
    assert!(!path.exists(), "asking writes nothing");
    let before = world.json("config show");
    let told = world.ok("config init");
    assert!(told.contains(&text(&path)), "{told}");
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
    assert_eq!(world.json("config show"), before);
    fs::write(&path, "recording_days = 14\n").unwrap();
    let output = world.run("config init");
    assert_ne!(output.code, 0);
    assert!(output.stderr.contains("was not touched"), "{output}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "recording_days = 14\n");
    let shown = world.json("config show");
    assert_eq!(
        (&shown["recording_days"], &shown["repeat_days"]),
        (&14.into(), &365.into())
    );
    assert!(world.ok("config show").contains("recording_days = 14"));
    assert_eq!(shown["store"], text(&world.store()));
}

/// The file that `config init` writes, with the sign of a remark taken away from every setting but those that begin so.
fn spoken(file: &str, but: &[&str]) -> String {
    let settings = file.lines().filter_map(|line| {
        let line = line.strip_prefix('#')?;
        let line = line.strip_prefix(' ').unwrap_or(line);
        let is_table = line.starts_with('[') && line.ends_with(']');
        let name = line.split_once(" = ").map_or("", |(name, _)| name);
        let is_setting =
            !name.is_empty() && !name.contains(|c: char| !(c.is_ascii_lowercase() || c == '_'));
        let is_left_out = but.iter().any(|start| line.starts_with(start));
        ((is_table || is_setting) && !is_left_out).then_some(line)
    });
    settings.collect::<Vec<_>>().join("\n")
}

/// Every line is a setting that the program takes. Of mailboxes and of ways to send there is one each, so that the four
/// files that can be made of it are.
#[test]
fn each_line_of_the_file_that_config_init_writes_can_be_used() {
    for world in [World::new(), World::danish()] {
        let path = world.path(".config/indsigt/config.toml");
        world.ok("config init");
        let file = fs::read_to_string(&path).unwrap();
        assert!(file.contains("Indstillinger") != file.contains("Settings of"));
        let mut lines = 0;
        for mailbox in [&["maildir", "move_to_cur"][..], &["imap_"]] {
            for sending in ["command", "smtp_"] {
                let text = spoken(&file, &[mailbox, &[sending]].concat());
                lines = lines.max(text.lines().count());
                let text = text.replace("backup_folder = \"\"", "");
                fs::write(&path, text).unwrap();
                let shown = world.json("config show");
                assert_eq!(shown["recording_days"], 28);
            }
        }
        assert!(lines > 35, "{lines} lines");
        fs::write(&path, spoken(&file, &[])).unwrap();
        let output = world.run("config show");
        let stderr = &output.stderr;
        assert!(
            stderr.contains("mail.maildir") && stderr.contains("sending.command"),
            "{output}"
        );
    }
}

#[test]
fn the_settings_and_the_keys_have_man_pages() {
    for (world, keys, settings, default) in [
        (
            World::new(),
            "SEE ALSO",
            "SETTINGS",
            "sending the download link",
        ),
        (
            World::danish(),
            "SE OGSÅ",
            "INDSTILLINGER",
            "linket til download",
        ),
    ] {
        world.ok("man pages");
        let page = |name: &str| fs::read_to_string(world.path(&format!("pages/{name}.1"))).unwrap();
        let main = page("indsigt");
        assert!(
            main.contains(keys) && main.contains("indsigt\\-keys\\fR(1)"),
            "{main}"
        );
        assert_eq!(main.trim_end(), world.ok("man"));
        let config = page("indsigt-config");
        for part in [
            settings,
            default,
            "recording_days = 28",
            ".SS [mail]",
            "imap_port = 993",
        ] {
            assert!(config.contains(part), "{part}\n{config}");
        }
        let pages = page("indsigt-keys");
        for part in [".TH indsigt-keys 1", "Ctrl\\-r", "\\fIresolve\\fR"] {
            assert!(pages.contains(part), "{part}\n{pages}");
        }
    }
}

/// `config init` makes the file it is told to make, although a missing named file is an error elsewhere.
#[test]
fn config_init_makes_a_named_file() {
    let world = World::new();
    world.ok("--config my.toml config init");
    assert!(world.path("my.toml").exists());
    world.ok("--config my.toml due");
}

#[test]
fn service_cards_in_both_languages() {
    let world = World::new();
    let english = world.json("services");
    let danish = world.json("services --language da");
    let ids: Vec<&str> = english["services"]
        .as_array()
        .unwrap()
        .iter()
        .map(|card| card["id"].as_str().unwrap())
        .collect();
    for service in [
        "kajabi",
        "webinarjam",
        "gotomeeting",
        "zoom",
        "stripe",
        "google-analytics",
        "cloudflare",
        "aws",
        "youtube",
        "facebook",
    ] {
        assert!(ids.contains(&service), "{service} in {ids:?}");
    }
    assert_ne!(english["card_data"], danish["card_data"]);
    let listed = world.ok("services");
    assert!(
        listed.contains("Zoom (zoom)") && listed.contains("Card data:"),
        "{listed}"
    );
    let card = world.ok("services zoom");
    assert!(card.contains("Trash"), "{card}");
    assert!(world.ok("services").len() > card.len());
    let output = world.run("services fax");
    assert_eq!(output.code, 2, "{output}");
    assert!(output.stderr.contains("indsigt services"), "{output}");
}

#[test]
fn the_owners_own_service_cards_take_the_place_of_the_built_in_ones() {
    let world = World::new();
    world.write(".config/indsigt/services.toml", "nonsense = [\n");
    let output = world.run("services");
    assert_eq!(output.code, 4, "{output}");
    crate::world::assert_brief(&output.stderr);
    assert!(output.stderr.contains("services.toml"), "{output}");
    let built_in = include_str!("../../assets/services.toml");
    world.write(".config/indsigt/services.toml", built_in);
    assert!(world.ok("services").contains("Zoom"));
}
