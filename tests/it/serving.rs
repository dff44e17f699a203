//! Starting and stopping, and the sentences of a server that cannot start.

use std::{fs, net::TcpListener};

use forge_tests::{Forge, on_both};

on_both! {
    /// systemd stops it so, and starts it again on what is there.
    fn it_stops_when_asked_and_starts_again(engine) {
        let mut forge = Forge::with(engine).on_the_real_clock().start();
        assert_eq!(forge.browser().get("/-/health").status(), 200);
        assert!(forge.stop().success());
        forge.start_again();
        assert_eq!(forge.browser().get("/-/health").status(), 200);
    }

    /// An upgrade that went wrong, or the machine: nothing had time to tidy up.
    fn it_starts_again_after_being_killed(engine) {
        let mut forge = Forge::with(engine).on_the_real_clock().start();
        forge.kill();
        forge.start_again();
        assert_eq!(forge.browser().get("/-/health").status(), 200);
    }

    /// The data folder must be as it was: the server that uses it may be running.
    fn a_port_in_use_is_a_sentence_and_touches_nothing(engine) {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = taken.local_addr().unwrap().to_string();
        let setup = Forge::with(engine).on_the_real_clock().set("FORGE_LISTEN", &address);
        let data = setup.data().to_owned();
        let said = setup.refused().fails(1);
        assert!(said.contains(&format!("cannot listen on {address}")), "{said}");
        assert_eq!(fs::read_dir(data).unwrap().count(), 0, "the data folder was written");
    }

    /// Root may write anywhere, so a file stands where the folder should be.
    fn a_data_folder_that_cannot_be_written_is_a_sentence(engine) {
        let setup = Forge::with(engine).on_the_real_clock();
        let file = setup.data().join("file");
        fs::write(&file, "not a folder").unwrap();
        let said = setup.set("FORGE_DATA", &file.display().to_string()).refused().fails(1);
        assert!(said.contains(&file.display().to_string()), "{said}");
        assert!(!said.contains("panicked"), "{said}");
    }
}
