//! The two histories of migrations lead to one schema.

use std::collections::{BTreeMap, BTreeSet};

use forge_store::dump::{Kind, TABLES};
use forge_tests::{Database, Engine, engine::block_on, source};
use sqlx::{Connection, PgConnection, Row, SqliteConnection};

#[test]
fn both_engines_have_the_same_tables() {
    let (sqlite, postgres) = block_on(both());
    let sqlite_names: BTreeSet<_> = sqlite.keys().collect();
    let postgres_names: BTreeSet<_> = postgres.keys().collect();
    assert_eq!(sqlite_names, postgres_names);
    assert!(sqlite.len() > 10, "the schema has more tables than that");
}

#[test]
fn both_engines_have_the_same_columns_keys_and_indexes() {
    let (sqlite, postgres) = block_on(both());
    let mut faults = Vec::new();
    for (name, table) in &sqlite {
        let Some(twin) = postgres.get(name) else { continue };
        if table != twin {
            faults.push(format!("{name}\n  SQLite: {table:#?}\n  PostgreSQL: {twin:#?}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_migration_is_written_for_both_engines() {
    let of = |engine: &str| -> Vec<String> {
        let folder = format!("migrations/{engine}/");
        let paths = source::texts().into_iter().map(|source| source.path);
        paths.filter_map(|path| path.strip_prefix(&folder).map(str::to_owned)).collect()
    };
    let sqlite = of("sqlite");
    assert_eq!(sqlite, of("postgres"));
    for (position, name) in sqlite.iter().enumerate() {
        let number = format!("{:04}_", position + 1);
        assert!(name.starts_with(&number) && name.ends_with(".sql"), "{name} is not {number}….sql");
    }
}

/// The ledger and the audit log are append-only in the database itself, on either engine.
#[test]
fn the_same_tables_refuse_to_be_changed() {
    let (sqlite, postgres) = block_on(both());
    let frozen = |tables: &BTreeMap<String, Table>| -> Vec<String> {
        let frozen = tables.iter().filter(|(_, table)| table.has_triggers);
        frozen.map(|(name, _)| name.clone()).collect()
    };
    assert_eq!(frozen(&sqlite), frozen(&postgres));
    for name in ["ledger_entry", "ledger_posting", "ledger_checkpoint", "audit"] {
        assert!(frozen(&sqlite).iter().any(|frozen| frozen == name), "{name} can be changed");
    }
}

/// What is not listed is not in a backup: a table, or one column of it.
#[test]
fn a_backup_holds_every_table_and_every_column() {
    let (sqlite, _) = block_on(both());
    // Where a backup is put back nobody stays signed in, and no program is told anything again.
    let left_out = ["session", "webhook_attempt", "webhook_delivery"];
    let family = |kind: Kind| match kind {
        Kind::Int | Kind::Bool => "integer",
        Kind::Text => "text",
        Kind::Uuid | Kind::Bytes => "blob",
    };
    let listed: BTreeMap<String, BTreeMap<String, String>> = TABLES
        .iter()
        .map(|table| {
            let column =
                |(name, kind): &(&str, Kind)| ((*name).to_owned(), family(*kind).to_owned());
            (table.name.to_owned(), table.columns.iter().map(column).collect())
        })
        .collect();
    let there: BTreeMap<String, BTreeMap<String, String>> = sqlite
        .iter()
        .filter(|(name, _)| !left_out.contains(&name.as_str()))
        .map(|(name, table)| {
            let column =
                |(name, (kind, _)): (&String, &(String, bool))| (name.clone(), kind.clone());
            (name.clone(), table.columns.iter().map(column).collect())
        })
        .collect();
    assert_eq!(listed, there);
    for table in TABLES {
        assert_eq!(table.key, sqlite[table.name].primary_key, "the key of {}", table.name);
    }
}

/// A test that finds nothing wrong must be able to find something.
#[test]
fn a_table_that_differs_is_found() {
    let same = block_on(both()).0;
    for change in [
        "alter table council drop column website",
        "alter table council alter column name drop not null",
        "alter table council alter column country type varchar(80)",
        "alter table council drop constraint council_id_fkey",
        "drop index role_council",
        "create unique index only_one on role (council_id)",
    ] {
        let database = Database::fresh(Engine::Postgres);
        let changed = block_on(async {
            database.migrated().await.close().await;
            let mut connection = PgConnection::connect(&database.url()).await.unwrap();
            sqlx::query(change).execute(&mut connection).await.unwrap();
            connection.close().await.unwrap();
            read_postgres(&database.url()).await
        });
        let differing = same.iter().filter(|(name, table)| changed.get(*name) != Some(table));
        assert_eq!(differing.count(), 1, "{change}");
    }
}

/// What a table is, in words that both engines share.
#[derive(Debug, Default, PartialEq)]
struct Table {
    /// Name, family of its type, and whether it may be null.
    columns: BTreeMap<String, (String, bool)>,
    primary_key: Vec<String>,
    /// `columns -> table (columns)`.
    references: BTreeSet<String>,
    /// The columns, and whether they are unique together, and whether only for some rows.
    indexes: BTreeSet<(String, bool, bool)>,
    /// Whether triggers watch over it; each engine needs its own number of them.
    has_triggers: bool,
}

/// The families of types that both engines have: SQLite keeps a truth value as an integer.
fn family(postgres: String) -> String {
    match postgres.as_str() {
        "boolean" | "bigint" => "integer".to_owned(),
        "uuid" | "bytea" => "blob".to_owned(),
        _ => postgres,
    }
}

type Schema = BTreeMap<String, Table>;

async fn both() -> (Schema, Schema) {
    let on_sqlite = Database::fresh(Engine::Sqlite);
    let on_postgres = Database::fresh(Engine::Postgres);
    on_sqlite.migrated().await.close().await;
    on_postgres.migrated().await.close().await;
    (read_sqlite(&on_sqlite.url()).await, read_postgres(&on_postgres.url()).await)
}

async fn read_sqlite(url: &str) -> Schema {
    let mut connection = SqliteConnection::connect(url).await.unwrap();
    let mut schema = Schema::new();
    let columns = sqlx::query(
        r#"select t.name as table_name, c.name, lower(c.type) as kind, c.pk,
                  c."notnull" = 0 and c.pk = 0 as nullable,
                  exists (select 1 from sqlite_schema g
                          where g.type = 'trigger' and g.tbl_name = t.name) as has_triggers
           from sqlite_schema t join pragma_table_info(t.name) c
           where t.type = 'table' and t.name not like 'sqlite!_%' escape '!'
             and t.name not like '!_sqlx!_%' escape '!' and t.sql not like 'create virtual%'
           order by t.name, c.pk, c.cid"#,
    );
    for row in columns.fetch_all(&mut connection).await.unwrap() {
        let table = schema.entry(row.get("table_name")).or_default();
        let name: String = row.get("name");
        table.has_triggers = row.get("has_triggers");
        if row.get::<i64, _>("pk") > 0 {
            table.primary_key.push(name.clone());
        }
        table.columns.insert(name, (row.get("kind"), row.get("nullable")));
    }
    let indexes = sqlx::query(
        r#"select t.name as table_name, i."unique", i.partial,
                  (select group_concat(name, ', ') from
                    (select c.name from pragma_index_info(i.name) c order by c.seqno)) as columns
           from sqlite_schema t join pragma_index_list(t.name) i
           where t.type = 'table' and i.origin <> 'pk'"#,
    );
    for row in indexes.fetch_all(&mut connection).await.unwrap() {
        if let Some(table) = schema.get_mut(row.get::<&str, _>("table_name")) {
            let columns: Option<String> = row.get("columns");
            let index = (columns.unwrap_or_default(), row.get("unique"), row.get("partial"));
            table.indexes.insert(index);
        }
    }
    let references = sqlx::query(
        r#"select t.name as table_name,
                  group_concat(f."from", ', ') || ' -> ' || f."table" as reference
           from sqlite_schema t join pragma_foreign_key_list(t.name) f
           where t.type = 'table' group by t.name, f.id, f."table""#,
    );
    for row in references.fetch_all(&mut connection).await.unwrap() {
        if let Some(table) = schema.get_mut(row.get::<&str, _>("table_name")) {
            table.references.insert(row.get("reference"));
        }
    }
    schema
}

async fn read_postgres(url: &str) -> Schema {
    let mut connection = PgConnection::connect(url).await.unwrap();
    let mut schema = Schema::new();
    let columns = sqlx::query(
        "select t.relname::text as table_name, a.attname::text as name,
                format_type(a.atttypid, a.atttypmod) as kind,
                not a.attnotnull as nullable,
                exists (select 1 from pg_trigger g
                        where g.tgrelid = t.oid and not g.tgisinternal) as has_triggers
         from pg_class t join pg_attribute a on a.attrelid = t.oid
         where t.relnamespace = 'public'::regnamespace and t.relkind = 'r'
           and t.relname not like '\\_sqlx\\_%' and a.attnum > 0 and not a.attisdropped",
    );
    for row in columns.fetch_all(&mut connection).await.unwrap() {
        let table = schema.entry(row.get("table_name")).or_default();
        table.has_triggers = row.get("has_triggers");
        table.columns.insert(row.get("name"), (family(row.get("kind")), row.get("nullable")));
    }
    let indexes = sqlx::query(
        "select t.relname::text as table_name, i.indisunique as is_unique,
                i.indisprimary as is_primary, i.indpred is not null as is_partial,
                (select string_agg(a.attname::text, ', ' order by k.position)
                 from unnest(i.indkey) with ordinality as k (number, position)
                 left join pg_attribute a on a.attrelid = t.oid and a.attnum = k.number) as columns
         from pg_index i join pg_class t on t.oid = i.indrelid
         where t.relnamespace = 'public'::regnamespace",
    );
    for row in indexes.fetch_all(&mut connection).await.unwrap() {
        let Some(table) = schema.get_mut(row.get::<&str, _>("table_name")) else { continue };
        let columns: String = row.get::<Option<String>, _>("columns").unwrap_or_default();
        if row.get("is_primary") {
            table.primary_key = columns.split(", ").map(str::to_owned).collect();
        } else {
            table.indexes.insert((columns, row.get("is_unique"), row.get("is_partial")));
        }
    }
    let references = sqlx::query(
        "select t.relname::text as table_name,
                (select string_agg(a.attname::text, ', ' order by k.position)
                 from unnest(c.conkey) with ordinality as k (number, position)
                 join pg_attribute a on a.attrelid = t.oid and a.attnum = k.number)
                || ' -> ' || target.relname as reference
         from pg_constraint c join pg_class t on t.oid = c.conrelid
         join pg_class target on target.oid = c.confrelid
         where c.contype = 'f' and t.relnamespace = 'public'::regnamespace",
    );
    for row in references.fetch_all(&mut connection).await.unwrap() {
        if let Some(table) = schema.get_mut(row.get::<&str, _>("table_name")) {
            table.references.insert(row.get("reference"));
        }
    }
    schema
}
