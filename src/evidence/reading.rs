//! What there is to read of one registration: its fields and its pages together.

use super::{Gap, Outcome, PageReading, Pages, Role, page_role};
use crate::page::Page;
use crate::registration::Registration;
use crate::text::{Passage, Span};

/// What there is to read of a subject.
#[derive(Debug, Clone, Copy)]
pub enum Reading<'e> {
    /// Its passages.
    Text(&'e [Passage]),
    /// The manifest does not have it, or it is empty.
    Absent,
    /// A page that could not be read.
    Unread(&'e Gap),
}

/// Everything known of one registration: its fields and its pages.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'e> {
    /// The fields.
    pub registration: &'e Registration,
    /// The pages.
    pub pages: &'e Pages,
}

impl<'e> Evidence<'e> {
    /// What there is to read of a subject such as `campaign.description` or `page.privacy`.
    pub fn read(&self, subject: &str) -> Reading<'e> {
        if let Some(role) = page_role(subject) {
            return match self.pages.by_role.get(&role) {
                Some(PageReading::Read(page)) => Reading::Text(std::slice::from_ref(&page.text)),
                Some(PageReading::Gap(gap)) => Reading::Unread(gap),
                None => Reading::Absent,
            };
        }
        match self.registration.fields.get(subject) {
            Some(field) if !field.is_empty() => Reading::Text(&field.values),
            _ => Reading::Absent,
        }
    }

    /// The page of a role, if it was read.
    pub fn page(&self, role: Role) -> Option<&'e Page> {
        match self.pages.by_role.get(&role) {
            Some(PageReading::Read(page)) => Some(page),
            _ => None,
        }
    }

    /// How reading the page of a role ended; [`Outcome::NotGiven`] where nobody asked for it.
    pub fn outcome(&self, role: Role) -> Outcome {
        match self.pages.by_role.get(&role) {
            Some(PageReading::Read(_)) => Outcome::Page,
            Some(PageReading::Gap(gap)) => gap.outcome,
            None => Outcome::NotGiven,
        }
    }

    /// The place in the manifest that stands for a subject: the field's key, or the field that names the page.
    pub fn anchor(&self, subject: &str) -> Span {
        let Some(role) = page_role(subject) else { return self.registration.anchor(subject) };
        let names = match role {
            Role::Home => ["brand.website", "brand.website"],
            Role::Privacy => ["campaign.privacy_policy_link", "brand.website"],
            Role::Terms => ["campaign.terms_and_conditions_link", "brand.website"],
            Role::OptIn => ["campaign.opt_in_url", "campaign.message_flow"],
        };
        let given = names.into_iter().find(|name| self.registration.fields.contains_key(*name));
        self.registration.anchor(given.unwrap_or(names[0]))
    }
}
