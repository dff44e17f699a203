//! The command with its help, in the reader's language.

use clap::{Command, CommandFactory};

use crate::{args::Cli, text::Texts};

/// The whole command line, described.
pub(crate) fn command(texts: &Texts) -> Command {
    let mut command = Cli::command();
    // Built first: only then do its own `--help` and `--version` exist to be described.
    command.build();
    described(command, texts, "cli-about")
}

/// Describes a command and all below it. Its text is the message `cli-about-auth-login`; that of
/// an argument is `cli-arg-auth-login-host` where there is one and `cli-arg-host` otherwise.
fn described(command: Command, texts: &Texts, key: &str) -> Command {
    let names: Vec<String> =
        command.get_subcommands().map(|below| below.get_name().to_owned()).collect();
    let place = key.strip_prefix("cli-about").unwrap_or_default().to_owned();
    let template = format!(
        "{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}{{after-help}}",
        texts.say("cli-usage")
    );
    let mut command = command
        .about(texts.say(key))
        .help_template(template)
        .subcommand_help_heading(texts.say("cli-heading-commands"))
        .mut_args(|argument| {
            let id = argument.get_id().as_str().replace('_', "-");
            let own = texts.find(&format!("cli-arg{place}-{id}"));
            let help = own.unwrap_or_else(|| texts.say(&format!("cli-arg-{id}")));
            let heading = match (argument.is_positional(), argument.is_global_set()) {
                (true, _) => "cli-heading-arguments",
                (false, true) => "cli-heading-globals",
                (false, false) => "cli-heading-options",
            };
            argument.help(help).help_heading(texts.say(heading))
        });
    for name in names {
        let below = format!("{key}-{name}");
        command = command.mut_subcommand(name, |found| described(found, texts, &below));
    }
    command
}

#[cfg(test)]
mod tests {
    use clap::Command;
    use forge_messages::Locale;

    use super::{Texts, command};

    fn check(command: &Command, path: &str) {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        assert!(!about.is_empty() && !about.contains('⟦'), "{path}: {about}");
        for argument in command.get_arguments() {
            let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
            assert!(
                !help.is_empty() && !help.contains('⟦'),
                "{path} {}: {help}",
                argument.get_id()
            );
        }
        for below in command.get_subcommands() {
            check(below, &format!("{path} {}", below.get_name()));
        }
    }

    #[test]
    fn every_command_and_argument_is_described_in_every_language() {
        for locale in Locale::ALL {
            let mut command = command(&Texts::new(locale).unwrap());
            check(&command, "forge");
            assert!(!command.render_long_help().to_string().contains('⟦'));
        }
    }
}
