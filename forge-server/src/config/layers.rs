//! Which source each setting comes from: what `config show` prints.

use serde::Serialize;
use serde_json::{Map, Value};

use super::{Config, ConfigError, RawConfig};

/// A setting in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// Its key in the file.
    pub key: String,
    /// Its value; secrets are left out.
    pub value: Value,
    /// `default`, `the file …`, `FORGE_…` or `the command line`.
    pub origin: String,
}

/// What one source says.
#[derive(Debug, Clone)]
pub struct Layer {
    /// How the source is called.
    pub origin: String,
    /// What it says.
    pub raw: RawConfig,
}

/// What stands where a secret is.
const SECRET: &str = "(set)";

/// Every key with its value and the source it comes from; the strongest source is last.
///
/// # Errors
/// A value that cannot be used.
pub fn shown(layers: &[Layer]) -> Result<Vec<Shown>, ConfigError> {
    let merged =
        layers.iter().fold(RawConfig::default(), |below, layer| layer.raw.clone().over(below));
    let config = merged.resolve()?;
    let mut found: Vec<Shown> = defaults(&config)
        .into_iter()
        .map(|(key, value)| Shown { key: key.to_owned(), value, origin: "default".to_owned() })
        .collect();
    for layer in layers {
        for (key, value) in said(&layer.raw) {
            if let Some(shown) = found.iter_mut().find(|shown| shown.key == key) {
                shown.value = veiled(&key, value);
                shown.origin.clone_from(&layer.origin);
            }
        }
    }
    Ok(found)
}

/// The keys a source gives a value.
fn said(raw: &RawConfig) -> Map<String, Value> {
    match serde_json::to_value(raw) {
        Ok(Value::Object(map)) => map,
        _ => Map::new(),
    }
}

/// The value each key has where nobody says anything, in the order of the guide.
fn defaults(config: &Config) -> Vec<(&'static str, Value)> {
    vec![
        ("data", Value::from(config.data.display().to_string())),
        ("listen", Value::from(config.listen.to_string())),
        ("database_url", Value::Null),
        ("public_url", Value::Null),
        ("site_name", Value::from(config.site_name.clone())),
        ("locale", Value::from(config.locale.tag())),
        ("theme", Value::Null),
        ("password_sign_in", Value::from(config.password_sign_in)),
        ("push_size_bytes_max", Value::from(config.push_size_bytes_max)),
        ("evidence_size_bytes_max", Value::from(config.evidence_size_bytes_max)),
        ("head_seconds_max", Value::from(config.head_max.as_secs())),
        ("trusted_proxies", Value::from(Vec::<String>::new())),
        ("mail", Value::Null),
        ("provider", Value::from(Vec::<String>::new())),
        ("outbound", serde_json::json!({ "allow": [] })),
    ]
}

/// A value without what nobody may read over a shoulder.
fn veiled(key: &str, value: Value) -> Value {
    match (key, value) {
        ("database_url", Value::String(text)) => Value::String(without_password(&text)),
        (_, value) => value,
    }
}

fn without_password(url: &str) -> String {
    match url::Url::parse(url) {
        Ok(mut parsed) if parsed.password().is_some() => {
            let _ = parsed.set_password(Some(SECRET));
            parsed.to_string()
        }
        Ok(_) => url.to_owned(),
        Err(_) => SECRET.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{RawMail, RawOutbound};

    fn layer(origin: &str, toml: &str) -> Layer {
        Layer { origin: origin.to_owned(), raw: toml::from_str(toml).unwrap() }
    }

    #[test]
    fn the_strongest_source_is_named() {
        let file = layer("the file", "locale = \"en\"\nsite_name = \"La forge\"");
        let environment = layer("FORGE_LOCALE", "locale = \"fr\"");
        let shown = shown(&[file, environment]).unwrap();
        let of = |key: &str| shown.iter().find(|shown| shown.key == key).unwrap();
        assert_eq!(
            (of("locale").value.as_str(), of("locale").origin.as_str()),
            (Some("fr"), "FORGE_LOCALE")
        );
        assert_eq!(of("site_name").origin, "the file");
        assert_eq!(of("listen").origin, "default");
    }

    #[test]
    fn no_secret_is_shown() {
        let file = layer(
            "the file",
            "database_url = \"postgres://u:hunter2@h/d\"\n[[provider]]\nid = \"a\"\nlabel = \"A\"\n\
             issuer = \"https://id.example\"\nclient_id = \"c\"\nclient_secret = \"hunter2\"\n\
             [mail]\npassword = \"hunter2\"",
        );
        let text = serde_json::to_string(&shown(&[file]).unwrap()).unwrap();
        assert!(!text.contains("hunter2"), "{text}");
    }

    #[test]
    fn every_key_of_the_file_is_shown() {
        let all = RawConfig {
            data: Some("d".into()),
            listen: Some("127.0.0.1:1".to_owned()),
            database_url: Some("postgres://h/d".to_owned()),
            public_url: Some("https://forge.example".to_owned()),
            site_name: Some("s".to_owned()),
            locale: Some("en".to_owned()),
            theme: Some("t".to_owned()),
            password_sign_in: Some(false),
            provider: Vec::new(),
            mail: Some(RawMail { zone: Some("UTC".to_owned()), ..RawMail::default() }),
            push_size_bytes_max: Some(1),
            evidence_size_bytes_max: Some(1),
            head_seconds_max: Some(1),
            trusted_proxies: vec!["10.0.0.0/8".to_owned()],
            outbound: RawOutbound { allow: vec!["ci.example.org".to_owned()] },
        };
        let keys = said(&all).len();
        let shown = shown(&[Layer { origin: "here".to_owned(), raw: all }]).unwrap();
        let from_here = shown.iter().filter(|shown| shown.origin == "here").count();
        assert_eq!(from_here, keys);
    }
}
