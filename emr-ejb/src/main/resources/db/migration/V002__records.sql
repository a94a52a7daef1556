-- The records. Everything about a patient lies in one partition, so that the same schema can be spread over
-- machines by patient. Keys are made by hospitals and the centre without asking the database: 42 bits of
-- milliseconds before 22 random bits. Patient 0 stands for no patient: the directory, and hospitals' policies.

-- Claim 16: a record keeps its original data. The application can add versions and read them, nothing else.
create table version (
  patient      bigint      not null,
  record       bigint      not null,
  number       int         not null check (number > 0),
  octets       int         not null,
  stored_at    timestamptz not null,
  type         smallint    not null,
  custodian    smallint    not null,
  author       smallint    not null,
  deleted      boolean     not null,
  submission   uuid        not null,
  content_hash bytea       not null,
  hash         bytea       not null,
  alias        varchar(64),
  content      bytea       not null,
  primary key (patient, record, number)
) partition by hash (patient);
comment on table  version is 'One row per version of a record; rows are never changed or removed.';
comment on column version.octets is 'of the content as it was signed';
comment on column version.custodian is 'the hospital that wrote version 1; its policies govern the record';
comment on column version.author is 'the hospital that wrote this version';
comment on column version.content_hash is 'SHA-256 of the content as it was signed';
comment on column version.hash is 'SHA-256 of the hash before (32 zero bytes at first), "Type/id", number and content_hash';
comment on column version.alias is 'the logical id, where a client chose it; else it is made of the keys';
comment on column version.content is 'codec, nonce, AES-GCM under the patient''s key of the compressed content';

-- What searches use: one row per record, its newest version.
create table current (
  patient   bigint      not null,
  record    bigint      not null,
  number    int         not null,
  octets    int         not null,
  stored_at timestamptz not null,
  date      timestamptz,
  until     timestamptz,
  type      smallint    not null,
  custodian smallint    not null,
  author    smallint    not null,
  deleted   boolean     not null,
  hash      bytea       not null,
  alias     varchar(64),
  terms     bigint[]    not null,
  content   bytea,
  primary key (patient, record)
) partition by hash (patient);
create index on current (patient, type, date desc nulls last, record desc);
comment on table  current is 'The newest version of each record, with what it is found by.';
comment on column current.date is 'when it happened, by the type''s principal date parameter: the beginning';
comment on column current.until is 'the end of a period or of a day, excluded; null for an instant';
comment on column current.terms is 'keyed 64-bit hashes of what searches may ask for';
comment on column current.content is 'as in version; null if it is large and kept there only';

do $$
begin
  for part in 0..7 loop
    execute format('create table version_%s partition of version for values with (modulus 8, remainder %s)', part, part);
    execute format('create table current_%s partition of current for values with (modulus 8, remainder %s) with (fillfactor = 95)', part, part);
  end loop;
end $$;

-- What searches across patients use: patients, and what belongs to no patient.
create table finder (
  patient bigint   not null,
  record  bigint   not null,
  type    smallint not null,
  terms   bigint[] not null,
  date    timestamptz,
  primary key (patient, record)
);
create index finder_terms on finder using gin (terms) with (fastupdate = off);
create index finder_date  on finder (type, date);

-- Ids that clients of partners chose.
create table alias (
  type    smallint    not null,
  id      varchar(64) not null,
  patient bigint      not null,
  record  bigint      not null,
  primary key (type, id)
);

-- Destroying a patient's key erases the patient and leaves every hash chain whole.
create table patient_key (
  patient bigint      primary key,
  wrapped bytea       not null,
  made_at timestamptz not null default now()
);
comment on column patient_key.wrapped is 'AES-256 data key, wrapped (RFC 3394) by the centre''s master key';

-- Who sent what, and what they were told.
create table submission (
  id          uuid        primary key,
  hospital    smallint    not null references hospital,
  patient     bigint      not null,
  author      varchar(64) not null,
  role        smallint    not null,
  recorded_at timestamptz not null,
  stored_at   timestamptz not null,
  records     int         not null,
  digest      bytea       not null,
  manifest    text,
  receipt     text        not null
);
create index on submission (hospital, stored_at);
comment on column submission.digest is 'SHA-256 of the manifest''s JSON: the same submission sent again has the same';
comment on column submission.manifest is 'signed by the hospital (compact JWS); null where it has no server';
comment on column submission.receipt is 'signed by the centre (compact JWS)';

grant select, insert on version, alias, patient_key, submission to emr_app;
grant select, insert, update on current, finder to emr_app;
