//! What runs the stories: given these cases on this day, this command is allowed or refused, and `show` then says this.
//!
//! The stories stand in the files `stories_*.rs`, one test each, every date worked out from `rules/RULES.md` by hand.
//! Nothing but the binary is asked. A refused command must leave every record and the whole history as they were.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::Value;

use crate::world::{Output, World, finish};

/// Mette asks for access, today.
pub(crate) const ACCESS: &str = "add request --kind access --name Mette --email mette@example.dk";
/// Mette wants to be erased, today.
pub(crate) const ERASURE: &str = "add request --kind erasure --name Mette --email mette@example.dk";
/// Mette takes her consent back, today.
pub(crate) const WITHDRAWAL: &str =
    "add request --kind withdrawal --name Mette --email mette@example.dk";
/// Mette objects to marketing, today.
pub(crate) const OBJECTION: &str =
    "add request --kind objection --name Mette --email mette@example.dk";
/// Mette complains, today.
pub(crate) const COMPLAINT: &str =
    "add request --kind complaint --name Mette --email mette@example.dk";
/// Mette asks for something else, today; a case with one task.
pub(crate) const OTHER: &str = "add request --kind other --name Mette --email mette@example.dk";
/// A recording of Mette's whose link was sent on 3 November 2026: to be deleted on Tuesday 1 December.
pub(crate) const RECORDING: &str = "add recording --title Session --name Mette --email mette@example.dk \
    --recorded 2026-11-01 --link-sent 2026-11-03 --copy zoom-cloud --copy local";
/// The first case is answered.
pub(crate) const ANSWERED: &str = "resolve r1 --outcome answered --override 'Answered by hand'";

/// A story.
pub(crate) struct Story {
    /// Where it is written.
    pub(crate) rule: &'static str,
    /// What went before: `on DATE`, `set SETTING`, `all ID STATUS` (every task), else a command that succeeds. What
    /// follows the first line of a command is its standard input.
    pub(crate) given: &'static [&'static str],
    /// The command the story is about.
    pub(crate) when: &'static str,
    /// What it answers.
    pub(crate) answer: Answer,
    /// What holds afterwards.
    pub(crate) then: Vec<Check>,
}

