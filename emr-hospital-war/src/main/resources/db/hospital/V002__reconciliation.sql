-- What hospital and centre counted for a day, so that nothing is lost and nothing left behind.
create table reconciliation (
  on_day         date primary key,
  compared_at    timestamp(9) with time zone not null,
  here_stored    bigint not null,
  here_records   bigint not null,
  here_deleted   bigint not null,
  centre_stored  bigint not null,
  centre_records bigint not null,
  centre_deleted bigint not null
);
create index receipt_stored on receipt (stored_at);
