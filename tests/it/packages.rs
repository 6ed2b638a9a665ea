//! What goes out: the package for the person, and the evidence for the authority (issue 6).

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::world::World;

/// An access request with rows of a service, a file for the person, one for the owner, a recording, and somebody else.
fn world() -> World {
    let world = World::danish();
    world.on("2026-11-20");
    world.access("2026-11-18");
    let person = world.json("show r1")["person"].clone();
    let email = person["emails"][0].as_str().unwrap();
    let name = person["name"].as_str().unwrap();
    let rows = format!("Email,Note\n{email},=1+1\nbo@example.dk,SECRETqx\n");
    let path = world.write("kajabi.csv", rows);
    world.ok(&["task", "r1", "kajabi", "done", "--from", &path]);
    let own = world.write("udskrift.txt", "Din profil\n");
    world.ok(&["attach", "r1", &own, "--task", "zoom"]);
    let internal = world.write("noter.txt", "INTERNqx");
    world.ok(&["attach", "r1", &internal, "--internal"]);
    world.ok("note r1 'NOTEqx'");
    let film = world.write("film.mp4", "FILM");
    world.warned(&[
        "add",
        "recording",
        "--title",
        "Første session",
        "--name",
        name,
        "--email",
        email,
        "--recorded",
        "2026-11-01",
        "--link-sent",
        "2026-11-02",
        "--copy",
        &format!("local={film}"),
        "--copy",
        "zoom-cloud=88",
    ]);
    world.ok("add optout --email bo@example.dk");
    fs::create_dir(world.path("out")).unwrap();
    world
}

/// Every file below a folder by its path in it.
fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let mode = path.metadata().unwrap().permissions().mode() & 0o777;
            if path.is_dir() {
                assert_eq!(mode, 0o700, "{}", path.display());
                folders.push(path);
            } else {
                assert_eq!(mode, 0o600, "{}", path.display());
                let name = path.strip_prefix(root).unwrap().display().to_string();
                found.insert(name, fs::read(path).unwrap());
            }
        }
    }
    found
}

fn to(world: &World, more: &[&str]) -> Vec<String> {
    let out = world.path("out").display().to_string();
    let args = ["export", "r1", "--to", &out];
    args.iter()
        .chain(more)
        .map(|arg| (*arg).to_owned())
        .collect()
}

fn run(world: &World, more: &[&str]) -> crate::world::Output {
    let args = to(world, more);
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    world.run(args.as_slice())
}

#[test]
fn the_package_holds_hers_and_nothing_of_anybody_else() {
    let world = world();
    let told = run(&world, &[]);
    assert_eq!(told.code, 0, "{told}");
    let root = world.path("out/R-2026-0001");
    let found = files(&root);
    let names: Vec<&str> = found.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "LÆSMIG.html",
            "SHA256SUMS.txt",
            "data/indsigt.json",
            "data/kajabi-kajabi.csv",
            "data/kajabi-kajabi.json",
            "filer/udskrift.txt",
            "optagelser/2026-11-01-film.mp4",
        ]
    );
    for (name, bytes) in &found {
        let text = String::from_utf8_lossy(bytes);
        for word in ["SECRETqx", "bo@example.dk", "INTERNqx", "NOTEqx"] {
            assert!(!text.contains(word), "{word} in {name}");
        }
    }
    let page = String::from_utf8(found["LÆSMIG.html"].clone()).unwrap();
    for part in [
        "lang=\"da\"",
        "arbejdsnotater",
        "href=\"data/kajabi-kajabi.csv\"",
        "Kajabi",
    ] {
        assert!(page.contains(part), "{part} in\n{page}");
    }
    // The checksums are what `sha256sum -c` takes, and right.
    for line in String::from_utf8(found["SHA256SUMS.txt"].clone())
        .unwrap()
        .lines()
    {
        let (sum, name) = line.split_once("  ").unwrap();
        let digest = Sha256::digest(&found[name]);
        assert_eq!(
            u128::from_str_radix(&sum[..32], 16).unwrap().to_be_bytes(),
            digest[..16],
            "{name}"
        );
        assert_eq!(sum.len(), 64);
    }
    let data: Value = serde_json::from_slice(&found["data/indsigt.json"]).unwrap();
    assert_eq!(data["records"][0]["id"], "R-2026-0001");
    assert_eq!(data["records"][1]["title"], "Første session");
    // Formulas are harmless in what she opens in a spreadsheet, and as they were in the JSON.
    assert!(String::from_utf8_lossy(&found["data/kajabi-kajabi.csv"]).contains("'=1+1"));
    let rows: Value = serde_json::from_slice(&found["data/kajabi-kajabi.json"]).unwrap();
    assert_eq!(rows["tables"][0]["rows"][0][1], "=1+1");
    // Never over what is there.
    assert_eq!(run(&world, &[]).code, 1);
    assert_eq!(files(&root), found);
    let rest = fs::read_dir(world.path("out")).unwrap().count();
    assert_eq!(rest, 1, "nothing half-written is left");
}

