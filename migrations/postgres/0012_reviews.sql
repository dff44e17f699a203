-- Changes reviewed by councils (domain.md §c3): what programs said of commits.

create table commit_status (
  id uuid primary key,
  -- Grows with time: of two with one name, the greater is the later.
  number bigint not null unique,
  module_id uuid not null references module (id),
  oid text not null,
  -- The name of the check.
  context text not null,
  state text not null check (state in ('pending', 'success', 'failure', 'error', 'warning')),
  target_url text not null,
  description text not null,
  created_by uuid not null references owner (id),
  created_at bigint not null
);
create index commit_status_commit on commit_status (module_id, oid, context, number);
