-- Changes reviewed by councils (domain.md §c3): what programs said of commits.

create table commit_status (
  id blob primary key,
  -- Grows with time: of two with one name, the greater is the later.
  number integer not null unique,
  module_id blob not null references module (id),
  oid text not null,
  -- The name of the check.
  context text not null,
  state text not null check (state in ('pending', 'success', 'failure', 'error', 'warning')),
  target_url text not null,
  description text not null,
  created_by blob not null references owner (id),
  created_at integer not null
) strict;
create index commit_status_commit on commit_status (module_id, oid, context, number);
