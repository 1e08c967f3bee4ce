//! What a reason for rejection means.

use super::code::line;
use super::{Knowledge, heading, item, items};
use crate::provider::Reason;
use crate::report::screen::Screen;

/// How many codes of a reason are listed.
const MOST_CODES: usize = 30;

impl Knowledge {
    pub(super) fn reason(&self, reason: &Reason, screen: &Screen) -> String {
        let mut out = heading(screen, &reason.id, &reason.title);
        out.push_str(&item(screen, "Looks at", &reason.looks_at.join(", ")));
        let parts = reason.parts.iter().map(|id| format!("{id}: {}", self.reason_title(id)));
        out.push_str(&items(screen, "Sum of", parts));
        let rules = self.rules_for_reason(&reason.id);
        if rules.is_empty() {
            out.push_str(&item(screen, "Found by", unseen(&reason.checkable)));
        } else {
            out.push_str(&items(screen, "Found by", rules.into_iter().map(line)));
        }
        out.push_str(&items(screen, "Why not", reason.why_not.clone()));
        out.push_str(&items(screen, "Fix", reason.remedy.clone()));
        let mut codes: Vec<String> = Vec::new();
        for (provider, list) in &self.providers {
            let mine = list.codes.iter().filter(|code| code.reasons.contains(&reason.id));
            codes.extend(mine.map(|code| format!("{provider}:{}: {}", code.code, code.title)));
        }
        let more = codes.len().saturating_sub(MOST_CODES);
        codes.truncate(MOST_CODES);
        if more > 0 {
            codes.push(format!("and {more} more"));
        }
        out.push_str(&items(screen, "Codes", codes));
        out
    }
}

/// What to say of a reason that no rule finds.
fn unseen(checkable: &str) -> &'static str {
    match checkable {
        "external" => "no program: it hangs on data of others",
        "human" => "no program: it is a judgement",
        _ => "no rule yet",
    }
}
