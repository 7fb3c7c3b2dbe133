//! Checks a certificate as browsers do: whether it exists, fits its key, is for the host, and how
//! long it lasts.

use rustls::client::verify_server_name;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::server::ParsedCertificate;
use rustls::sign::CertifiedKey;
use x509_parser::prelude::{FromDer, X509Certificate};

use crate::files;
use crate::http::TlsFiles;

/// Days before the end from which a certificate causes a warning. A certificate that is renewed
/// automatically is renewed before that (Let's Encrypt, "Integration Guide": a third of 90 days
/// before the end).
const DAYS_LEFT: i64 = 14;

const DAY_SECONDS: i64 = 24 * 60 * 60;

/// A present or future problem with a certificate.
#[derive(Debug)]
pub(crate) struct Trouble {
    /// Whether browsers refuse it already.
    pub(crate) is_error: bool,
    /// The problem, with its configuration key.
    pub(crate) reason: String,
}

/// The problems that browsers would have with a host's certificate. `now` is in Unix seconds.
pub(crate) fn troubles(files: &TlsFiles, host: &str, now: i64) -> Vec<Trouble> {
    match read(files) {
        Ok(certificate) => of(&certificate, files, host, now),
        Err(reason) => vec![Trouble {
            is_error: true,
            reason,
        }],
    }
}

/// Reads the certificate and checks that it fits its key.
fn read(files: &TlsFiles) -> Result<CertificateDer<'static>, String> {
    let (file, key_file) = (files.certificate.display(), files.key.display());
    let bytes = |key: &str, path| {
        files::read(path, files::PEM_BYTES_MAX).map_err(|why| format!("http.tls.{key}: {why}"))
    };
    let chain: Result<Vec<_>, _> =
        CertificateDer::pem_slice_iter(&bytes("certificate", &files.certificate)?).collect();
    let chain = chain.map_err(|_| format!("http.tls.certificate: {file} is not a PEM file"))?;
    let Some(first) = chain.first().cloned() else {
        return Err(format!("http.tls.certificate: {file} has no certificate"));
    };
    let key = PrivateKeyDer::from_pem_slice(&bytes("key", &files.key)?)
        .map_err(|_| format!("http.tls.key: {key_file} has no private key in PEM"))?;
    match CertifiedKey::from_der(chain, key, &ring::default_provider()) {
        Ok(_) => Ok(first),
        Err(rustls::Error::InconsistentKeys(_)) => Err(format!(
            "http.tls.key: {key_file} is not the key of the certificate in {file}"
        )),
        Err(error) => Err(format!(
            "http.tls.certificate: {file} cannot be used: {error}"
        )),
    }
}

fn of(certificate: &CertificateDer<'_>, files: &TlsFiles, host: &str, now: i64) -> Vec<Trouble> {
    let file = files.certificate.display();
    let mut troubles = Vec::new();
    let mut add = |is_error, reason: String| {
        troubles.push(Trouble {
            is_error,
            reason: format!("http.tls.certificate: {file} {reason}"),
        });
    };
    let Ok((_, parsed)) = X509Certificate::from_der(certificate) else {
        add(true, "is not an X.509 certificate".into());
        return troubles;
    };
    let validity = parsed.validity();
    let (begins, ends) = (
        validity.not_before.timestamp(),
        validity.not_after.timestamp(),
    );
    let day = |seconds: i64| {
        let day = jiff::Timestamp::from_second(seconds).ok();
        day.map_or_else(String::new, |it| it.strftime("%Y-%m-%d").to_string())
    };
    let days = (ends - now).div_euclid(DAY_SECONDS);
    if now >= ends {
        add(true, format!("expired on {}: renew it", day(ends)));
    } else if now < begins {
        add(true, format!("begins only on {}", day(begins)));
    } else if days < DAYS_LEFT {
        let left = match days {
            0 => "less than a day".to_owned(),
            1 => "1 day".to_owned(),
            days => format!("{days} days"),
        };
        add(
            false,
            format!("expires in {left}, on {}: renew it", day(ends)),
        );
    }
    let is_for_host = ServerName::try_from(host).is_ok_and(|name| {
        ParsedCertificate::try_from(certificate)
            .is_ok_and(|parsed| verify_server_name(&parsed, &name).is_ok())
    });
    if !is_for_host {
        add(
            false,
            format!(
                "is not for {host}, the host of public-url: browsers that reach it directly refuse it"
            ),
        );
    }
    troubles
}

