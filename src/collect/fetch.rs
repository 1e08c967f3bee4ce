//! Reading one address over the network.
use super::CollectOptions;
use super::answer::Answer;
use super::fault::Fault;
use crate::error::Error;
use crate::evidence::Outcome;
use rustls::pki_types::CertificateDer;
use url::Url;
/// Reads.
pub struct Fetcher;
impl Fetcher {
    /// New.
    pub fn new(_: &CollectOptions, _: Vec<CertificateDer<'static>>) -> Result<Self, Error> {
        Ok(Self)
    }
    /// Get.
    pub async fn get(&self, _url: &Url) -> Result<Answer, Fault> {
        Err(Fault::new(Outcome::Offline, "not yet"))
    }
}