/// What a command answers.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Answer {
    /// Done, without a word of warning.
    Done,
    /// Done, with this in a warning.
    Warned(&'static str),
    /// Done, whether or not it says something.
    Allowed,
    /// Refused by a rule, with this word as `kind`.
    Refused(&'static str),
    /// Failed with this exit code and this word.
    Fails(i32, &'static str),
}

/// One thing that must hold.
pub(crate) struct Check {
    /// An id, or a command that reads (`due …`, `list …`, `history …`).
    pub(crate) of: &'static str,
    /// A JSON pointer; `*` stands for every element of an array.
    pub(crate) pointer: &'static str,
    /// What stands there.
    pub(crate) expected: Expected,
}

/// What stands at a place.
pub(crate) enum Expected {
    /// Exactly this.
    Is(Value),
    /// Something with this in it.
    Has(&'static str),
}

/// Stories as a table, a test function for each.
macro_rules! stories {
    (@check $of:literal, $pointer:literal contains $part:literal) => {
        $crate::stories::Check {
            of: $of,
            pointer: $pointer,
            expected: $crate::stories::Expected::Has($part),
        }
    };
    (@check $of:literal, $pointer:literal, $($value:tt)+) => {
        $crate::stories::Check {
            of: $of,
            pointer: $pointer,
            expected: $crate::stories::Expected::Is(serde_json::json!($($value)+)),
        }
    };
    ($(
        $(#[$doc:meta])*
        $name:ident: $rule:literal,
        given [$($given:expr),* $(,)?],
        when $when:expr => $answer:expr
        $(, then [$(($($check:tt)+)),* $(,)?])?;
    )*) => {$(
        $(#[$doc])*
        #[test]
        fn $name() {
            $crate::stories::Story {
                rule: $rule,
                given: &[$($given),*],
                when: $when,
                answer: $answer,
                then: vec![$($($crate::stories::stories!(@check $($check)+)),*)?],
            }
            .play();
        }
    )*};
}
pub(crate) use stories;

impl Story {
    /// Plays it in a world of its own.
    pub(crate) fn play(&self) {
        let world = World::new();
        for line in self.given {
            prepare(&world, line);
        }
        let refused = matches!(self.answer, Answer::Refused(_) | Answer::Fails(..));
        let before = refused.then(|| world.everything());
        let output = run(&world, self.when);
        let told = format!("{}: {}\n{output}", self.rule, self.when);
        match self.answer {
            Answer::Done => assert!(output.code == 0 && output.stderr.is_empty(), "{told}"),
            Answer::Warned(part) => {
                assert!(output.code == 0 && output.stderr.contains(part), "{told}");
            }
            Answer::Allowed => assert_eq!(output.code, 0, "{told}"),
            Answer::Refused(kind) => assert_failed(&output, 1, kind, &told),
            Answer::Fails(code, kind) => assert_failed(&output, code, kind, &told),
        }
        if let Some(before) = before {
            assert_eq!(before, world.everything(), "it changed something: {told}");
        } else {
            assert!(!self.then.is_empty(), "a story that checks nothing: {told}");
        }
        for check in &self.then {
            check.assert(&world, &told);
        }
    }
}

/// Brings the world one step towards the beginning of the story.
fn prepare(world: &World, line: &'static str) {
    let words: Vec<&str> = line.split(' ').collect();
    match words[..] {
        ["on", day] => world.on(day),
        ["set", ..] => world.configure(line.trim_start_matches("set ")),
        ["all", id, status] => world.set_all_tasks(id, status),
        _ => {
            let output = run(world, line);
            assert_eq!(output.code, 0, "{line}\n{output}");
        }
    }
}

/// Runs a command with `--json`; what follows its first line is its standard input.
fn run(world: &World, line: &str) -> Output {
    let (words, stdin) = match line.split_once('\n') {
        Some((words, stdin)) => (words, Some(stdin.as_bytes())),
        None => (line, None),
    };
    let mut command = world.command(words);
    command.arg("--json");
    finish(command, stdin)
}

/// It failed as it should, and said so as CONTRACT wants it said.
fn assert_failed(output: &Output, code: i32, kind: &str, told: &str) {
    assert_eq!((output.code, output.stdout.as_str()), (code, ""), "{told}");
    let error = output.error();
    assert_eq!(error["kind"], kind, "{told}");
    assert_eq!(error["code"], code, "{told}");
    let message = error["message"].as_str().unwrap();
    assert!(!message.is_empty() && !message.contains('⟦'), "{told}");
}

impl Check {
    fn assert(&self, world: &World, told: &str) {
        let document = if self.of.starts_with(['r', 'R', 'v', 'V', 'n', 'N']) {
            world.json(&["show", self.of])
        } else {
            world.json(self.of)
        };
        let found = look(&document, self.pointer)
            .unwrap_or_else(|| panic!("no {} in {}: {document:#}\n{told}", self.pointer, self.of));
        let place = format!("{} of {}", self.pointer, self.of);
        match &self.expected {
            Expected::Is(expected) => assert_eq!(&found, expected, "{place} after {told}"),
            Expected::Has(part) => {
                assert!(
                    found.to_string().contains(part),
                    "{place} is {found} after {told}"
                );
            }
        }
    }
}

/// What stands at a JSON pointer; with `*`, what stands there in every element.
fn look(value: &Value, pointer: &str) -> Option<Value> {
    match pointer.split_once("/*") {
        None => value.pointer(pointer).cloned(),
        Some((list, rest)) => {
            let elements = value.pointer(list)?.as_array()?.iter();
            elements
                .map(|element| look(element, rest))
                .collect::<Option<Vec<Value>>>()
                .map(Value::Array)
        }
    }
}
