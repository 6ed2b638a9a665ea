//! `verify`: what was checked, what is wrong, and the head of the history to note down.

use serde_json::{Value, json};

use super::exit::Exit;
use super::{Ended, Failure, Session, printed};
use crate::i18n::Texts;
use crate::store::Verification;

/// Characters of the chain's head that are shown; enough to tell two heads apart.
const HEAD_CHARS: usize = 16;

impl Session {
    pub(super) fn verify(&mut self) -> Ended {
        let found = self.desk.store.verify()?;
        if self.global.json {
            let value = verification_json(&found, &self.texts);
            printed(self.out.json(&value))?;
        } else {
            self.print_verification(&found)?;
        }
        if found.total == 0 {
            return Ok(Exit::Done);
        }
        let message = self
            .texts
            .message("verify-problems", &[("n", found.total.into())]);
        Err(Failure::Damaged(message))
    }

    fn print_verification(&mut self, found: &Verification) -> Result<(), Failure> {
        let texts = &self.texts;
        let mut lines = vec![texts.with(
            "verify-checked",
            &[
                ("records", found.checked.records.into()),
                ("entries", found.checked.entries.into()),
                ("rows", found.checked.index_rows.into()),
            ],
        )];
        if let Some((seq, chain)) = &found.head {
            let head: String = chain.chars().take(HEAD_CHARS).collect();
            lines.push(texts.with(
                "verify-head",
                &[("seq", seq.to_string().into()), ("chain", head.into())],
            ));
        }
        if found.problems.is_empty() {
            lines.push(texts.get("verify-ok"));
        }
        lines.extend(
            found
                .problems
                .iter()
                .map(|problem| texts.store_problem(problem)),
        );
        let more = found.total - found.problems.len();
        if more > 0 {
            lines.push(texts.with("import-more", &[("n", more.into())]));
        }
        for line in lines {
            printed(self.out.line(line))?;
        }
        Ok(())
    }
}

fn verification_json(found: &Verification, texts: &Texts) -> Value {
    let problems: Vec<Value> = found
        .problems
        .iter()
        .map(|problem| {
            json!({
                "what": problem.fault.word(),
                "table": problem.table,
                "key": problem.key,
                "id": problem.id,
                "message": texts.store_problem(problem),
            })
        })
        .collect();
    let checked = found.checked;
    json!({
        "ok": found.total == 0,
        "checked": {
            "bytes": checked.bytes,
            "records": checked.records,
            "history": checked.entries,
            "operations": checked.operations,
            "drafts": checked.drafts,
            "files": checked.files,
            "index_rows": checked.index_rows,
        },
        "head": found.head.as_ref().map(|(seq, chain)| json!({"seq": seq, "chain": chain})),
        "problems": problems,
        "total": found.total,
    })
}
