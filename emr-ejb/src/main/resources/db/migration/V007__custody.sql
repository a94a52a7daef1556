-- Claim 7: hospitals carried out the order to delete. A report is kept as it was signed.
create table deletion_report (
  id          bigint generated always as identity primary key,
  hospital    smallint    not null references hospital,
  received_at timestamptz not null default now(),
  report      text        not null
);
comment on column deletion_report.report is 'compact JWS of the hospital';
grant select, insert on deletion_report to emr_app;

create table deletion (
  hospital   smallint    not null references hospital,
  submission uuid        not null,
  deleted_at timestamptz not null,
  report     bigint      not null references deletion_report,
  primary key (hospital, submission)
);
comment on table deletion is 'A submission that its hospital no longer holds; the first report counts.';
grant select, insert on deletion to emr_app;

create table hospital_contact (
  hospital smallint    primary key references hospital,
  at       timestamptz not null
);
comment on table hospital_contact is 'When a hospital''s server was last heard, to a few seconds.';
grant select, insert, update on hospital_contact to emr_app;
