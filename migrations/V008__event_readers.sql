-- Who reads events, besides the counters: the one that tells all processes that there are new ones, and
-- the horizon, up to which old events are removed. A stream that ended before it cannot be resumed.
insert into reader_position (reader, xid, event_id) values ('notifier', '0', 0), ('horizon', '0', 0);
