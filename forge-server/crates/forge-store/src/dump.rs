//! Every row of the database, table by table, in a form that either engine reads back: what a
//! backup holds, and how an instance moves from SQLite to PostgreSQL.

use crate::{
    Queryable as _, Row, StoreError, Tx,
    query::{FromRow, Query},
    types::{Column as _, Value},
};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// BIGINT.
    Int,
    /// BOOLEAN.
    Bool,
    /// TEXT.
    Text,
    /// UUID.
    Uuid,
    /// BYTEA.
    Bytes,
}

/// A table and its columns.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// The columns of its primary key.
    pub key: &'static [&'static str],
    /// Every column.
    pub columns: &'static [(&'static str, Kind)],
}

macro_rules! tables {
    ($($table:ident [$($key:ident),+]: $($column:ident $kind:ident),+;)+) => {
        &[$(Table {
            name: stringify!($table),
            key: &[$(stringify!($key)),+],
            columns: &[$((stringify!($column), Kind::$kind)),+],
        }),+]
    };
}

/// Every table, those that others refer to first. Sessions are left out: a backup that is put
/// back elsewhere must not keep anyone signed in (security.md A11 #165). So are the deliveries of
/// webhooks: nothing is told a second time (security.md B3, R24).
pub const TABLES: &[Table] = tables! {
    setting [key]:
        key Text, value Text;
    owner [id]:
        id Uuid, number Int, slug Text, skeleton Text, kind Text;
    person [id]:
        id Uuid, name Text, email Text, password_hash Text, forge_admin Bool, status Text,
        locale Text, created_at Int;
    identity [issuer, subject]:
        issuer Text, subject Text, person_id Uuid, created_at Int;
    access_token [id]:
        id Uuid, number Int, person_id Uuid, name Text, hash Bytes, last_eight Text, scope Text,
        created_at Int, expires_at Int, used_at Int, revoked_at Int;
    council [id]:
        id Uuid, kind Text, name Text, country Text, currency Text, website Text, status Text,
        created_by Uuid, created_at Int, verified_by Uuid, verified_at Int;
    council_identifier [council_id, scheme, value]:
        council_id Uuid, scheme Text, value Text, verified Bool;
    council_domain [council_id, domain]:
        council_id Uuid, domain Text;
    council_grouping [council_id, grouping_id]:
        council_id Uuid, grouping_id Uuid;
    council_population [council_id, kind, vintage]:
        council_id Uuid, kind Text, vintage Text, value Int, reference_date Text, source_url Text;
    role [id]:
        id Uuid, person_id Uuid, council_id Uuid, role Text, valid_from Int, valid_until Int,
        granted_by Uuid;
    mandate [id]:
        id Uuid, person_id Uuid, council_id Uuid, amount_max Int, currency Text, kinds Text,
        act_ref Text, valid_from Text, valid_until Text, granted_by Uuid, granted_at Int,
        revoked_at Int;
    invitation [id]:
        id Uuid, token_hash Bytes, kind Text, council_id Uuid, role Text, email Text,
        created_by Uuid, created_at Int, expires_at Int, used_by Uuid, used_at Int;
    space [id]:
        id Uuid, title Text, purpose Text, lang Text, status Text, lead_id Uuid,
        treasurer_id Uuid, time_zone Text, currency Text, licence Text, created_by Uuid,
        created_at Int;
    space_member [space_id, council_id]:
        space_id Uuid, council_id Uuid, status Text, since Int, until Int, wish Text,
        act_ref Text, coordinates Bool;
    module [id]:
        id Uuid, number Int, owner_id Uuid, slug Text, kind Text, title Text, description Text,
        lang Text, licence Text, visibility Text, default_branch Text, empty Bool,
        created_by Uuid, created_at Int, updated_at Int, pushed_at Int, published_at Int;
    push [id]:
        id Uuid, module_id Uuid, person_id Uuid, state Text, created_at Int, finished_at Int;
    push_ref [push_id, name]:
        push_id Uuid, name Text, old_oid Text, new_oid Text;
    commit_status [id]:
        id Uuid, number Int, module_id Uuid, oid Text, context Text, state Text, target_url Text,
        description Text, created_by Uuid, created_at Int;
    call [id]:
        id Uuid, ref Text, space_id Uuid, title Text, need Text, scope Text, out_of_scope Text,
        lang Text, state Text, currency Text, basis Text, vat_bp Int, target Int, minimum Int,
        reserve_bp Int, rule Text, share_floor Int, share_cap Int, councils_min Int,
        population_min Int, low_ceilings Bool, early_close Bool, opens_on Text, deadline Text,
        deadline_at Int, grace_days Int, vehicle Text, profile Text, licence Text, lead_id Uuid,
        treasurer_id Uuid, snapshot Text, end_reason Text, version Int, created_by Uuid,
        created_at Int, published_at Int, reached_at Int, ended_at Int, deadline_first Text,
        extensions Int, leave_until Int, reopens_id Uuid, settled_at Int, closed_at Int;
    call_module [call_id, module_id]:
        call_id Uuid, module_id Uuid;
    call_milestone [call_id, position]:
        call_id Uuid, position Int, title Text, amount Int, due_on Text, criteria Text,
        state Text;
    call_subsidy [call_id, position]:
        call_id Uuid, position Int, label Text, amount Int, rate_bp Int, amount_max Int;
    call_required [call_id, council_id]:
        call_id Uuid, council_id Uuid;
    call_backstop [call_id]:
        call_id Uuid, council_id Uuid, amount_max Int, act_ref Text, before_ceilings Bool;
    call_version [call_id, number]:
        call_id Uuid, number Int, terms Text, simulation Text, reason Text, created_by Uuid,
        created_at Int;
    call_contract [call_id]:
        call_id Uuid, ref Text, supplier Text, amount Int, signed_on Text, recorded_by Uuid,
        recorded_at Int;
    delivery [id]:
        id Uuid, call_id Uuid, position Int, number Int, module_id Uuid, tag Text, swhid Text,
        swhid_commit Text, swhid_tree Text, notes Text, report_url Text, report_sha256 Text,
        docs_url Text, licence Text, licence_fits Bool, delivered_by Uuid, delivered_at Int,
        vote_ref Text, decided_at Int;
    delivery_unmet [delivery_id, criterion]:
        delivery_id Uuid, criterion Int, reason Text;
    work [id]:
        id Uuid, ref Text, call_id Uuid, position Int, council_id Uuid, state Text, days Int,
        day_rate Int, value Int, task Text, reason Text, counted Bool, offered_by Uuid,
        offered_at Int, judged_by Uuid, judged_at Int, delivered_at Int, entry_seq Int,
        version Int;
    pledge [id]:
        id Uuid, ref Text, call_id Uuid, council_id Uuid, state Text, ceiling Int, note Text,
        published Bool, final_net Int, final_vat Int, final_gross Int, reason Text, act_ref Text,
        version Int, created_by Uuid, created_at Int, updated_at Int, planned_on Text, body Text,
        signed_by Uuid, signed_at Int, committed_by Uuid, committed_at Int, commitment_no Text,
        service_code Text, ordered_at Int;
    pledge_year [pledge_id, year, section]:
        pledge_id Uuid, year Int, section Text, amount Int, account_hint Text;
    pledge_visa [pledge_id, number]:
        pledge_id Uuid, number Int, decision Text, ceiling Int, commitment_no Text, reason Text,
        decided_by Uuid, decided_at Int;
    substitution [id]:
        id Uuid, pledge_id Uuid, council_id Uuid, taking_id Uuid, reason Text, act_ref Text,
        offered_by Uuid, offered_at Int, approved_by Uuid, approved_at Int, done_at Int;
    evidence [id]:
        id Uuid, pledge_id Uuid, kind Text, number Text, decided_on Text,
        prefecture_receipt_on Text, published_on Text, delegation_ref Text, matter_code Text,
        url Text, file_name Text, media_type Text, size_bytes Int, salt Bytes, digest Bytes,
        visibility Text, uploaded_by Uuid, uploaded_at Int, checked_by Uuid, checked_at Int,
        rejected_by Uuid, rejected_at Int, rejection Text;
    funds_call [id]:
        id Uuid, ref Text, call_id Uuid, milestone Int, state Text, due_on Text, pay_to
        Text, calculation Text, digest Bytes, credit_ref Text, cancel_reason Text,
        version Int, created_by Uuid, created_at Int, issued_by Uuid, issued_at Int,
        cancelled_at Int;
    funds_call_line [funds_call_id, council_id]:
        funds_call_id Uuid, council_id Uuid, amount Int, net Int, vat Int, gross Int,
        siret Text, service_code Text, commitment_no Text, external_ref Text,
        written_off Int, entry_seq Int;
    invoice [id]:
        id Uuid, ref Text, call_id Uuid, milestone Int, supplier Text, supplier_name
        Text, number Text, issued_on Text, net Int, vat Int, paid Int, state Text,
        digest Bytes, reason Text, entry_seq Int, recorded_by Uuid, recorded_at Int,
        version Int;
    invoice_approval [invoice_id, person_id]:
        invoice_id Uuid, person_id Uuid, council_id Uuid, at Int;
    grant_award [call_id, position]:
        call_id Uuid, position Int, account Text, amount Int, awarded_on Text, act_ref
        Text, refund_first Bool, written_off Int, entry_seq Int, secured_by Uuid,
        secured_at Int;
    payment [id]:
        id Uuid, ref Text, call_id Uuid, kind Text, state Text, funds_call_id Uuid,
        council_id Uuid, grant_position Int, invoice_id Uuid, milestone Int, supplier
        Text, supplier_name Text, vat Int, amount Int, value_date Text, method Text,
        payment_order_no Text, bank_ref Text, receipt_bank_ref Text, reason Text,
        entry_seq Int, declared_by Uuid, declared_at Int, received_by Uuid, received_at
        Int, created_at Int, version Int;
    refund [id]:
        id Uuid, ref Text, call_id Uuid, council_id Uuid, grant_position Int, amount
        Int, state Text, value_date Text, payment_order_no Text, bank_ref Text,
        entry_seq Int, sent_by Uuid, sent_at Int, created_at Int, version Int;
    closing [call_id]:
        call_id Uuid, unspent Int, lessons Text, planned_by Uuid, planned_at Int,
        lead_signed_by Uuid, lead_signed_at Int, treasurer_signed_by Uuid,
        treasurer_signed_at Int, report Text, digest Bytes, closed_at Int, version Int;
    vote [id]:
        id Uuid, ref Text, space_id Uuid, call_id Uuid, kind Text, question Text,
        explanation Text, terms Text, effect Text, charter_version Int, state Text,
        opened_by Uuid, opened_at Int, closes_at Int, closed_at Int, reason Text, record Text,
        effect_state Text, effect_note Text;
    vote_elector [vote_id, council_id]:
        vote_id Uuid, council_id Uuid, weight Int, leads Bool, coordinates Bool;
    vote_ballot [vote_id, council_id]:
        vote_id Uuid, council_id Uuid, choice Text, offer Int, comment Text, actor Uuid,
        cast_at Int;
    call_supplier [call_id]:
        call_id Uuid, vote_id Uuid, supplier Text, offer_ref Text, amount Int;
    buy_in [pledge_id]:
        pledge_id Uuid, call_id Uuid, position Int, vote_id Uuid, policy Text, price Int,
        escalator_bp Int, waiver Text, amount Int, apart Int, apart_vat Int, joined_at Int;
    buy_in_credit [pledge_id, council_id]:
        pledge_id Uuid, council_id Uuid, credit Int, lowered Int;
    charter [space_id, version]:
        space_id Uuid, version Int, text Text, machine Text, oid Text, vote_id Uuid,
        adopted_at Int;
    ledger_entry [space_id, seq]:
        space_id Uuid, seq Int, ts Int, kind Text, call_ref Text, currency Text, actor Uuid,
        council Text, evidence Text, reverses Int, idempotency_key Text, hash Bytes;
    ledger_posting [space_id, seq, position]:
        space_id Uuid, seq Int, position Int, account Text, amount Int;
    ledger_balance [space_id, call_ref, currency, account]:
        space_id Uuid, call_ref Text, currency Text, account Text, amount Int;
    ledger_node [space_id, level, position]:
        space_id Uuid, level Int, position Int, hash Bytes;
    ledger_verified [space_id]:
        space_id Uuid, size Int, link Bytes, peaks Bytes, verified_at Int;
    ledger_checkpoint [space_id, size]:
        space_id Uuid, size Int, root Bytes, note Text, created_at Int;
    event [id]:
        id Uuid, at Int, kind Text, space_id Uuid, call_ref Text, council_id Uuid, subject Text,
        data Text, visibility Text, key Text, actor Uuid;
    letter [id]:
        id Uuid, person_id Uuid, key Text, kind Text, state Text, created_at Int, ended_at Int;
    notice [person_id, event_id]:
        person_id Uuid, event_id Uuid, mail Text, letter_id Uuid, created_at Int, read_at Int;
    notice_choice [person_id, topic]:
        person_id Uuid, topic Text, mail Text;
    audit [seq]:
        seq Int, at Int, person_id Uuid, token_id Uuid, council_id Uuid, via Text, deed Text,
        subject Text, outcome Text, detail Text, hash Bytes;
    counter [name]:
        name Text, value Int;
    idempotency [person_id, key]:
        person_id Uuid, key Text, request_hash Bytes, response Text, created_at Int;
    webhook [id]:
        id Uuid, number Int, owner_id Uuid, url Text, format Text, events Text, secret Bytes,
        active Bool, stopped Text, made_by Uuid, created_at Int, updated_at Int,
        succeeded_at Int;
    job [id]:
        id Uuid, kind Text, key Text, payload Text, state Text, run_at Int, attempts Int,
        last_error Text, created_at Int, finished_at Int;
};