#[cfg(test)]
mod tests {
    use rcgen::{CertificateParams, KeyPair, date_time_ymd};

    use super::*;

    const NOW: i64 = 1_800_000_000;

    struct Files {
        folder: tempfile::TempDir,
        files: TlsFiles,
    }

    /// A certificate that is valid from January 2026 to the first day of the given month. `NOW` is
    /// 2027-01-15.
    fn files(name: &str, year_of_end: i32, month_of_end: u8) -> Files {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        params.not_before = date_time_ymd(2026, 1, 1);
        params.not_after = date_time_ymd(year_of_end, month_of_end, 1);
        let certificate = params.self_signed(&key).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let files = TlsFiles {
            certificate: folder.path().join("tls.crt"),
            key: folder.path().join("tls.key"),
        };
        std::fs::write(&files.certificate, certificate.pem()).unwrap();
        std::fs::write(&files.key, key.serialize_pem()).unwrap();
        Files { folder, files }
    }

    fn told(files: &Files) -> Vec<(bool, String)> {
        let troubles = troubles(&files.files, "reset.contoso.example", NOW);
        let folder = format!("{}/", files.folder.path().display());
        let told = troubles.into_iter();
        told.map(|it| (it.is_error, it.reason.replace(&folder, "")))
            .collect()
    }

    #[test]
    fn a_certificate_that_browsers_take_is_not_warned_of() {
        for name in ["reset.contoso.example", "*.contoso.example"] {
            assert_eq!(told(&files(name, 2027, 6)), []);
        }
    }

    #[test]
    fn what_browsers_do_not_take_is_told_with_its_key() {
        let expired = told(&files("reset.contoso.example", 2027, 1));
        assert_eq!(
            expired,
            [(
                true,
                "http.tls.certificate: tls.crt expired on 2027-01-01: renew it".into()
            )]
        );
        let foreign = told(&files("www.contoso.example", 2027, 6));
        assert_eq!(foreign.len(), 1);
        assert!(
            !foreign[0].0
                && foreign[0]
                    .1
                    .contains("tls.crt is not for reset.contoso.example"),
            "{foreign:?}"
        );

        let (one, other) = (
            files("reset.contoso.example", 2027, 6),
            files("reset.contoso.example", 2027, 6),
        );
        std::fs::copy(&other.files.key, &one.files.key).unwrap();
        assert_eq!(
            told(&one),
            [(
                true,
                "http.tls.key: tls.key is not the key of the certificate in tls.crt".into()
            )]
        );
        std::fs::write(&one.files.key, "no key").unwrap();
        assert!(told(&one)[0].1.contains("tls.key has no private key"));
        std::fs::remove_file(&one.files.certificate).unwrap();
        assert!(
            told(&one)[0]
                .1
                .starts_with("http.tls.certificate: tls.crt cannot be read: ")
        );
    }

    #[test]
    fn a_certificate_is_warned_of_before_it_ends() {
        let files = files("reset.contoso.example", 2027, 2);
        let at = |now| troubles(&files.files, "reset.contoso.example", now);
        let end = 1_801_440_000;
        assert!(at(end - 15 * DAY_SECONDS).is_empty());
        let warned = at(end - 10 * DAY_SECONDS);
        assert!(
            !warned[0].is_error
                && warned[0]
                    .reason
                    .contains("expires in 10 days, on 2027-02-01"),
            "{warned:?}"
        );
        for (seconds, left) in [
            (2 * DAY_SECONDS, "in 2 days"),
            (2 * DAY_SECONDS - 1, "in 1 day"),
            (DAY_SECONDS, "in 1 day"),
            (DAY_SECONDS - 1, "in less than a day"),
            (1, "in less than a day"),
        ] {
            let warned = &at(end - seconds)[0].reason;
            let told = format!("tls.crt expires {left}, on 2027-02-01: renew it");
            assert!(warned.ends_with(&told), "{warned}");
        }
    }
}
