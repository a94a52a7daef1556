-- A search for a code within a chart need not look at every record of the type.
alter table current add column code int not null default 0;
comment on column current.code is 'keyed 32-bit hash of the code that parameter code finds it by; 0 where that is none or several, or not known';
drop index current_patient_type_date_record_idx;
create index on current (patient, type, date desc nulls last, record desc, code);
