//! Every SQL text of the store is one that both engines understand, and answer alike.

use forge_tests::{
    Database, Engine,
    engine::block_on,
    source::{self, Source, is_test_module},
};
use sqlx::{
    AssertSqlSafe, Column, Connection, Executor, PgConnection, SqlSafeStr, SqliteConnection,
    Statement,
};
use syn::{
    Expr, ExprLit, ExprMethodCall, ItemMod, Lit,
    visit::{self, Visit},
};

#[test]
fn every_query_prepares_on_both_engines_with_the_same_columns() {
    let mut faults = Vec::new();
    let mut questions = Vec::new();
    for source in source::rust().iter().filter(|source| source.package() == "forge-store") {
        if !source.is_test() {
            let asked = Asked::by(source);
            questions.extend(asked.questions);
            faults.extend(asked.unreadable);
        }
    }
    faults.extend(block_on(compare(&questions)));
    assert!(
        faults.is_empty(),
        "{} of {} queries:\n{}",
        faults.len(),
        questions.len(),
        faults.join("\n")
    );
}

/// A test that finds nothing wrong must be able to find something.
#[test]
fn a_query_of_one_engine_only_is_found() {
    for sql in [
        "select nothing_of_the_kind from owner",
        "select id from owner where id = any(array[$1])",
        "select json_extract(value, '$.a') as value from setting",
        "select count(*), sum(number) from owner",
        "select slug from owner where slug ilike $1",
    ] {
        let question = Question { place: "here".to_owned(), sql: sql.to_owned() };
        assert_eq!(block_on(compare(&[question])).len(), 1, "{sql}");
    }
}

struct Question {
    place: String,
    sql: String,
}

async fn compare(questions: &[Question]) -> Vec<String> {
    let on_sqlite = Database::fresh(Engine::Sqlite);
    let on_postgres = Database::fresh(Engine::Postgres);
    on_sqlite.migrated().await.close().await;
    on_postgres.migrated().await.close().await;
    let mut sqlite = SqliteConnection::connect(&on_sqlite.url()).await.unwrap();
    let mut postgres = PgConnection::connect(&on_postgres.url()).await.unwrap();

    let mut faults = Vec::new();
    for Question { place, sql } in questions {
        let text = || AssertSqlSafe(sql.clone()).into_sql_str();
        let sqlite = sqlite.prepare(text()).await.map(|statement| names(statement.columns()));
        let postgres = postgres.prepare(text()).await.map(|statement| names(statement.columns()));
        match (sqlite, postgres) {
            (Ok(sqlite), Ok(postgres)) if sqlite == postgres => {}
            (sqlite, postgres) => {
                faults.push(format!("{place}\n  SQLite: {sqlite:?}\n  PostgreSQL: {postgres:?}"));
            }
        }
    }
    faults
}

fn names<C: Column>(columns: &[C]) -> Vec<String> {
    columns.iter().map(|column| column.name().to_owned()).collect()
}

/// The texts a file gives to `.query(…)`.
struct Asked<'s> {
    path: &'s str,
    questions: Vec<Question>,
    unreadable: Vec<String>,
}

impl<'s> Asked<'s> {
    fn by(source: &'s Source) -> Self {
        let mut asked = Self { path: &source.path, questions: Vec::new(), unreadable: Vec::new() };
        asked.visit_file(&source.parse());
        asked
    }
}

impl<'ast> Visit<'ast> for Asked<'_> {
    fn visit_item_mod(&mut self, module: &'ast ItemMod) {
        if !is_test_module(module) {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        if call.method == "query" {
            let place = format!("{}:{}", self.path, call.method.span().start().line);
            match call.args.first().and_then(text) {
                Some(sql) => self.questions.push(Question { place, sql }),
                None => {
                    self.unreadable.push(format!("{place}: not a literal: write the text here"))
                }
            }
        }
        visit::visit_expr_method_call(self, call);
    }
}

/// A literal, or literals put together by `concat!`.
fn text(argument: &Expr) -> Option<String> {
    match argument {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
        Expr::Macro(call) if call.mac.path.is_ident("concat") => {
            let parts = call
                .mac
                .parse_body_with(
                    syn::punctuated::Punctuated::<Lit, syn::Token![,]>::parse_terminated,
                )
                .ok()?;
            parts
                .iter()
                .map(|part| match part {
                    Lit::Str(text) => Some(text.value()),
                    _ => None,
                })
                .collect()
        }
        _ => None,
    }
}
