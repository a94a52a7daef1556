-- Where a query is bound to no patient's chart, each row asks for the policies of its own custodian: with hundreds of
-- hospitals and tens of thousands of policies these few must be found among all that one hospital was given.
create index policy_grantor on policy (grantor, hospital, about);
