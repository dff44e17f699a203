-- What may never change: the ledger of each space (domain.md §c13) and the audit log
-- (security.md A12).

create table ledger_entry (
  space_id blob not null references space (id),
  seq integer not null check (seq > 0),
  ts integer not null,
  kind text not null,
  call_ref text not null,
  currency text not null,
  actor blob not null,
  council text,
  evidence text not null,
  reverses integer,
  idempotency_key text not null,
  hash blob not null,
  primary key (space_id, seq),
  unique (space_id, idempotency_key)
) strict;
create index ledger_entry_call on ledger_entry (space_id, call_ref, seq);
create index ledger_entry_council on ledger_entry (space_id, call_ref, council, seq);

create table ledger_posting (
  space_id blob not null,
  seq integer not null,
  position integer not null,
  account text not null,
  amount integer not null check (amount <> 0),
  primary key (space_id, seq, position),
  foreign key (space_id, seq) references ledger_entry (space_id, seq)
) strict;
create index ledger_posting_account on ledger_posting (space_id, account);

create table ledger_checkpoint (
  space_id blob not null references space (id),
  size integer not null check (size > 0),
  root blob not null,
  note text not null,
  created_at integer not null,
  primary key (space_id, size)
) strict;

-- What stands on each account, kept beside the entries so that a page need not add them up; a
-- verification adds them up and compares.
create table ledger_balance (
  space_id blob not null references space (id),
  call_ref text not null,
  currency text not null,
  account text not null,
  amount integer not null,
  primary key (space_id, call_ref, currency, account)
) strict;

-- The perfect subtrees of the tree over a published ledger, so that a proof reads a few rows and
-- not every entry. They follow from the entries: whoever is given a proof checks it.
create table ledger_node (
  space_id blob not null references space (id),
  level integer not null,
  position integer not null,
  hash blob not null,
  primary key (space_id, level, position)
) strict;

-- How far a ledger was last verified whole: what a verification needs to go on from a signed head.
create table ledger_verified (
  space_id blob primary key references space (id),
  size integer not null,
  link blob not null,
  peaks blob not null,
  verified_at integer not null
) strict;

create table audit (
  seq integer primary key,
  at integer not null,
  person_id blob,
  token_id blob,
  council_id blob,
  via text not null,
  deed text not null,
  subject text not null,
  outcome text not null check (outcome in ('done', 'refused')),
  detail text not null,
  hash blob not null
) strict;
create index audit_subject on audit (subject);

-- Sequences without gaps (CALL-2026-0001 …), taken inside the writing transaction.
create table counter (
  name text primary key,
  value integer not null
) strict;

-- One answer per (person, key): a repeated request gets the first one's answer.
create table idempotency (
  person_id blob not null,
  key text not null,
  request_hash blob not null,
  response text not null,
  created_at integer not null,
  primary key (person_id, key)
) strict;

create trigger ledger_entry_no_update before update on ledger_entry
begin select raise(abort, 'the ledger is append-only'); end;
create trigger ledger_entry_no_delete before delete on ledger_entry
begin select raise(abort, 'the ledger is append-only'); end;
create trigger ledger_posting_no_update before update on ledger_posting
begin select raise(abort, 'the ledger is append-only'); end;
create trigger ledger_posting_no_delete before delete on ledger_posting
begin select raise(abort, 'the ledger is append-only'); end;
create trigger ledger_checkpoint_no_update before update on ledger_checkpoint
begin select raise(abort, 'the ledger is append-only'); end;
create trigger ledger_checkpoint_no_delete before delete on ledger_checkpoint
begin select raise(abort, 'the ledger is append-only'); end;
create trigger audit_no_update before update on audit
begin select raise(abort, 'the audit log is append-only'); end;
create trigger audit_no_delete before delete on audit
begin select raise(abort, 'the audit log is append-only'); end;
