//! Erasing what has passed its retention date, and one person out of closed cases (RULES §7): afterwards no byte of it
//! is left, and whatever happens in between it is done or not begun.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Instant;

use serde_json::{Value, json};

use crate::pty_harness::Pty;
use crate::world::{Output, PROGRAM, World, text};

/// Every file below a folder.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.append(&mut files(&path));
        } else {
            found.insert(path.clone(), fs::read(path).unwrap());
        }
    }
    found
}

fn folder(world: &World) -> PathBuf {
    world.store().parent().unwrap().to_owned()
}

fn beside(world: &World, name: &str) -> PathBuf {
    world.store().with_file_name(name)
}

fn holds(bytes: &[u8], token: &str) -> bool {
    String::from_utf8_lossy(bytes).contains(token)
}

/// Which of the words stand in a file of the store's folder, and in which.
fn traces(world: &World, words: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for (path, bytes) in files(&folder(world)) {
        // The words are plain letters, which this leaves as they are; searching text is quick, searching bytes is not.
        let text = String::from_utf8_lossy(&bytes);
        for word in words {
            if text.contains(word.as_str()) {
                found.push(format!("{word} in {}", path.display()));
            }
        }
    }
    found
}

/// A mailbox of so many access requests from as many people, each with words that stand nowhere else.
fn mailbox(people: usize) -> (String, Vec<String>) {
    let (mut mails, mut words) = (String::new(), Vec::new());
    for n in 0..people {
        write!(
            mails,
            "From q{n}qx@firm{n}qx.dk Wed Jan 10 10:00:00 2024\nFrom: Name{n}qx <q{n}qx@firm{n}qx.dk>\n\
             Subject: Subject{n}qx\nDate: Wed, 10 Jan 2024 10:00:00 +0100\nMessage-ID: <mail{n}qx@host>\n\n\
             Please send me all you have, says text{n}qx.\n\n"
        )
        .unwrap();
        let forms = [
            "Name{}qx",
            "q{}qx@",
            "firm{}qx",
            "Subject{}qx",
            "mail{}qx",
            "text{}qx",
        ];
        words.extend(forms.map(|form| form.replace("{}", &n.to_string())));
    }
    (mails, words)
}

fn ids(people: impl IntoIterator<Item = usize>) -> Vec<String> {
    people.into_iter().map(|n| format!("r{}", n + 1)).collect()
}

fn close(world: &World, ids: &[String]) {
    let mut args = vec!["resolve"];
    args.extend(ids.iter().map(String::as_str));
    args.extend(["--override", "Long ago"]);
    world.ok(&args);
}

/// A world with an old mailbox taken in.
fn with_mails(people: usize) -> (World, Vec<String>) {
    let world = World::new();
    world.on("2024-01-15");
    let (mails, words) = mailbox(people);
    let path = world.write("inbox.mbox", mails);
    world.ok(&["import", "mail", "--all", &path]);
    (world, words)
}

