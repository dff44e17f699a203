//! `forge completion`: a script that lets a shell finish what one types.

use clap::Args;
use clap_complete::Shell;

use crate::{context::Context, failure::Failure, help};

#[derive(Debug, Args)]
pub(crate) struct Completion {
    shell: Shell,
}

impl Completion {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let mut script = Vec::new();
        clap_complete::generate(
            self.shell,
            &mut help::command(&context.texts),
            "forge",
            &mut script,
        );
        context.output.bytes(&script)
    }
}
