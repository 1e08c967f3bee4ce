//! The command line.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::evidence::Role;

/// Predicts why a 10DLC brand or campaign registration would be rejected, before you submit it
#[derive(Debug, Parser)]
#[command(name = "tcr-lint", version, max_term_width = 100, arg_required_else_help = true, propagate_version = true)]
#[command(
    after_help = "Start here:\n  tcr-lint check campaign.yaml            check a registration and its website\n  \
                        tcr-lint check campaign.yaml --offline  check the texts only\n  \
                        tcr-lint explain samples/opt-out-missing  what a finding means and what to paste\n\n\
                        Exit codes: 0 ready to submit (or warnings only), 1 something would be rejected, \
                        2 the check could not be done, 3 with --strict: something could not be checked"
)]
pub struct Cli {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

impl Cli {
    /// When to use colour.
    pub fn color(&self) -> ColorChoice {
        match &self.command {
            Command::Check(arguments) => arguments.color,
            _ => ColorChoice::Auto,
        }
    }

    /// Sentences instead of drawings.
    pub fn screen_reader(&self) -> bool {
        match &self.command {
            Command::Check(arguments) => arguments.screen_reader,
            Command::Explain { screen_reader, .. } => *screen_reader,
            _ => false,
        }
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check registrations and the websites they name
    Check(Box<CheckArguments>),
    /// Explain a rule, a provider's rejection code or a reason
    Explain {
        /// Rules (samples/opt-out-missing), codes (twilio:30893), reasons (sample-no-optout), or the words of a rejection in quotes
        #[arg(required = true, value_name = "NAME")]
        names: Vec<String>,
        /// A folder of rules that adds to and overrides the built-in ones
        #[arg(long, value_name = "DIR")]
        rules: Option<PathBuf>,
        /// Plain sentences without drawings, for screen readers
        #[arg(long)]
        screen_reader: bool,
    },
    /// List, test or document the rules
    Rules {
        /// What to do with the rules
        #[command(subcommand)]
        command: RulesCommand,
    },
    /// Print a JSON Schema
    Schema {
        /// Of what
        of: SchemaOf,
    },
    /// Print the completion script of a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// What to do with the rules.
#[derive(Debug, Subcommand)]
pub enum RulesCommand {
    /// Print every rule
    List {
        /// How to print them
        #[arg(long, default_value = "human")]
        format: ListFormat,
        /// A folder of rules that adds to and overrides the built-in ones
        #[arg(long, value_name = "DIR")]
        rules: Option<PathBuf>,
    },
    /// Run every rule's examples
    Test {
        /// A folder of rules that adds to and overrides the built-in ones
        dir: Option<PathBuf>,
    },
    /// Write one Markdown page a rule into a folder
    Docs {
        /// The folder
        dir: PathBuf,
    },
    /// Write one Markdown page a provider into a folder: its codes, and the rules that find them
    Codes {
        /// The folder
        dir: PathBuf,
    },
}

/// How to print a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// For people
    Human,
    /// For programs
    Json,
}

/// What a schema describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// The campaign.yaml you write
    Manifest,
    /// A rule file
    Rule,
    /// What `check --format json` prints
    Report,
}

/// How to report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Diagnostics that underline the words, for people
    Human,
    /// One line a finding
    Concise,
    /// For programs; see `tcr-lint schema report`
    Json,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// What makes the exit code 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// A finding of severity error
    Error,
    /// A finding of severity warning or error
    Warning,
    /// Any finding
    Advice,
    /// Nothing
    Never,
}

/// The arguments of `check`.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// Manifests (YAML or JSON), folders of them, or - for standard input
    #[arg(value_name = "FILE|DIR", default_value = "campaign.yaml")]
    pub paths: Vec<PathBuf>,

    /// Whose limits and codes to apply, such as twilio; otherwise the strictest common reading of all
    #[arg(long, value_name = "NAME", help_heading = "Judging")]
    pub provider: Option<String>,
    /// A folder of rules that adds to and overrides the built-in ones
    #[arg(long, value_name = "DIR", help_heading = "Judging")]
    pub rules: Option<PathBuf>,
    /// A code that a rejection came back with, such as twilio:30909: what explains it comes first; may be repeated
    #[arg(long, value_name = "CODE", help_heading = "Judging")]
    pub rejected: Vec<String>,
    /// What makes the exit code 1
    #[arg(long, value_name = "SEVERITY", default_value = "error", help_heading = "Judging")]
    pub fail_on: FailOn,
    /// Exit with 3 where nothing failed but something could not be checked
    #[arg(long, help_heading = "Judging")]
    pub strict: bool,

    /// How to report
    #[arg(long, value_name = "FORMAT", default_value = "human", help_heading = "Reporting")]
    pub format: Format,
    /// When to use colour
    #[arg(long, value_name = "WHEN", default_value = "auto", help_heading = "Reporting")]
    pub color: ColorChoice,
    /// Plain sentences without drawings, for screen readers
    #[arg(long, help_heading = "Reporting")]
    pub screen_reader: bool,

    /// Ask nothing of the network; saved pages and the site folder still answer
    #[arg(long, help_heading = "Website")]
    pub offline: bool,
    /// A saved page instead of the live one (roles: home, privacy, terms, opt_in); .txt is plain text
    #[arg(long, value_name = "ROLE=FILE", value_parser = page, help_heading = "Website")]
    pub page: Vec<(Role, PathBuf)>,
    /// A folder of built HTML that answers for the brand's website: /privacy finds privacy.html
    #[arg(long, value_name = "DIR", help_heading = "Website")]
    pub site_dir: Option<PathBuf>,
    /// The longest one page may take, in seconds
    #[arg(long, value_name = "SECONDS", default_value = "10", help_heading = "Website",
          value_parser = clap::value_parser!(u64).range(1..=300))]
    pub timeout: u64,
    /// Use this address for a host and port instead of DNS
    #[arg(long, value_name = "HOST:PORT:ADDR", value_parser = resolve, help_heading = "Website")]
    pub resolve: Vec<(String, u16, SocketAddr)>,
    /// A file of extra certificate authorities (PEM)
    #[arg(long, value_name = "FILE", help_heading = "Website")]
    pub cacert: Vec<PathBuf>,
    /// Allow private and loopback addresses
    #[arg(long, help_heading = "Website")]
    pub allow_private: bool,
}

fn page(text: &str) -> Result<(Role, PathBuf), String> {
    let (role, file) = text.split_once('=').ok_or("write it like privacy=saved.html")?;
    Ok((role.parse()?, PathBuf::from(file)))
}

fn resolve(text: &str) -> Result<(String, u16, SocketAddr), String> {
    let wrong = || format!("`{text}` is not HOST:PORT:ADDR, such as clinic.example:443:127.0.0.1 or …:127.0.0.1:8443");
    let mut parts = text.splitn(3, ':');
    let (Some(host), Some(port), Some(address)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(wrong());
    };
    let port: u16 = port.parse().map_err(|_| wrong())?;
    let socket = address
        .parse::<SocketAddr>()
        .or_else(|_| address.trim_matches(['[', ']']).parse::<IpAddr>().map(|ip| SocketAddr::new(ip, port)));
    Ok((host.to_ascii_lowercase(), port, socket.map_err(|_| wrong())?))
}
