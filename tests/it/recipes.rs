//! CONTRIBUTING.md for those who carry on: what its recipes name is there, and those that are data only are followed here.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use crate::world::World;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// The recipes, as heading and text.
fn recipes() -> Vec<(String, String)> {
    let page = read("CONTRIBUTING.md");
    let (_, recipes) = page.split_once("\n## Recipes\n").unwrap();
    let recipes = recipes.split("\n### ").skip(1).map(|recipe| {
        let (heading, text) = recipe.split_once('\n').unwrap();
        (heading.to_owned(), text.to_owned())
    });
    recipes.collect()
}

/// Every Rust file of the sources and the tests, one after another.
fn code(folder: &Path) -> String {
    let entries = fs::read_dir(folder).unwrap();
    let texts = entries.map(|entry| {
        let path = entry.unwrap().path();
        if path.is_symlink() {
            String::new()
        } else if path.is_dir() {
            code(&path)
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            fs::read_to_string(path).unwrap()
        } else {
            String::new()
        }
    });
    texts.collect()
}

/// What stands between backticks.
fn named(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

fn is_path(span: &str) -> bool {
    let place = |start: &str| span.starts_with(start);
    span == "README.md" || place("src/") || place("tests/") || place("assets/")
}

/// What stands behind a path is in that file, and in each of several that are named together.
#[test]
fn the_recipes_name_what_is_there() {
    let mut found = 0;
    for (heading, text) in recipes() {
        for line in text.lines().filter(|line| line.starts_with("- ")) {
            let (mut files, mut is_listing): (Vec<&str>, bool) = (Vec::new(), true);
            for span in named(line) {
                if is_path(span) {
                    assert!(root().join(span).exists(), "{heading}: no {span}");
                    if !is_listing {
                        files.clear();
                    }
                    files.push(span);
                    is_listing = true;
                    continue;
                }
                is_listing = false;
                assert!(!files.is_empty(), "{heading}: in which file is {span}?");
                for file in &files {
                    assert!(read(file).contains(span), "{heading}: no {span} in {file}");
                    found += 1;
                }
            }
        }
    }
    assert!(found > 50, "{found} only");
}

#[test]
fn the_tests_that_hold_a_recipe_are_there() {
    let code = code(&root().join("src")) + &code(&root().join("tests/it"));
    for (heading, text) in recipes() {
        let (_, held) = text
            .split_once("\nHeld by ")
            .unwrap_or_else(|| panic!("{heading}: held by nothing"));
        let mut tests = named(held).peekable();
        assert!(tests.peek().is_some(), "{heading}");
        for test in tests {
            assert!(
                code.contains(&format!("fn {test}(")),
                "{heading}: no test {test}"
            );
        }
    }
}

/// The architecture text has every module of the package, and names files and tests that are there.
#[test]
fn the_architecture_text_is_of_this_code() {
    let text = read("src/architecture.md");
    for line in read("src/lib.rs").lines() {
        if let Some(module) = line.strip_prefix("pub mod ") {
            let linked = format!("[`{}`]", module.trim_end_matches(';'));
            assert!(text.contains(&linked), "{linked}");
        }
    }
    let (prose, absences) = text.split_once("# What is not there").unwrap();
    let mut found = 0;
    for span in named(prose).filter(|span| span.contains("::")) {
        let is_module = span
            .chars()
            .all(|c| c.is_ascii_lowercase() || "_:".contains(c));
        let path = format!("src/{}.rs", span.replace("::", "/"));
        // A function of a module stands in the file of the module; rustdoc follows those that are links.
        let linked = text.contains(&format!("[`{span}`]"));
        assert!(
            !is_module || linked || root().join(&path).exists(),
            "{path}"
        );
        found += 1;
    }
    let code = code(&root().join("src")) + &code(&root().join("tests/it"));
    for absence in absences.split("\n- ").skip(1) {
        let mut tests = named(absence).filter(|span| span.matches('_').count() > 1);
        assert!(tests.next().is_some(), "held by nothing: {absence}");
        for test in named(absence).filter(|span| span.matches('_').count() > 1) {
            assert!(code.contains(&format!("fn {test}(")), "no test {test}");
        }
    }
    assert!(found > 30, "{found} only");
}

/// The recipe of a service, and that of a template, as an owner follows them.
#[test]
fn a_service_and_a_template_are_added_as_the_recipe_says() {
    let (_, recipe) = recipes()
        .into_iter()
        .find(|(heading, _)| heading.contains("a service"))
        .unwrap();
    let (_, card) = recipe.split_once("```toml\n").unwrap();
    let (card, _) = card.split_once("```").unwrap();
    let world = World::danish();
    let services = read("assets/services.toml") + "\n" + card;
    world.write(".config/indsigt/services.toml", services);
    assert!(world.ok("services booking").contains("Bookingsystem"));
    world.access("2026-11-16");
    let tasks = world.json("show r1")["tasks"].clone();
    let last = tasks.as_array().unwrap().last().unwrap();
    assert_eq!(last["title"], "Søg i bookingsystemet");
    let template = read("assets/letters/da/receipt.txt");
    let own = format!(
        "Tak for din mail\n\n{}",
        template.split_once("\n\n").unwrap().1
    );
    world.write(".config/indsigt/letters/da/receipt.txt", own);
    assert!(
        world
            .run("letter r1 receipt")
            .stdout
            .contains("Tak for din mail")
    );
}

/// Whatever `config init` writes, `config show` tells.
#[test]
fn the_settings_in_force_are_all_shown() {
    let shown = World::new().json("config show");
    let sample = read("assets/config.sample.en.toml");
    let mut tables = false;
    let mut found = 0;
    for line in sample.lines() {
        let name = line
            .strip_prefix("#[")
            .and_then(|rest| rest.strip_suffix(']'));
        tables |= name.is_some();
        let setting = || line.trim_start_matches(['#', ' ']).split_once(" = ");
        let is_name = |name: &&str| name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        let plain = || {
            setting()
                .filter(|_| !tables)
                .map(|(name, _)| name)
                .filter(is_name)
        };
        if let Some(name) = name.or_else(plain) {
            assert!(shown.get(name).is_some(), "{name} is not shown");
            found += 1;
        }
    }
    assert!(found > 18, "{found} only");
}