/// A row, in the order of [`Table::columns`].
pub type Values = Vec<Value>;

/// Every row of a table, by its key.
pub async fn read(tx: &mut Tx, table: &'static Table) -> Result<Vec<Values>, StoreError> {
    let columns = table.columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
    let sql = format!("select {columns} from {} order by {}", table.name, table.key.join(", "));
    let rows: Vec<Raw> = Query::built(tx, sql).all().await?;
    rows.iter().map(|Raw(row)| values(table, row)).collect()
}

/// Puts a row back.
pub async fn insert(tx: &mut Tx, table: &'static Table, row: Values) -> Result<(), StoreError> {
    let columns = table.columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
    let places = (1..=table.columns.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    let sql = format!("insert into {} ({columns}) values ({places})", table.name);
    let query = row.into_iter().fold(Query::built(tx, sql), Query::bind_value);
    query.run().await?;
    Ok(())
}

/// Whether nothing was ever written: only then may a backup be put back.
pub async fn is_empty(tx: &mut Tx) -> Result<bool, StoreError> {
    let owners: i64 = tx.query("select count(*) as value from owner").value().await?;
    let acts: i64 = tx.query("select count(*) as value from audit").value().await?;
    Ok(owners == 0 && acts == 0)
}

/// Takes out what a server that started on the empty database wrote by itself.
pub async fn clear(tx: &mut Tx) -> Result<(), StoreError> {
    for sql in ["delete from invitation", "delete from setting", "delete from job"] {
        Query::built(tx, sql.to_owned()).run().await?;
    }
    Ok(())
}

/// The whole row, kept until its columns are known.
struct Raw(Row);

impl FromRow for Raw {
    fn from_row(row: Row) -> Result<Self, StoreError> {
        Ok(Self(row))
    }
}

fn values(table: &Table, row: &Row) -> Result<Values, StoreError> {
    let read = |(name, kind): &(&str, Kind)| {
        Ok(match kind {
            Kind::Int => Value::Int(i64::read_optional(row, name)?),
            Kind::Bool => Value::Bool(bool::read_optional(row, name)?),
            Kind::Text => Value::Text(String::read_optional(row, name)?),
            Kind::Uuid => Value::Uuid(uuid::Uuid::read_optional(row, name)?),
            Kind::Bytes => Value::Bytes(Vec::<u8>::read_optional(row, name)?),
        })
    };
    table.columns.iter().map(read).collect()
}
