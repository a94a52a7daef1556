-- Every judgement, with what it disclosed or stored. Rows are added and never changed; bills are made of them.
create table audit (
  id         bigint generated always as identity primary key,
  at         timestamptz not null default clock_timestamp(),
  statement  uuid,
  submission uuid,
  patient    bigint,
  octets     bigint      not null,
  hospital   smallint,
  role       smallint,
  purpose    smallint,
  action     smallint    not null,
  type       smallint,
  permitted  boolean     not null,
  person     text        not null,
  rule       text        not null,
  records    bigint[]    not null,
  numbers    int[]       not null
);
create index on audit using brin (at);
create index on audit (hospital, id);
comment on column audit.statement is 'the access statement by which it was asked';
comment on column audit.octets is 'of the content disclosed or stored';
comment on column audit.hospital is 'who asked; null for the centre''s own staff';
comment on column audit.rule is 'by which it was permitted, policies with record and version, or why not';
comment on column audit.records is 'disclosed or stored, with their versions in numbers';
grant select, insert on audit to emr_app;
