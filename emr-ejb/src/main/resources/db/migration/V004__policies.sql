-- The newest version of each standing policy, for the judge. The versions themselves are records (Consents).
create table policy (
  patient     bigint      not null,
  record      bigint      not null,
  number      int         not null,
  grantor     smallint    not null references hospital,
  about       bigint,
  hospital    smallint    not null references hospital,
  role        smallint,
  person      varchar(64),
  types       smallint[],
  reads       boolean     not null,
  stores      boolean     not null,
  valid_from  timestamptz not null,
  valid_until timestamptz,
  in_force    boolean     not null,
  primary key (patient, record)
);
create index on policy (hospital, about);
comment on column policy.about is 'whose records it opens; null for all patients of the grantor';
comment on column policy.types is 'numbers of the record types it opens; null for all';
grant select, insert, update on policy to emr_app;

-- Access statements are good for one request, at any server of the centre.
create table used_statement (
  id    uuid        primary key,
  until timestamptz not null
);
grant select, insert, delete on used_statement to emr_app;
