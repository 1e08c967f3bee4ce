//! Load, collect, evaluate: from a manifest to everything that is found of it.

use std::path::Path;
use std::sync::Arc;

use tokio::runtime::{Builder, Runtime};

use crate::collect::{CollectOptions, Collector};
use crate::error::Error;
use crate::evaluate::evaluate;
use crate::evidence::Evidence;
use crate::progress::Progress;
use crate::registration::{self, Registration};
use crate::rejected::RejectedCode;
use crate::report::{Checked, Report, clean};
use crate::rule::{Overlaid, RuleSet};
use crate::text::Sources;

/// Judges one manifest after the other; what was fetched for one serves the next.
pub struct Judge {
    rules: RuleSet,
    provider: Option<String>,
    collector: Collector,
    runtime: Runtime,
    own_rules: Vec<Overlaid>,
    progress: Progress,
    rejected: Vec<Arc<RejectedCode>>,
}

impl Judge {
    /// A judge that puts these rules, as the reviewers of `provider` would; `own_rules` are those of the user.
    ///
    /// # Errors
    /// When a page, the site folder, a certificate file or the network set-up cannot be read.
    pub fn new(
        (rules, own_rules): (RuleSet, Vec<Overlaid>),
        provider: Option<String>,
        options: CollectOptions,
    ) -> Result<Self, Error> {
        let progress = Progress::new(!options.offline);
        let collector = Collector::new(options)?;
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| Error::new(format!("cannot start the network: {error}")))?;
        Ok(Self { rules, provider, collector, runtime, own_rules, progress, rejected: Vec::new() })
    }

    /// The same judge, who also says what explains these codes.
    pub fn rejected(mut self, codes: Vec<RejectedCode>) -> Self {
        self.rejected = codes.into_iter().map(Arc::new).collect();
        self
    }

    /// Everything that is found of one manifest, with its brand and each of its campaigns.
    ///
    /// # Errors
    /// When the manifest, or a page that it hands in, cannot be read.
    pub fn manifest(&mut self, path: &Path) -> Result<Report, Error> {
        let mut sources = Sources::default();
        let source = sources.add(registration::read_manifest(path)?);
        let mut checked = Vec::new();
        for registration in registration::load(source, &sources)? {
            self.progress.say(format!("reading the website of {}", clean::short(brand(&registration), 60)));
            let pages = self.runtime.block_on(self.collector.pages(&registration, &mut sources))?;
            let provider = self.provider.as_deref().or(registration.provider.as_deref());
            let evidence = Evidence { registration: &registration, pages: &pages };
            let evaluation = evaluate(&self.rules, evidence, provider);
            let rejected = self.rejected.iter().map(|code| code.explain(&evaluation, &pages)).collect();
            checked.push(Checked { registration, pages, evaluation, rejected });
        }
        Ok(Report { provider: self.provider.clone(), checked, own_rules: self.own_rules.clone(), sources })
    }

    /// Runs `print` while the wheel stands aside.
    pub fn aside<T>(&self, print: impl FnOnce() -> T) -> T {
        self.progress.aside(print)
    }
}

fn brand(registration: &Registration) -> &str {
    let names = ["brand.display_name", "brand.legal_name", "brand.website"].map(|name| registration.text(name));
    names.into_iter().find(|name| !name.is_empty()).unwrap_or("the brand")
}
