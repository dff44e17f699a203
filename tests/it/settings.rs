//! What an administrator asks before the first start, and when it does not start: `doctor` and
//! `config`.

use std::{fs, net::TcpListener};

use forge_store::migrations;
use forge_tests::{Engine, Forge, engine::block_on, on_both};
use serde_json::Value;

on_both! {
    fn a_sound_setup_is_found_sound_and_left_alone(engine) {
        let setup = Forge::with(engine).set("FORGE_LOCALE", "en");
        let ran = setup.command(&["doctor"]);
        let said = ran.ok();
        for what in ["data folder", "git: git 2.", "database: schema 0", "address to listen on"] {
            assert!(said.lines().any(|line| line.starts_with(&format!("✓ {what}"))), "{said}");
        }
        assert_eq!(fs::read_dir(setup.data()).unwrap().count(), 0, "it left something");

        let mut forge = setup.on_the_real_clock().start();
        forge.stop();
        let said = forge.command(&["doctor"]);
        let schema = format!("✓ database: schema {}", migrations::latest());
        assert!(said.ok().contains(&schema), "{said:#?}");
    }

    /// One look finds everything, and what is right is said too.
    fn each_thing_that_is_wrong_is_named(engine) {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = taken.local_addr().unwrap().to_string();
        let setup = Forge::with(engine)
            .set("FORGE_LOCALE", "en")
            .set("FORGE_LISTEN", &address)
            .set("PATH", "/nonexistent");
        let said = setup.command(&["doctor"]).fails(1);
        let wrong: Vec<_> = said.lines().filter(|line| line.starts_with('✗')).collect();
        assert_eq!(wrong.len(), 2, "{said}");
        assert!(wrong[0].contains("git was not found"), "{said}");
        assert!(wrong[1].contains(&address), "{said}");
        assert!(said.contains("✓ data folder") && said.contains("✓ database"), "{said}");
    }

    fn a_database_of_tomorrow_is_named(engine) {
        let mut forge = Forge::with(engine).on_the_real_clock().start();
        forge.stop();
        let newer = migrations::latest() + 1;
        let later = format!("update _sqlx_migrations set version = {newer} where version = 1");
        block_on(forge.database().execute(&[&later])).unwrap();
        let said = forge.command(&["doctor"]).fails(1);
        assert!(said.contains("newer than this program"), "{said}");
    }

    fn every_setting_says_where_it_comes_from(engine) {
        let setup = Forge::with(engine);
        let file = setup.data().join("forge.toml");
        fs::write(&file, "site_name = \"La forge\"\nlocale = \"fr\"\n").unwrap();
        let setup = setup
            .set("FORGE_CONFIG", file.to_str().unwrap())
            .set("FORGE_LOCALE", "en");
        let address = ["--public-url", "https://f.example"];
        let shown = setup.command(&[&["config", "show", "--json"][..], &address].concat());
        shown.ok();
        let shown = shown.json();
        let of = |key: &str| {
            let found = shown.as_array().unwrap().iter().find(|it| it["key"] == key).unwrap();
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            (text(&found["value"]), text(&found["origin"]))
        };
        let from_file = format!("the file {}", file.display());
        assert_eq!(of("site_name"), ("La forge".to_owned(), from_file));
        assert_eq!(of("locale").0, "en");
        assert!(of("locale").1.contains("environment"), "{shown}");
        let given = ("https://f.example".to_owned(), "the command line".to_owned());
        assert_eq!(of("public_url"), given);
        assert_eq!(of("theme").1, "default");
        let database = of("database_url");
        assert_eq!(database.0.is_empty(), engine == Engine::Sqlite, "{database:?}");
        let read = setup.command(&["config", "show"]);
        assert!(read.ok().lines().count() == shown.as_array().unwrap().len(), "{read:#?}");
        assert!(setup.command(&["config", "check"]).ok().contains("can be used"));
    }

    /// The key, what stands there, and what would do; nothing starts meanwhile.
    fn a_setting_that_cannot_be_is_a_sentence(engine) {
        for (name, value, key, advice) in [
            ("FORGE_LISTEN", "3000", "listen", "an address and a port"),
            ("FORGE_DATABASE_URL", "mysql://db/forge", "database_url", "postgres://"),
            ("FORGE_PUBLIC_URL", "forge.example", "public_url", "https://"),
            ("FORGE_LOCALE", "de", "locale", "give fr or en"),
            ("FORGE_PASSWORD_SIGN_IN", "perhaps", "password_sign_in", "true or false"),
            ("FORGE_HEAD_SECONDS_MAX", "0", "head_seconds_max", "a number of seconds"),
            ("FORGE_TRUSTED_PROXIES", "everyone", "trusted_proxies", "10.0.0.0/8"),
        ] {
            let setup = Forge::with(engine).set(name, value);
            for command in ["config check", "config show", "doctor", "serve"] {
                let command: Vec<_> = command.split(' ').collect();
                let said = setup.command(&command).fails(1);
                for words in [key, value, advice] {
                    assert!(said.contains(words), "{command:?} with {name}={value}: {said}");
                }
                assert!(!said.contains("panicked"), "{said}");
            }
            assert_eq!(fs::read_dir(setup.data()).unwrap().count(), 0);
        }
        let setup = Forge::with(engine);
        let file = setup.data().join("forge.toml");
        fs::write(&file, "site_nmae = \"La forge\"\n").unwrap();
        let setup = setup.set("FORGE_CONFIG", file.to_str().unwrap());
        let said = setup.command(&["config", "check"]).fails(1);
        assert!(said.contains("site_nmae") && said.contains("line 1"), "{said}");
    }
}

/// Who reads over a shoulder, or a log, learns no password.
#[test]
fn a_database_that_does_not_answer_is_named_without_its_password() {
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = format!("postgres://forge:hunter2@{nobody}/forge");
    let setup = Forge::with(Engine::Sqlite).set("FORGE_DATABASE_URL", &url);
    let said = setup.command(&["doctor"]).fails(1);
    assert!(said.lines().any(|line| line.starts_with('✗') && line.len() > 30), "{said}");
    let shown = setup.command(&["config", "show"]);
    assert!(shown.ok().contains(&nobody.to_string()), "{shown:#?}");
    assert!(!format!("{said}{shown:?}").contains("hunter2"), "{said}{shown:#?}");
}
