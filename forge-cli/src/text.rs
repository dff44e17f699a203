//! The words of the command line, in the language of who reads them.

use forge_messages::{Arg, Formats, Locale, MessageError, Messages};

/// The messages in one language.
pub(crate) struct Texts {
    messages: Messages,
    locale: Locale,
}

impl Texts {
    /// The messages in the language asked for by `--lang`, `FORGE_LANG` or the system.
    pub fn from_environment() -> Result<Self, MessageError> {
        let arguments: Vec<String> = std::env::args().collect();
        let locale = locale(&arguments, |name| std::env::var(name).ok());
        Self::new(locale)
    }

    /// The messages in a language.
    pub fn new(locale: Locale) -> Result<Self, MessageError> {
        Ok(Self { messages: Messages::embedded()?, locale })
    }

    /// The message of a key without arguments.
    pub fn say(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The message of a key.
    pub fn with(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.messages.text(self.locale, key, args)
    }

    /// The message of a key, where there is one.
    pub fn find(&self, key: &str) -> Option<String> {
        self.messages.has(self.locale, key).then(|| self.say(key))
    }

    /// The BCP 47 tag of the language.
    pub fn tag(&self) -> &'static str {
        self.locale.tag()
    }

    /// How amounts and dates are written.
    pub fn formats(&self) -> &Formats {
        self.messages.formats(self.locale)
    }
}

/// The language of the first of these that names one we speak; English where nothing does, since
/// a system without a language (`C`, `POSIX`) speaks English.
fn locale(arguments: &[String], variable: impl Fn(&str) -> Option<String>) -> Locale {
    let mut after = arguments.iter().skip_while(|argument| *argument != "--lang").skip(1);
    let joined = arguments.iter().find_map(|argument| argument.strip_prefix("--lang="));
    let flag = joined.map(str::to_owned).or_else(|| after.next().cloned());
    flag.as_deref()
        .and_then(Locale::from_tag)
        .or_else(|| Locale::from_tag(&variable("FORGE_LANG")?))
        .or_else(|| {
            let system = ["LC_ALL", "LC_MESSAGES", "LANG"]
                .into_iter()
                .find_map(|name| variable(name).filter(|value| !value.is_empty()));
            Locale::from_tag(&system?)
        })
        .unwrap_or(Locale::En)
}

#[cfg(test)]
mod tests {
    use super::{Locale, locale};

    fn chosen(arguments: &[&str], variables: &[(&str, &str)]) -> Locale {
        let arguments: Vec<String> = arguments.iter().map(|text| (*text).to_owned()).collect();
        locale(&arguments, |name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_flag_wins_over_the_environment_and_that_over_the_system() {
        let french = ("LANG", "fr_FR.UTF-8");
        assert_eq!(chosen(&["forge"], &[]), Locale::En);
        assert_eq!(chosen(&["forge"], &[("LANG", "C.UTF-8")]), Locale::En);
        assert_eq!(chosen(&["forge"], &[french]), Locale::Fr);
        assert_eq!(chosen(&["forge"], &[french, ("LC_ALL", "en_GB")]), Locale::En);
        assert_eq!(chosen(&["forge"], &[french, ("LC_ALL", "")]), Locale::Fr);
        assert_eq!(chosen(&["forge"], &[french, ("FORGE_LANG", "en")]), Locale::En);
        assert_eq!(chosen(&["forge", "--lang", "en", "api"], &[french]), Locale::En);
        assert_eq!(chosen(&["forge", "--lang=fr"], &[("FORGE_LANG", "en")]), Locale::Fr);
    }
}
