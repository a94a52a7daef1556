-- What people opened in emergencies, without a right of theirs: a window on one patient's chart, for one person and a
-- while. Rows are added; of a row only its end and the verdict of the patient's hospital change, each from null.
create table emergency (
  id        uuid        primary key,
  hospital  smallint    not null references hospital,
  person    varchar(64) not null,
  patient   bigint      not null,
  custodian smallint    not null references hospital,
  types     smallint[],
  opened_at timestamptz not null,
  until     timestamptz not null,
  paper     bytea       not null,
  ended_at  timestamptz,
  verdict   bytea,
  verdict_id uuid,
  justified boolean,
  judged_at timestamptz,
  check (until <= opened_at + interval '62 minutes')
);
create index on emergency (patient, hospital, person);
create index on emergency (custodian, opened_at);
create index on emergency (hospital, opened_at);
comment on column emergency.hospital is 'whose person opened it';
comment on column emergency.custodian is 'the patient''s hospital, which is told and judges';
comment on column emergency.types is 'numbers of the record types; null for all';
comment on column emergency.paper is 'as the hospital signed it (compact JWS), with the reason in words: encrypted under the patient''s key';
comment on column emergency.verdict is 'as the custodian signed it, encrypted likewise';
grant select, insert on emergency to emr_app;
grant update (ended_at, verdict, verdict_id, justified, judged_at) on emergency to emr_app;