/// One closed record of each type, with a word of its own wherever the program takes a text.
fn with_texts_everywhere() -> (World, Vec<String>) {
    let world = World::new();
    world.on("2024-01-10");
    for command in [
        "add request --kind access --name 'W01qx' --email w02qx@example.dk --email w03qx@example.dk --message 'W04qx'",
        "note r1 'W05qx'",
        "task r1 zoom kept --note 'W06qx'",
        "task r1 --add 'W07qx' --place 'W08qx' --url 'https://W09qx' --at 'W10qx'",
        "identity r1 requested --reason 'W11qx'",
        "identity r1 confirmed --method 'W12qx'",
        "extend r1 --reason 'Three requests at once, W13qx'",
        "edit r1 --name 'W14qx'",
        "reject r1 --ground not-controller --facts 'The sessions belong to W15qx and to nobody else'",
        "reopen r1 --reason 'W16qx'",
        "resolve r1 --outcome answered --override 'W17qx' --note 'W18qx'",
        "add recording --title 'W19qx' --name 'W20qx' --email w21qx@example.dk --recorded 2024-01-02 --copy zoom-cloud=W22qx",
        "link-sent v1 --on 2024-01-03",
        "agree v1 --until 2024-02-01 --agreed-on 2024-01-04 --reference 'W23qx'",
        "consent v1 --purpose 'W24qx' --reference 'W25qx' --on 2024-01-05",
        "note v1 'W26qx'",
        "resolve v1 --note 'W27qx'",
        "add optout --email w28qx@example.dk --name 'W29qx'",
        "note n1 'W30qx'",
        "resolve n1 --note 'W31qx'",
        "hold n1 --reason 'W32qx' --review 2024-06-01",
        "release n1",
        "note n1 'W33qx'",
        "undo",
    ] {
        let output = world.run(command);
        assert_eq!(output.code, 0, "{command}: {output}");
    }
    let words: Vec<String> = (1..=33)
        .map(|n| {
            let first = if [2, 3, 21, 28].contains(&n) {
                'w'
            } else {
                'W'
            };
            format!("{first}{n:02}qx")
        })
        .collect();
    let bytes = fs::read(world.store()).unwrap();
    for word in &words {
        assert!(holds(&bytes, word), "{word} is not there to be erased");
    }
    world.on("2026-11-22");
    (world, words)
}

