//! A sign of life while pages are fetched, for those who look at a terminal.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// A turning wheel on standard error; nothing where that is no terminal.
pub struct Progress(ProgressBar);

impl Progress {
    /// A wheel that turns only if `wanted`.
    pub fn new(wanted: bool) -> Self {
        let bar = if wanted { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
            bar.set_style(style);
        }
        if !bar.is_hidden() {
            bar.set_message("reading");
            bar.enable_steady_tick(Duration::from_millis(100));
        }
        Self(bar)
    }

    /// Runs `print` while the wheel is off the terminal.
    pub fn aside<T>(&self, print: impl FnOnce() -> T) -> T {
        self.0.suspend(print)
    }

    /// Says what is going on.
    pub fn say(&self, message: String) {
        self.0.set_message(message);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
