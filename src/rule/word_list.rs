//! The word lists under `rules/registry/`: one entry a line, `#` before a comment.

use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A list of words or hosts, each with an optional kind after two blanks.
#[derive(Debug)]
pub struct WordList(BTreeMap<&'static str, &'static str>);

impl WordList {
    fn read(text: &'static str) -> Self {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        Self(lines.map(|line| line.split_once("  ").map_or((line, ""), |(word, kind)| (word, kind.trim()))).collect())
    }

    /// True where the list has the entry.
    pub fn has(&self, entry: &str) -> bool {
        self.0.contains_key(entry)
    }

    /// The kind of an entry; empty where the list gives none.
    pub fn kind(&self, entry: &str) -> Option<&'static str> {
        self.0.get(entry).copied()
    }

    /// The kind of a host or of the nearest domain above it, label by label.
    pub fn kind_of_host(&self, host: &str) -> Option<&'static str> {
        let mut rest = host;
        loop {
            if let Some(kind) = self.kind(rest) {
                return Some(kind);
            }
            rest = rest.split_once('.')?.1;
        }
    }
}

macro_rules! word_list {
    ($(#[$about:meta])* $name:ident, $file:literal) => {
        $(#[$about])*
        pub fn $name() -> &'static WordList {
            static LIST: OnceLock<WordList> = OnceLock::new();
            LIST.get_or_init(|| WordList::read(include_str!(concat!("../../rules/registry/", $file))))
        }
    };
}

word_list! {
    /// Words that end a legal name; kind `company` where nothing but a company is meant.
    company_suffixes, "company-suffixes.txt"
}
word_list! {
    /// Words that say a trade and not which business it is.
    trade_words, "trade-words.txt"
}
word_list! {
    /// Everyday words that businesses are named after too.
    common_words, "common-words.txt"
}
word_list! {
    /// Words that any business's description has and that tell nothing about it.
    generic_words, "generic-words.txt"
}
word_list! {
    /// Platforms, carriers and payment services that businesses name without being them.
    platforms, "platforms.txt"
}
word_list! {
    /// Mail domains on which anyone can get a mailbox.
    free_mail, "free-mail.txt"
}
word_list! {
    /// Hosts that many businesses share, each with its kind.
    shared_hosts, "shared-hosts.txt"
}
word_list! {
    /// Public link shorteners.
    shorteners, "shorteners.txt"
}

/// The list of that name (its file without `.txt`), for rules that name one.
pub fn find(name: &str) -> Option<&'static WordList> {
    Some(match name {
        "company-suffixes" => company_suffixes(),
        "trade-words" => trade_words(),
        "common-words" => common_words(),
        "generic-words" => generic_words(),
        "platforms" => platforms(),
        "free-mail" => free_mail(),
        "shared-hosts" => shared_hosts(),
        "shorteners" => shorteners(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_compared_label_by_label() {
        assert_eq!(shared_hosts().kind_of_host("m.facebook.com"), Some("social"));
        assert_eq!(shared_hosts().kind_of_host("notfacebook.com"), None);
        assert!(free_mail().kind_of_host("gmail.com").is_some());
        assert!(free_mail().kind_of_host("mygmail.com").is_none());
    }
}
