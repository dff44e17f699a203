-- Work to do later, queued in the same transaction as what asks for it (security.md B2.7).

create table job (
  id uuid primary key,
  kind text not null,
  -- Two jobs never wait under one key: asking twice is asking once.
  key text not null,
  payload text not null,
  state text not null check (state in ('waiting', 'done', 'dead')),
  run_at bigint not null,
  attempts bigint not null,
  last_error text,
  created_at bigint not null,
  finished_at bigint
);
create unique index job_waiting on job (kind, key) where state = 'waiting';
create index job_due on job (state, run_at);
