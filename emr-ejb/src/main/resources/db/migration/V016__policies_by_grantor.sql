-- Where a query is bound to no patient's chart, each row asks for the policies of its own custodian: with hundreds of
-- hospitals and tens of thousands of policies these few must be found among all that one hospital was given.
create index policy_grantor on policy (grantor, hospital, about);

-- A hospital changes its key without a gap: it announces the new certificate under the old one's signature, and both
-- are accepted for a while. A certificate that an operator registers ends the one before at once.
alter table hospital_certificate add column before_until timestamptz;
comment on column hospital_certificate.before_until is 'until when the certificate before it is accepted beside it; null for not at all';
