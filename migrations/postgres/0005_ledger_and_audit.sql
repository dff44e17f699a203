-- What may never change: the ledger of each space (domain.md §c13) and the audit log
-- (security.md A12).

create table ledger_entry (
  space_id uuid not null references space (id),
  seq bigint not null check (seq > 0),
  ts bigint not null,
  kind text not null,
  call_ref text not null,
  currency text not null,
  actor uuid not null,
  council text,
  evidence text not null,
  reverses bigint,
  idempotency_key text not null,
  hash bytea not null,
  primary key (space_id, seq),
  unique (space_id, idempotency_key)
);
create index ledger_entry_call on ledger_entry (space_id, call_ref, seq);
create index ledger_entry_council on ledger_entry (space_id, call_ref, council, seq);

create table ledger_posting (
  space_id uuid not null,
  seq bigint not null,
  position bigint not null,
  account text not null,
  amount bigint not null check (amount <> 0),
  primary key (space_id, seq, position),
  foreign key (space_id, seq) references ledger_entry (space_id, seq)
);
create index ledger_posting_account on ledger_posting (space_id, account);

create table ledger_checkpoint (
  space_id uuid not null references space (id),
  size bigint not null check (size > 0),
  root bytea not null,
  note text not null,
  created_at bigint not null,
  primary key (space_id, size)
);

-- What stands on each account, kept beside the entries so that a page need not add them up; a
-- verification adds them up and compares.
create table ledger_balance (
  space_id uuid not null references space (id),
  call_ref text not null,
  currency text not null,
  account text not null,
  amount bigint not null,
  primary key (space_id, call_ref, currency, account)
);

-- The perfect subtrees of the tree over a published ledger, so that a proof reads a few rows and
-- not every entry. They follow from the entries: whoever is given a proof checks it.
create table ledger_node (
  space_id uuid not null references space (id),
  level bigint not null,
  position bigint not null,
  hash bytea not null,
  primary key (space_id, level, position)
);

-- How far a ledger was last verified whole: what a verification needs to go on from a signed head.
create table ledger_verified (
  space_id uuid primary key references space (id),
  size bigint not null,
  link bytea not null,
  peaks bytea not null,
  verified_at bigint not null
);

create table audit (
  seq bigint primary key,
  at bigint not null,
  person_id uuid,
  token_id uuid,
  council_id uuid,
  via text not null,
  deed text not null,
  subject text not null,
  outcome text not null check (outcome in ('done', 'refused')),
  detail text not null,
  hash bytea not null
);
create index audit_subject on audit (subject);

-- Sequences without gaps (CALL-2026-0001 …), taken inside the writing transaction.
create table counter (
  name text primary key,
  value bigint not null
);

-- One answer per (person, key): a repeated request gets the first one's answer.
create table idempotency (
  person_id uuid not null,
  key text not null,
  request_hash bytea not null,
  response text not null,
  created_at bigint not null,
  primary key (person_id, key)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name;
end
$$;
create trigger ledger_entry_frozen before update or delete or truncate on ledger_entry
for each statement execute function refuse_change();
create trigger ledger_posting_frozen before update or delete or truncate on ledger_posting
for each statement execute function refuse_change();
create trigger ledger_checkpoint_frozen before update or delete or truncate on ledger_checkpoint
for each statement execute function refuse_change();
create trigger audit_frozen before update or delete or truncate on audit
for each statement execute function refuse_change();
