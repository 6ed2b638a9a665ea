//! A data subject as the program knows her: a name and the addresses she writes from.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// The languages there are, a line for each: its name, its ISO 639-1 code and what it is called. Whoever needs something of
/// every language gives a macro that is called with all the lines: the enum below, the files of texts, templates, samples.
macro_rules! languages {
    ($each:ident) => {
        $each! {
            Da "da" "Danish.",
            En "en" "English.",
        }
    };
}
pub(crate) use languages;

macro_rules! define {
    ($($name:ident $code:literal $called:literal,)+) => {
        /// The language a person is written to in, and the language of the program.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        pub enum Language {
            $(#[doc = $called] $name,)+
        }

        impl Language {
            /// All of them, in the order in which they are offered.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The ISO 639-1 code.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)+
                }
            }
        }
    };
}
languages!(define);

impl Language {
    /// The codes of all of them, in their order.
    pub fn codes() -> impl Iterator<Item = &'static str> {
        Self::ALL.iter().map(|language| language.code())
    }

    /// The language that has this code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|language| language.code() == code)
    }
}

/// Something in every language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ByLanguage<T>([T; Language::ALL.len()]);

impl<T> ByLanguage<T> {
    /// What `of` gives for each; it is asked in the order of [`Language::ALL`].
    pub fn of(mut of: impl FnMut(Language) -> T) -> Self {
        Self(std::array::from_fn(|index| of(Language::ALL[index])))
    }

    /// That of one language.
    pub const fn get(&self, language: Language) -> &T {
        &self.0[language as usize]
    }

    /// That of one language, to be changed.
    pub const fn get_mut(&mut self, language: Language) -> &mut T {
        &mut self.0[language as usize]
    }
}

impl<T> ByLanguage<Option<T>> {
    /// All of it, unless some language lacks it.
    pub fn complete(self) -> Option<ByLanguage<T>> {
        let all: Vec<T> = self.0.into_iter().collect::<Option<_>>()?;
        all.try_into().ok().map(ByLanguage)
    }
}

/// The data subject (den registrerede).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Name as it was given.
    pub name: String,
    /// Addresses as they were given, the first being the one to answer to.
    #[serde(default)]
    pub emails: Vec<String>,
}

impl Person {
    /// The address to answer to.
    pub fn email(&self) -> Option<&str> {
        self.emails.first().map(String::as_str)
    }

    /// Her addresses as they are compared.
    pub fn addresses(&self) -> BTreeSet<String> {
        self.emails.iter().map(|email| normalise(email)).collect()
    }

    /// Whether one of her addresses is, compared, one of `addresses`.
    pub fn has_any(&self, addresses: &BTreeSet<String>) -> bool {
        self.emails
            .iter()
            .any(|email| addresses.contains(&normalise(email)))
    }
}

/// An address as it is compared: without regard to case or to a `+tag` (RULES §3).
///
/// `Mette+x@Example.dk` is `mette@example.dk`.
pub fn normalise(email: &str) -> String {
    let mut lower = email.trim().to_lowercase();
    if let Some(at) = lower.rfind('@')
        && let Some(plus) = lower[..at].find('+')
        && plus > 0
    {
        lower.replace_range(plus..at, "");
    }
    lower
}

/// Whether a text can be an e-mail address: one `@` with something on both sides and no blanks or controls.
pub fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    !local.is_empty()
        && !domain.is_empty()
        && text.len() <= 254
        && !domain.starts_with(['.', '-'])
        && !domain.ends_with(['.', '-'])
        && !domain.contains("..")
        && !text
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || "<>(),;:\"[]\\".contains(c))
        && !local.contains('@')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_tag_do_not_make_another_person() {
        assert_eq!(normalise(" Mette+x@Example.dk "), "mette@example.dk");
        assert_eq!(normalise("+odd@example.dk"), "+odd@example.dk");
        let mette = Person {
            name: "Mette".into(),
            emails: vec!["METTE+nyt@example.dk".into()],
        };
        assert!(mette.has_any(&["mette@example.dk".to_owned()].into()));
    }

    #[test]
    fn addresses_are_told_from_other_words() {
        for good in [
            "a@b.dk",
            "mette.h+x@sub.example.dk",
            "søren@exämple.dk",
            "a@localhost",
        ] {
            assert!(is_address(good), "{good}");
        }
        for bad in [
            "", "mette", "@b.dk", "a@", "a b@c.dk", "a@b..dk", "a@b@c.dk", "a@.dk", "<a@b.dk>",
        ] {
            assert!(!is_address(bad), "{bad}");
        }
    }
}
