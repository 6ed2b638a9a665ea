//! A sealed world for the program: a home of its own, an empty environment, a fixed date.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;

use serde_json::Value;
use tempfile::TempDir;

/// The day on which stories begin: a Sunday, the day before a legal last day that was moved over it.
pub(crate) const TODAY: &str = "2026-11-22";

/// The program under test.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_indsigt");

/// A home folder and what the program finds around it. Gone when dropped.
pub(crate) struct World {
    home: TempDir,
    today: Mutex<&'static str>,
    locale: &'static str,
}

/// What a run of the program left behind.
#[must_use = "assert the exit code, or look at what was printed"]
pub(crate) struct Output {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) code: i32,
}

/// As a transcript: standard output, then standard error, then the exit code where it is not 0.
impl fmt::Display for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.stdout)?;
        if !self.stderr.is_empty() {
            write!(f, "------- stderr -------\n{}", self.stderr)?;
        }
        if self.code != 0 {
            write!(f, "[exit code {}]", self.code)?;
        }
        Ok(())
    }
}

/// The words of a command line: as it is typed, with single quotes round what has blanks, or one by one.
pub(crate) trait Args: Copy + fmt::Debug {
    /// The words.
    fn words(self) -> Vec<String>;
}

impl Args for &str {
    fn words(self) -> Vec<String> {
        let mut words = Vec::new();
        // Every second part stands between quotes.
        for (n, part) in self.split('\'').enumerate() {
            if n % 2 == 1 {
                words.push(part.to_owned());
            } else {
                words.extend(part.split_whitespace().map(str::to_owned));
            }
        }
        words
    }
}

impl Args for &[&str] {
    fn words(self) -> Vec<String> {
        self.iter().map(|&word| word.to_owned()).collect()
    }
}

impl<const N: usize> Args for &[&str; N] {
    fn words(self) -> Vec<String> {
        self.as_slice().words()
    }
}

impl Args for &Vec<&str> {
    fn words(self) -> Vec<String> {
        self.as_slice().words()
    }
}

impl World {
    /// An English world; what is read by people is then easiest to compare.
    pub(crate) fn new() -> Self {
        Self::speaking("en_GB.UTF-8")
    }

    /// A Danish world.
    pub(crate) fn danish() -> Self {
        Self::speaking("da_DK.UTF-8")
    }

    /// A world with another locale.
    pub(crate) fn speaking(locale: &'static str) -> Self {
        let home = tempfile::Builder::new()
            .prefix("indsigt-it-")
            .tempdir()
            .unwrap();
        Self {
            home,
            today: Mutex::new(TODAY),
            locale,
        }
    }

    /// From here on it is this day.
    pub(crate) fn on(&self, today: &'static str) {
        *self.today.lock().unwrap() = today;
    }

    /// A path in the home folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// The store's default place.
    pub(crate) fn store(&self) -> PathBuf {
        self.path(".local/share/indsigt/indsigt.redb")
    }

