-- Several reporters of one address range weigh as much as the heaviest of them.
alter table flag add column range_hash bytea;
