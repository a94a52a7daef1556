comment on column audit.patients is 'of each of records, where the request was not about one patient, 0 for the directory; of a refusal, whose chart it was about where the request did not say so: for the hospital that keeps it to know';

-- A partner's tokens end with what they were given for: other keys, other scopes, or that it was turned away.
alter table partner add column tokens_from timestamptz not null default now();
comment on column partner.tokens_from is 'tokens that were given before are refused';
grant update (tokens_from) on partner to emr_app;