    /// Writes a file into the home folder and gives its path as text.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        text(&path)
    }

    /// Puts settings where the program looks for them.
    pub(crate) fn configure(&self, settings: &str) {
        self.write(".config/indsigt/config.toml", settings);
    }

    /// The program, about to run with these arguments.
    pub(crate) fn command(&self, args: impl Args) -> Command {
        let mut command = Command::new(PROGRAM);
        command
            .args(args.words())
            .env_clear()
            .env("HOME", self.home.path())
            .env("LANG", self.locale)
            .env("INDSIGT_TODAY", *self.today.lock().unwrap())
            .current_dir(self.home.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs the program.
    pub(crate) fn run(&self, args: impl Args) -> Output {
        finish(self.command(args), None)
    }

    /// Runs the program with something on its standard input.
    pub(crate) fn run_with(&self, args: impl Args, stdin: impl AsRef<[u8]>) -> Output {
        finish(self.command(args), Some(stdin.as_ref()))
    }

    /// Runs the program with variables in its environment.
    pub(crate) fn run_in(&self, envs: &[(&str, &str)], args: impl Args) -> Output {
        let mut command = self.command(args);
        command.envs(envs.iter().copied());
        finish(command, None)
    }

    /// Runs what must succeed, without a word on standard error; gives standard output without its last line break.
    pub(crate) fn ok(&self, args: impl Args) -> String {
        let output = self.run(args);
        assert!(
            output.code == 0 && output.stderr.is_empty(),
            "{args:?}\n{output}"
        );
        output.stdout.trim_end_matches('\n').to_owned()
    }

    /// Runs what must succeed and say something on standard error; gives that.
    pub(crate) fn warned(&self, args: impl Args) -> String {
        let output = self.run(args);
        assert!(
            output.code == 0 && !output.stderr.is_empty(),
            "{args:?}\n{output}"
        );
        output.stderr
    }

    /// Runs what must succeed with `--json` and gives the one document on standard output.
    pub(crate) fn json(&self, args: impl Args) -> Value {
        let mut command = self.command(args);
        command.arg("--json");
        let output = finish(command, None);
        assert_eq!(output.code, 0, "{args:?}\n{output}");
        output.json()
    }

    /// Runs what must fail with this code and change nothing: neither records nor history. Gives standard error.
    pub(crate) fn fails(&self, code: i32, args: impl Args) -> String {
        let before = self.everything();
        let output = self.run(args);
        assert_eq!(output.code, code, "{args:?}\n{output}");
        assert_eq!(output.stdout, "", "{args:?} printed although it failed");
        assert_brief(&output.stderr);
        assert_eq!(before, self.everything(), "{args:?} changed something");
        output.stderr
    }

    /// Runs what a rule must refuse. Gives the reason.
    pub(crate) fn refused(&self, args: impl Args) -> String {
        self.fails(1, args)
    }

    /// All records and the whole history, as text; `None` while there is no store.
    pub(crate) fn everything(&self) -> Option<(String, String)> {
        self.store()
            .exists()
            .then(|| (self.records(), self.ok("history --json --limit 1000000")))
    }

    /// All records as `export all` gives them.
    pub(crate) fn records(&self) -> String {
        self.ok("export all --format json")
    }

    /// Enters an access request of Mette's, received on `received`, and gives its id.
    pub(crate) fn access(&self, received: &str) -> String {
        self.request("access", "Mette Hansen", "mette@example.dk", received)
    }

    /// Enters a request and gives its id, whatever the program warns about.
    pub(crate) fn request(&self, kind: &str, name: &str, email: &str, received: &str) -> String {
        let output = self.run(&[
            "add",
            "request",
            "--kind",
            kind,
            "--name",
            name,
            "--email",
            email,
            "--received",
            received,
        ]);
        assert_eq!(output.code, 0, "{output}");
        output.stdout.trim_end().to_owned()
    }

    /// Sets every task of a case to `status`.
    pub(crate) fn set_all_tasks(&self, id: &str, status: &str) {
        for task in self.json(&["show", id])["tasks"].as_array().unwrap() {
            let task = task["id"].as_str().unwrap();
            self.ok(&["task", id, task, status]);
        }
    }
}

/// A world with one of everything, open and closed.
pub(crate) fn full() -> World {
    let world = World::new();
    world.access("2026-10-22T23:30:00+02:00");
    world.ok(
        "add recording --title 'First session' --name 'Bo Lind' --email bo@example.dk \
            --recorded 2026-11-01 --link-sent 2026-11-03 --link-expires 2026-11-20 \
            --copy zoom-cloud=88/1 --copy local",
    );
    world.ok("add optout --email ida@example.dk --source link");
    world.request("other", "Carl", "carl@example.dk", "2026-11-20");
    world.ok("resolve r2 --override 'Only a greeting' --outcome not-a-request");
    world
}

impl Output {
    /// Standard output as one JSON document.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("not one JSON document ({error}):\n{self}"))
    }

    /// The error object on standard error.
    pub(crate) fn error(&self) -> Value {
        let value: Value = serde_json::from_str(&self.stderr)
            .unwrap_or_else(|error| panic!("not one JSON document ({error}):\n{self}"));
        value["error"].clone()
    }
}

/// Errors are one to three lines, none of them blank (CONTRACT, "Exit codes").
pub(crate) fn assert_brief(stderr: &str) {
    let lines: Vec<&str> = stderr.lines().collect();
    assert!(
        (1..=3).contains(&lines.len()) && lines.iter().all(|line| !line.trim().is_empty()),
        "an error is one to three lines:\n{stderr}"
    );
    assert!(!stderr.contains('⟦'), "a text is missing:\n{stderr}");
}

/// A path as an argument.
pub(crate) fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

/// A file of `tests/data`.
pub(crate) fn data(name: &str) -> String {
    text(
        &Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/data")
            .join(name),
    )
}

/// Runs a command to its end, with its pipes served so that none of them fills up.
pub(crate) fn finish(mut command: Command, stdin: Option<&[u8]>) -> Output {
    if stdin.is_some() {
        command.stdin(Stdio::piped());
    }
    let mut child = command.spawn().unwrap();
    let feeder = stdin.map(|bytes| {
        let mut pipe = child.stdin.take().unwrap();
        let bytes = bytes.to_vec();
        // A program that does not read to the end closes the pipe; that is its right.
        std::thread::spawn(move || drop(pipe.write_all(&bytes)))
    });
    let output = child.wait_with_output().unwrap();
    if let Some(feeder) = feeder {
        feeder.join().unwrap();
    }
    Output {
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
        code: output.status.code().unwrap_or(-1),
    }
}
