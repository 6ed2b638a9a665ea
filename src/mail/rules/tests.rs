use super::*;
use crate::catalogue::{Expected, Problem};

/// What the owner's file makes of a subject and a text.
fn asked_by(own: &str, subject: &str, text: &str) -> Asked {
    let rules = Rules::with_own(own).unwrap();
    crate::mail::classify::suggest_for(&rules, subject, text).asked
}

fn problems(own: &str) -> Vec<(usize, Problem)> {
    let problems = Rules::with_own(own).unwrap_err();
    problems
        .into_iter()
        .map(|problem| (problem.line.unwrap_or_default(), problem.problem))
        .collect()
}

const ONE: &str = "shipped = false\n[[rule]]\nkind = \"access\"\nweight = 2\n";

#[test]
fn the_shipped_rules_can_be_read() {
    let rules = Rules::built_in();
    let phrases: usize = rules.of_words.iter().map(|rule| rule.phrases.len()).sum();
    assert!(phrases > 300, "{phrases}");
}

#[test]
fn a_phrase_stands_in_one_sentence_with_few_words_between() {
    for (phrase, text, is_found) in [
        (
            "trækker .. tilbage",
            "Jeg trækker hermed mit\nsamtykke tilbage",
            true,
        ),
        (
            "artikel 7 stk 3",
            "jf. artikel 7, stk. 3, i forordningen",
            true,
        ),
        ("oplysning* .. mig", "OPLYSNINGERNE, mig", true),
        ("slet .. mig", "Den er slet. Giv mig den", false),
        ("slet .. mig", "slet a b c d e f mig", false),
        ("slet", "slette", false),
        ("mig + slet", "slet a b c d e f mig", true),
        ("slet + slet", "slet", false),
        ("slet + slet", "slet og slet", true),
        (
            "trækker .. tilbage + samtykke",
            "trækker mit samtykke tilbage",
            true,
        ),
        (
            "trækker .. tilbage + trækker",
            "trækker mit samtykke tilbage",
            false,
        ),
        ("don't stop", "Don’t stop", true),
        ("ønsker", "oensker", true),
        ("{my} kuffert", "mine kuffert", true),
        ("kuffertnavn", "kufertnavn", true),
    ] {
        let own = format!("{ONE}phrases = [\"{phrase}\"]\n");
        let expected = if is_found { Kind::Access } else { Kind::Other };
        assert_eq!(
            asked_by(&own, "", text),
            Asked::For(expected),
            "{phrase}: {text}"
        );
    }
}

#[test]
fn what_stands_beside_a_phrase_can_take_it_back() {
    let rule = |more: &str| format!("{ONE}phrases = [\"kuffert\"]\n{more}\n");
    let access = Asked::For(Kind::Access);
    let nothing = Asked::For(Kind::Other);
    for (more, text, expected) in [
        ("unless = [\"rød\"]", "En kuffert. Den er rød.", access),
        ("unless = [\"rød\"]", "En rød kuffert.", nothing),
        ("with = [\"rød\"]", "En kuffert. Den er rød.", access),
        ("with = [\"rød\"]", "En kuffert. Den er blå.", nothing),
        ("not_with = [\"rød\"]", "En kuffert. Den er rød.", nothing),
    ] {
        assert_eq!(asked_by(&rule(more), "", text), expected, "{more}: {text}");
    }
    let subject = format!("{ONE}subject = [\"kuffert\"]\n");
    assert_eq!(asked_by(&subject, "Kuffert!", ""), access);
    assert_eq!(asked_by(&subject, "Sv: Kuffert", ""), nothing);
    assert_eq!(asked_by(&subject, "Min kuffert", ""), nothing);
}

#[test]
fn the_owner_adds_and_switches_off() {
    let text = "Jeg beder om aktindsigt i mit kartotekskort nummer syv.";
    let own = "[[rule]]\nkind = \"access\"\nweight = 3\nphrases = [\"kartotekskort\"]\n";
    assert_eq!(
        asked_by("", "", "Mit kartotekskort"),
        Asked::For(Kind::Other)
    );
    assert_eq!(asked_by(own, "", text), Asked::For(Kind::Access));
    let word = "[words]\ndelete = [\"kyl\"]\n";
    assert_eq!(
        asked_by(word, "", "Kyl mine data"),
        Asked::For(Kind::Erasure)
    );
    let off = "without = [\"dsar\"]\n";
    assert_eq!(asked_by("", "", "DSAR"), Asked::For(Kind::Access));
    assert_eq!(asked_by(off, "", "DSAR"), Asked::For(Kind::Other));
    let whole = "without = [\"access, law\"]\n";
    assert_eq!(asked_by(whole, "", "DSAR"), Asked::For(Kind::Other));
}

#[test]
fn every_problem_of_the_file_is_told_by_its_line() {
    let own = "\
farve = 1
without = [\"findes ikke\"]
[[rule]]
kind = \"acces\"
weight = 12
phrases = [\"..\", \"{ukendt} her\", 7]
[[rule]]
weight = 1
[words]
ring = [\"{ring} rundt\"]
[[always]]
is = \"request\"
";
    let found = problems(own);
    let lines: Vec<usize> = found.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [1, 2, 4, 5, 6, 6, 6, 7, 7, 10, 11], "{found:?}");
    assert!(found.iter().any(|(_, problem)| matches!(
        problem,
        Problem::WrongType {
            expected: Expected::Weight,
            ..
        }
    )));
    let broken = problems("[[rule]\nkind = \"access\"\n");
    assert!(
        matches!(broken[0], (1, Problem::Syntax { .. })),
        "{broken:?}"
    );
}

#[test]
fn addresses_are_like_a_pattern() {
    for (address, pattern, is_meant) in [
        ("Bo@Firma.dk", "bo@firma.dk", true),
        ("bo@firma.dk", "@firma.dk", true),
        ("bo@under.firma.dk", "@firma.dk", false),
        ("news-7@firma.dk", "news*", true),
        ("bo@firma.dk", "*@firma.*", true),
        ("bo@firma.dk", "*firma", false),
        ("bo@firma.dk", "bo", false),
        ("a.b.c", "a*b*c", true),
    ] {
        assert_eq!(is_like(address, pattern), is_meant, "{address} {pattern}");
    }
}

#[test]
fn long_texts_are_looked_through_quickly() {
    let text = "slet mine data om mig ikke ".repeat(20_000);
    asked_by("", "", &text);
}