#[test]
fn no_byte_of_any_text_is_left() {
    let (world, words) = with_texts_everywhere();
    for name in [
        "indsigt.redb.format-1",
        "indsigt.redb.before-restore",
        "indsigt.redb.before-restore.2",
        "backups/indsigt-2024-02-01.redb",
        "backups/indsigt-2024-02-01.redb.age",
        ".indsigt.redb.setting-aside",
    ] {
        let path = beside(&world, name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::copy(world.store(), path).unwrap();
    }
    let backups = beside(&world, "backups");
    world.configure(&format!(
        "backup_folder = {:?}\n",
        backups.display().to_string()
    ));
    let told = world.ok("purge --yes");
    for name in [
        "format-1",
        "restore",
        "restore.2",
        "02-01.redb",
        "02-01.redb.age",
        "V-2024-0001",
    ] {
        assert!(told.contains(name), "{name} in:\n{told}");
    }
    assert_eq!(traces(&world, &words), Vec::<String>::new());
    // What stays: number, kind, dates, outcome and ground.
    let request = world.json("show r1");
    for (field, expected) in [
        ("id", json!("R-2024-0001")),
        ("kind", json!("access")),
        ("received_on", json!("2024-01-10")),
        ("closed_on", json!("2024-01-10")),
        ("outcome", json!("answered")),
        ("person", json!({"name": "", "emails": []})),
        ("erased", json!({"part": "record", "on": "2026-11-22"})),
        ("tasks", json!([])),
        ("notes", json!([])),
        ("message", json!(null)),
    ] {
        assert_eq!(request[field], expected, "{field}");
    }
    assert_eq!(request["earlier_rejections"][0]["ground"], "not-controller");
    let list = world.ok("list --closed");
    assert_eq!(list.matches("(erased)").count(), 3, "{list}");
    for id in ["r1", "v1", "n1"] {
        assert!(world.ok(&["show", id]).contains("(erased)"), "{id}");
    }
    assert_eq!(world.json("list --any")["total"], 3);
    assert_eq!(world.json("due")["past_retention"], 0);
    assert_eq!(world.json("verify")["ok"], true);
    assert!(world.ok("history r1").contains("Erased here"));
}

/// Deletes close together and far apart leave their traces in different places of a page (STORE, B4).
#[test]
fn no_byte_is_left_of_many_erased_together_and_of_many_erased_here_and_there() {
    for (name, erased) in [
        ("together", (50..150).collect::<Vec<usize>>()),
        ("here and there", (0..200).step_by(3).collect()),
    ] {
        let (world, words) = with_mails(200);
        close(&world, &ids(erased.iter().copied()));
        world.on("2026-11-22");
        let (gone, kept): (Vec<String>, Vec<String>) = words
            .chunks(6)
            .enumerate()
            .flat_map(|(n, words)| words.iter().map(move |word| (n, word.clone())))
            .fold(
                (Vec::new(), Vec::new()),
                |(mut gone, mut kept), (n, word)| {
                    if erased.contains(&n) {
                        gone.push(word);
                    } else {
                        kept.push(word);
                    }
                    (gone, kept)
                },
            );
        assert!(!traces(&world, &gone).is_empty());
        world.ok("purge --yes");
        assert_eq!(traces(&world, &gone), Vec::<String>::new(), "{name}");
        assert_eq!(traces(&world, &kept).len(), kept.len(), "{name}");
        assert_eq!(world.json("list --any")["total"], 200);
        assert_eq!(world.json("verify")["ok"], true);
        // Taken in again, the mails are known, those of erased cases too.
        let inbox = text(&world.path("inbox.mbox"));
        let again = world.json(&["import", "mail", "--all", &inbox]);
        assert_eq!(
            (&again["taken"], &again["already"]),
            (&json!(0), &json!(200))
        );
    }
}

#[test]
fn texts_go_first_and_the_record_later() {
    let world = World::new();
    world.on("2026-01-05");
    world.ok(
        "add request --kind other --name 'Bo Lind' --email bo@example.dk --message 'Secret words'",
    );
    world.ok("resolve r1 --override 'Only a greeting' --outcome not-a-request");
    world.on("2026-04-04");
    assert!(world.ok("purge --yes").contains(
        "Nothing has reached its retention date. Next is R-2026-0001, Sunday 5 April 2026."
    ));
    world.on("2026-04-05");
    let plan = world.json("purge --dry-run");
    assert_eq!(
        (&plan["texts"], &plan["records"]),
        (&json!(["R-2026-0001"]), &json!([]))
    );
    world.ok("purge --yes");
    let shown = world.json("show r1");
    assert_eq!(shown["message"], json!(null));
    assert_eq!(shown["person"]["name"], "Bo Lind");
    assert_eq!(
        shown["erased"],
        json!({"part": "texts", "on": "2026-04-05"})
    );
    assert_eq!(
        traces(&world, &["Secret words".into()]),
        Vec::<String>::new()
    );
    // The rest of the record can still be worked with.
    world.ok("note r1 'He called'");
    world.on("2028-01-05");
    world.ok("purge --yes");
    let words = ["Bo Lind", "bo@example.dk", "He called", "Only a greeting"].map(String::from);
    assert_eq!(traces(&world, &words), Vec::<String>::new());
    let told: Vec<Value> = world.json("history r1")["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["event"].clone())
        .collect();
    assert_eq!(
        told,
        ["received", "resolved", "texts-erased", "noted", "erased"]
    );
}

/// The periods are the settings of today, not those of the last change.
#[test]
fn changed_periods_count_at_once() {
    let world = World::new();
    world.ok("add optout --email ida@example.dk");
    world.ok("resolve n1");
    world.configure("case_months = 0\n");
    assert_eq!(
        world.json("purge --dry-run")["records"],
        json!(["N-2026-0001"])
    );
    world.ok("purge --yes");
    assert_eq!(
        traces(&world, &["ida@example.dk".into()]),
        Vec::<String>::new()
    );
    assert_eq!(world.json("verify")["ok"], true);
}

#[test]
fn looking_changes_no_byte_and_without_a_yes_nothing_is_erased() {
    let (world, _) = with_texts_everywhere();
    let before = files(&folder(&world));
    let told = world.ok("purge --dry-run");
    assert!(told.ends_with("Trial: nothing was erased."), "{told}");
    let refused = world.run("purge");
    assert_eq!(refused.code, 2, "{refused}");
    assert!(
        refused.stdout.contains("3 cases are erased") && refused.stderr.contains("--yes"),
        "{refused}"
    );
    let refused = world.run("purge --json");
    assert_eq!(refused.code, 2, "{refused}");
    assert_eq!(refused.json()["erased"], false);
    assert_eq!(refused.error()["code"], 2);
    assert_eq!(world.run("erase person w02qx@example.dk").code, 2);
    assert_eq!(world.run("--read-only purge --yes").code, 1);
    world.json("--read-only purge --dry-run");
    assert!(before == files(&folder(&world)), "something was written");
    for told in [told, refused.stdout] {
        assert!(!told.contains("qx"), "a name or an address in {told}");
    }
}

#[test]
fn erasing_again_finds_nothing_and_writes_nothing() {
    let (world, _) = with_texts_everywhere();
    let told = world.json("purge --yes");
    assert_eq!(told["erased"], true);
    let before = fs::read(world.store()).unwrap();
    let again = world.json("purge --yes");
    assert_eq!(
        (&again["erased"], &again["records"]),
        (&json!(false), &json!([]))
    );
    let history = world.json("history")["entries"].as_array().unwrap().len();
    world.ok("purge --yes");
    assert_eq!(
        world.json("history")["entries"].as_array().unwrap().len(),
        history
    );
    let after = fs::read(world.store()).unwrap();
    assert!(before == after, "something was written");
}

/// What she asked to see must still be there when she is answered (RULES §1.12).
#[test]
fn who_waits_for_an_answer_keeps_her_records_until_it_is_given() {
    let world = World::new();
    world.on("2024-01-10");
    world.ok("add recording --title Session --name Mette --email mette@example.dk --recorded 2024-01-02 --copy local");
    world.ok("resolve v1");
    world.ok("add optout --email bo@example.dk");
    world.ok("resolve n1");
    world.on("2026-11-22");
    world.access("2026-11-20");
    let plan = world.json("purge --dry-run");
    assert_eq!(plan["records"], json!(["N-2024-0001"]));
    assert_eq!(
        plan["held_back"],
        json!([{"id": "V-2024-0001", "request": "R-2026-0001"}])
    );
    assert!(
        world
            .ok("purge --yes")
            .contains("V-2024-0001 is not erased yet: access request R-2026-0001 is not answered")
    );
    assert_eq!(world.json("show v1")["person"]["name"], "Mette");
    let refused = world.refused("erase person METTE+nyt@example.dk --yes");
    assert!(refused.contains("R-2026-0001 is not answered"), "{refused}");
    world.set_all_tasks("r1", "done");
    world.ok("resolve r1");
    world.ok("purge --yes");
    assert_eq!(world.json("show v1")["erased"]["part"], "record");
}

#[test]
fn one_person_is_erased_out_of_closed_cases() {
    let world = World::new();
    for command in [
        "add request --kind other --name Mette --email Mette+x@Example.dk --message 'Hello, Mettes words'",
        "add request --kind erasure --name Mette --email mette@example.dk",
        "add optout --email mette@example.dk --name Mette",
        "add recording --title Circle --name Group --recorded 2026-10-01 --form group --copy local",
        "note v1 'METTE+X@example.dk was there, and anne-mette@example.dk'",
        "add request --kind other --name 'Anne-Mette' --email anne-mette@example.dk",
        "add optout --email mette@example.dk.org",
        "hold n1 --reason 'Before the authority' --review 2027-01-01",
        "note r3 'By way of mette@example.dk'",
        "undo",
    ] {
        let output = world.run(command);
        assert_eq!(output.code, 0, "{command}: {output}");
    }
    for id in ["r1", "r3"] {
        world.ok(&[
            "resolve",
            id,
            "--override",
            "Only a greeting",
            "--outcome",
            "not-a-request",
        ]);
    }
    for id in ["n1", "n2", "v1"] {
        world.ok(&["resolve", id]);
    }
    let plan = world.json("erase person mette@example.dk --dry-run");
    for (field, expected) in [
        ("records", json!(["R-2026-0001"])),
        ("open", json!(["R-2026-0002"])),
        ("on_hold", json!(["N-2026-0001"])),
        ("mentioned", json!(["V-2026-0001"])),
        ("erased", json!(false)),
    ] {
        assert_eq!(plan[field], expected, "{field}");
    }
    let told = world.ok("erase person mette@example.dk --yes");
    assert!(told.contains("stands in 1 other case"), "{told}");
    assert_eq!(world.json("show r1")["erased"]["part"], "record");
    assert_eq!(world.json("show r2")["person"]["name"], "Mette");
    assert_eq!(
        world.json("show r3")["person"]["emails"],
        json!(["anne-mette@example.dk"])
    );
    assert_eq!(
        traces(&world, &["Mettes words".into(), "By way of".into()]),
        Vec::<String>::new()
    );
    assert_eq!(world.json("verify")["ok"], true);
    assert_eq!(
        world.ok("erase person nobody@example.dk --yes"),
        "There is nothing to erase about nobody@example.dk in closed cases."
    );
    assert!(
        world
            .refused("erase person nobody --yes")
            .contains("not a mail address")
    );
}

/// An address that only stands in what undo could put back is erased from there.
#[test]
fn what_only_undo_still_knows_is_erased_too() {
    let world = World::new();
    world.ok("add optout --email ida@example.dk --name 'Ida Holm'");
    world.ok("undo");
    let words = ["ida@example.dk".to_owned(), "Ida Holm".to_owned()];
    assert_eq!(traces(&world, &words).len(), 2);
    world.ok("erase person ida@example.dk --yes");
    assert_eq!(traces(&world, &words), Vec::<String>::new());
    assert_eq!(world.json("verify")["ok"], true);
}

#[test]
fn an_erased_record_stays_as_it_is() {
    let (world, _) = with_texts_everywhere();
    world.ok("add request --kind access --name Bo --email bo@example.dk");
    world.ok("purge --yes");
    for command in [
        "note r-2024-1 x",
        "edit r-2024-1 --name x",
        "reopen r-2024-1 --reason x",
        "hold r-2024-1 --reason x --review 2027-01-01",
        "release r-2024-1",
        "task r-2024-1 --add x",
        "split r-2024-1 --kind erasure",
        "merge r-2024-1 --into r-2026-1",
        "merge r-2026-1 --into r-2024-1",
        "resolve v1",
        "note n1 x",
        "consent v1 --purpose x --reference y --on 2026-01-01",
        "copy v1 local deleted",
    ] {
        let output = world.run(
            &[
                &crate::world::Args::words(command)
                    .iter()
                    .map(String::as_str)
                    .collect::<Vec<_>>()[..],
                &["--json"],
            ]
            .concat(),
        );
        assert_eq!(output.code, 1, "{command}: {output}");
        let kind = output.error()["kind"].clone();
        let expected = if command.contains("--into r-2024") {
            json!("cannot-merge")
        } else {
            json!("erased")
        };
        assert_eq!(kind, expected, "{command}: {output}");
    }
    // Nothing comes back by undo either, and what is changed afterwards can be undone as ever.
    let told = world.refused("undo");
    assert!(
        told.contains("what lies before an erasure cannot be undone"),
        "{told}"
    );
    world.refused("redo");
    world.ok("note r-2026-1 'New'");
    world.ok("undo");
    world.ok("redo");
    world.ok("undo");
    assert!(world.refused("undo").contains("before an erasure"));
    assert_eq!(world.json("verify")["ok"], true);
}

/// The renaming replaces the file that the link leads to, not the link.
#[test]
fn a_link_to_the_store_stays_a_link() {
    let (world, words) = with_texts_everywhere();
    let real = world.path("elsewhere/real.redb");
    fs::create_dir_all(real.parent().unwrap()).unwrap();
    fs::rename(world.store(), &real).unwrap();
    std::os::unix::fs::symlink(&real, world.store()).unwrap();
    world.ok("purge --yes");
    assert!(fs::symlink_metadata(world.store()).unwrap().is_symlink());
    assert_eq!(traces(&world, &words), Vec::<String>::new());
    let found: Vec<String> = files(real.parent().unwrap())
        .iter()
        .flat_map(|(path, bytes)| {
            words
                .iter()
                .filter(|word| holds(bytes, word))
                .map(move |word| format!("{word} in {path:?}"))
        })
        .collect();
    assert_eq!(found, Vec::<String>::new());
}

/// What a killed process left is completed or taken away at the next start, once, and told.
#[test]
fn what_an_interrupted_erasure_left_is_settled_at_the_next_start() {
    let (world, _) = with_texts_everywhere();
    let before = world.records();
    let unfinished = beside(&world, ".indsigt.redb.erasing");
    let marker = beside(&world, ".indsigt.redb.erased");
    let aside = beside(&world, "indsigt.redb.format-1");
    fs::write(&aside, "W01qx").unwrap();
    fs::write(&unfinished, "W01qx").unwrap();
    // Where nothing may be changed, nothing is.
    world.ok("--read-only due");
    assert!(unfinished.exists());
    let told = world.warned("due");
    assert!(told.contains("nothing was erased. Run it again."), "{told}");
    assert!(!unfinished.exists() && aside.exists());
    world.ok("due");
    assert_eq!(world.records(), before);
    // Killed after the marker was made, before the renaming.
    fs::write(&unfinished, "W01qx").unwrap();
    fs::write(&marker, "").unwrap();
    assert!(world.warned("due").contains("nothing was erased"));
    assert!(!unfinished.exists() && !marker.exists() && aside.exists());
    // Killed after the renaming.
    fs::write(&marker, "").unwrap();
    let told = world.warned("due");
    assert!(
        told.contains("1 file beside the store is deleted now too"),
        "{told}"
    );
    assert!(!marker.exists() && !aside.exists());
    world.ok("due");
}

/// A purge is killed thirty times and more, each time a little later in its work, from before it opens the store to after
/// it has answered. It was carried out whole, or not begun.
#[test]
fn an_erasure_killed_at_any_moment_is_done_or_not_begun() {
    let (world, words) = with_mails(150);
    close(&world, &ids(0..150));
    world.on("2026-11-22");
    fs::write(beside(&world, "indsigt.redb.format-1"), "Name0qx").unwrap();
    let saved = files(&folder(&world));
    let whole_before = world.records();
    let started = Instant::now();
    world.ok("purge --yes");
    let mut whole = started.elapsed();
    let whole_after = world.records();
    let (mut kills, mut done, mut not_begun) = (0, 0, 0);
    for n in 0..120_u32 {
        if n >= 30 && kills >= 10 && not_begun >= 5 && done >= 1 {
            break;
        }
        fs::remove_dir_all(folder(&world)).unwrap();
        for (path, bytes) in &saved {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        let mut child = world.command("purge --yes").spawn().unwrap();
        let (_never, moment_passes) = std::sync::mpsc::channel::<()>();
        let killer = thread::spawn(move || {
            // Not a wait for something to happen: the moment of the kill is what is tried out.
            moment_passes.recv_timeout(whole * (n % 30) / 26).ok();
            drop(child.kill());
            child.wait().unwrap()
        });
        if killer.join().unwrap().success() {
            // How long it takes is guessed from one run, and what runs beside this test comes and goes.
            whole = whole * 7 / 8;
        } else {
            kills += 1;
            whole = whole * 33 / 32;
        }
        let settled: Output = world.run("due");
        assert_eq!(settled.code, 0, "kill {n}: {settled}");
        let records = world.records();
        if records == whole_before {
            not_begun += 1;
            assert!(beside(&world, "indsigt.redb.format-1").exists(), "kill {n}");
        } else {
            done += 1;
            // The dates of the erasure are those of the same day, so that nothing else differs.
            assert!(records == whole_after, "kill {n}: half of it was done");
            assert_eq!(traces(&world, &words), Vec::<String>::new(), "kill {n}");
        }
        assert_eq!(world.json("verify")["ok"], true, "kill {n}");
        let left: Vec<PathBuf> = files(&folder(&world))
            .into_keys()
            .filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with('.'))
            .collect();
        assert!(left.is_empty(), "kill {n} left {left:?}");
    }
    assert!(
        kills >= 10 && not_begun >= 5 && done >= 1,
        "{kills} kills, {not_begun} not begun, {done} done"
    );
}

#[test]
fn on_a_terminal_it_asks_and_only_a_yes_is_one() {
    let (world, words) = with_texts_everywhere();
    let home = text(&world.path(""));
    let envs = [
        ("HOME", home.as_str()),
        ("TERM", "xterm"),
        ("LANG", "da_DK.UTF-8"),
        ("INDSIGT_TODAY", "2026-11-22"),
    ];
    for (answer, told) in [
        ("\r", "Intet er slettet."),
        ("nej\r", "Intet er slettet."),
        ("j\r", "Intet af det er tilbage"),
    ] {
        let line = Pty::spawn(PROGRAM, &["purge"], &envs, (100, 30));
        line.wait_for_text("Det kan ikke fortrydes. [j/N]");
        line.send(answer);
        line.wait_for_text(told);
        assert!(line.wait_exit().success());
        assert_eq!(
            traces(&world, &words).is_empty(),
            answer == "j\r",
            "{answer:?}"
        );
    }
}

/// The file grows by doubling; what is empty of it is given back although nothing is to be erased, and undo still works.
#[test]
fn a_purge_gives_back_room_that_is_not_needed() {
    let world = World::new();
    world.on("2026-11-20");
    let mut mails = String::new();
    for n in 0..12 {
        let text = "Alt det, jeg har skrevet til jer i mange år. ".repeat(4_000);
        write!(
            mails,
            "From x Fri Nov 20 10:00:00 2026\nFrom: <p{n}@example.dk>\nSubject: Indsigt\nMessage-ID: <{n}@x>\n\
             Date: Fri, 20 Nov 2026 10:00:00 +0100\nContent-Type: text/plain; charset=utf-8\n\n\
             Jeg vil gerne have indsigt i mine oplysninger.\n{text}\n\n"
        )
        .unwrap();
    }
    let path = world.write("many.mbox", &mails);
    world.ok(&["import", "mail", "--all", &path]);
    let size = || fs::metadata(world.store()).unwrap().len();
    let before = size();
    assert_eq!(world.json("purge --dry-run")["erased"], json!(false));
    assert_eq!(size(), before);
    world.ok("purge");
    assert_eq!(size(), before, "what only shows writes nothing");
    // Who has the store keeps it: there is nothing that must be done now.
    let lock = File::open(text(&world.store()) + ".lock").unwrap();
    lock.lock_shared().unwrap();
    world.configure("wait_seconds = 0\n");
    world.ok("purge --yes");
    assert_eq!(size(), before);
    drop(lock);
    world.ok("purge --yes");
    let shorter = size();
    assert!(shorter < before, "{before} → {shorter}");
    let bytes = fs::read(world.store()).unwrap();
    world.ok("purge --yes");
    assert!(
        bytes == fs::read(world.store()).unwrap(),
        "something was written"
    );
    assert_eq!(world.json("verify")["problems"], json!([]));
    // Of many records only the first are named.
    let undone = world.ok("undo");
    assert!(undone.contains("R-2026-0007 and 6 more)"), "{undone}");
    assert_eq!(world.json("list requests")["total"], json!(0));
    assert_eq!(world.json("verify")["problems"], json!([]));
}