#[test]
fn a_foreign_address_is_told_before_anything_is_written() {
    let world = world();
    let path = world.write("liste.csv", "Navn;Mail\nBo;BO+x@example.dk\n");
    world.ok(&["attach", "r1", &path]);
    let refused = run(&world, &[]);
    assert_eq!(refused.code, 1, "{refused}");
    assert!(refused.stderr.contains("bo@example.dk") && refused.stderr.contains("filer/liste.csv"));
    assert!(refused.stderr.contains("N-2026-0001"), "{refused}");
    assert!(files(&world.path("out")).is_empty());
    assert_eq!(run(&world, &["--others-checked"]).code, 0);
    assert!(files(&world.path("out")).contains_key("R-2026-0001/filer/liste.csv"));
}

#[test]
fn one_file_with_a_passphrase_that_others_open() {
    let world = world();
    let words = world.write("ord", "hest batteri\nmere\n");
    let told = run(&world, &["--password-file", &words]);
    assert_eq!(told.code, 0, "{told}");
    let path = world.path("out/R-2026-0001.zip");
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let bytes = fs::read(&path).unwrap();
    assert!(!String::from_utf8_lossy(&bytes).contains("Din profil"));
    let mut zip = zip::ZipArchive::new(File::open(&path).unwrap()).unwrap();
    let name = "R-2026-0001/filer/udskrift.txt";
    assert!(zip.by_name_decrypt(name, b"forkert").is_err());
    let mut text = String::new();
    let mut file = zip.by_name_decrypt(name, b"hest batteri").unwrap();
    file.read_to_string(&mut text).unwrap();
    drop(file);
    assert_eq!(text, "Din profil\n");
    // As the program does that most people have for it.
    let opened = Command::new("7z")
        .arg("t")
        .arg(concat!("-p", "hest batteri"))
        .arg(&path)
        .output();
    match opened {
        Ok(output) => assert!(output.status.success(), "{output:?}"),
        Err(_) => println!("skipped: there is no 7z here to open the file with"),
    }
    fs::remove_file(&path).unwrap();
    assert_eq!(run(&world, &["--zip"]).code, 0);
    let mut zip = zip::ZipArchive::new(File::open(&path).unwrap()).unwrap();
    assert!(zip.by_name(name).is_ok());
}

#[test]
fn the_letter_that_was_sent_goes_with_it() {
    let world = World::danish();
    world.on("2026-11-20");
    world.configure(
        "[controller]\nname = \"Luma\"\naddress = \"Vej 1, 1234 By\"\nemail = \"luma@example.dk\"\n",
    );
    world.access("2026-11-18");
    world.set_all_tasks("r1", "nothing-held");
    world.warned("letter r1 nothing-held --mark-sent mail");
    fs::create_dir(world.path("out")).unwrap();
    assert_eq!(run(&world, &[]).code, 0);
    let sent = world.json("show r1")["letters"][0]["text"].clone();
    let found = files(&world.path("out/R-2026-0001"));
    let letter = String::from_utf8(found["brev.txt"].clone()).unwrap();
    assert!(letter.contains(sent.as_str().unwrap().trim()), "{letter}");
}

#[test]
fn what_is_no_request_has_no_package() {
    let world = world();
    let out = world.path("out").display().to_string();
    world.refused(&["export", "v1", "--to", &out]);
    world.refused(&["export", "evidence", "n1", "--to", &out]);
    world.fails(3, &["export", "r9", "--to", &out]);
    world.fails(2, "export r1");
    world.fails(2, "export requests");
    world.fails(2, &["export", "evidence", "--to", &out]);
    world.fails(74, "export r1 --to /nowhere/at/all");
    assert!(files(&world.path("out")).is_empty());
}

#[test]
fn the_evidence_has_the_whole_case_and_its_chain() {
    let world = world();
    let out = world.path("out").display().to_string();
    world.ok("identity r1 requested --reason 'Adressen er ny'");
    world.ok(&["export", "evidence", "r1", "--to", &out]);
    let found = files(&world.path("out"));
    let value: Value = serde_json::from_slice(&found["R-2026-0001-dokumentation.json"]).unwrap();
    let history = world.json("history r1");
    let listed = history["entries"].as_array().unwrap();
    let entries = value["history"].as_array().unwrap();
    assert_eq!(entries.len(), listed.len());
    assert!(
        entries
            .iter()
            .all(|entry| entry["chain"].as_str().unwrap().len() == 64)
    );
    assert_eq!(value["case"]["identity"]["reason"], "Adressen er ny");
    let text = String::from_utf8(found["R-2026-0001-dokumentation.txt"].clone()).unwrap();
    for part in ["Forløb", "Adressen er ny", "SHA-256", "Søg i Kajabi"] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
    let page = String::from_utf8(found["R-2026-0001-dokumentation.html"].clone()).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("Adressen er ny"));
    world.refused(&["export", "evidence", "r1", "--to", &out]);
    assert_eq!(value["id"], json!("R-2026-0001"));
}
