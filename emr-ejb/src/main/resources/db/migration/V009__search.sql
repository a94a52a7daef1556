-- Which of a type's search parameters have a value in a record: a bit for each. It answers whether one is missing,
-- and keeps contents shut where a search compares numbers or the like and there are none.
alter table current add column present bigint not null default -1;
comment on column current.present is 'a bit for each search parameter of the type that has a value, in the order of their names';

-- Searches that name no patient go by type, newest first, and compare terms on the row.
create index on current (type, record desc);

-- ... or by when records were stored.
create index on current using brin (stored_at);
