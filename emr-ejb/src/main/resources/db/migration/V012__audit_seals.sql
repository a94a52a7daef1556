-- The audit trail is sealed in stretches, a few seconds after it was written, by a job of its own: requests do not
-- wait for one another. What a seal says is in it, signed; the rest of the row finds it, and tells which entry does not fit.
create table audit_seal (
  number bigint primary key check (number > 0),
  last   bigint not null unique,
  seal   text   not null,
  marks  bytea  not null
);
comment on table  audit_seal is 'Each covers all entries of audit above the one before, up to last. Rows are added and never changed.';
comment on column audit_seal.seal is 'signed by the centre (compact JWS), names the one before by its hash';
comment on column audit_seal.marks is 'of each entry the id and the first eight bytes of its digest';
grant select, insert on audit_seal to emr_app;

-- The sealing job relies on ids being given at the moment of writing, one by one.
alter table audit alter column id set cache 1;

-- Whose records they are: where an entry is about one patient, column patient says it.
alter table audit add column patients bigint[];
comment on column audit.patients is 'of each of records, where the request was not about one patient; 0 for the directory';
comment on column audit.records is 'disclosed or stored, with their versions in numbers; the entries read, for action AUDIT';

-- Who saw a patient's chart.
create index audit_patient  on audit (patient, id) where patient is not null;
create index audit_patients on audit using gin (patients) where patients is not null;

-- What hospitals showed while the centre was away is told when it is back, and noted once however often it is told.
create table shown_again (
  hospital smallint not null references hospital,
  id       uuid     not null,
  primary key (hospital, id)
);
grant select, insert on shown_again to emr_app;
