package afterword.moderation;

import afterword.comment.AlikeTexts;

/**
 * What a card shows, each for many comments at once: $1 their sites, $2 their numbers. Whatever
 * could be many is cut: a card shows the beginning and says how many there are.
 */
final class CardQueries {
  private CardQueries() {}

  private static final String WANTED =
      " from unnest($1::int[], $2::bigint[]) with ordinality as wanted (site_id, id, place) ";

  static final String CARDS =
      """
      select c.site_id, c.id, s.key as site, c.version, c.status, c.reasons, c.source, c.text, c.author_name,
        c.author_email, c.author_url, c.badge, c.commenter_id, c.created_at, c.edited_at, c.decided_at, c.depth,
        c.root_id, c.pinned, c.language, c.link_hosts, c.notes -> 'score' as score, c.notes -> 'because' as because,
        c.notes #>> '{found,doubt}' as odd, coalesce(c.due_at, c.created_at) as due_at,
        p.id as page_id, p.key as page_key, p.url, p.title, p.closed_at is null as open,
        parent.id as parent_id, parent.author_name as parent_name, left(parent.text, 500) as parent_text,
        c.locked_at is not null as locked, (select m.name from lease l join moderator m on m.id = l.moderator_id
          where l.site_id = c.site_id and l.comment_id = c.id and l.expires_at > now()) as held_by
      """
          + WANTED
          + """
      join comment c on c.site_id = wanted.site_id and c.id = wanted.id
      join site s on s.id = c.site_id
      join page p on p.site_id = c.site_id and p.id = c.thread_id
      left join comment parent on parent.site_id = c.site_id and parent.id = c.parent_id
      order by wanted.place
      """;

  /** What stands above, what was said just before, and the first answers. */
  static final String CONTEXT =
      """
      select wanted.site_id, wanted.id, around.kind, around.found
      """
          + WANTED
          + """
      join comment me on me.site_id = wanted.site_id and me.id = wanted.id
      cross join lateral (
        (with recursive up as (
          select a.*, 1 as step from comment a where a.site_id = me.site_id and a.id = me.parent_id
          union all
          select a.*, up.step + 1 from up
          join comment a on a.site_id = up.site_id and a.id = up.parent_id
          where up.step < 4
        )
        select 'ancestor' as kind, json_build_object('id', id, 'name', author_name, 'text', left(text, 500),
          'status', status, 'createdAt', created_at) as found
        from up order by step desc)
        union all
        (select 'before', json_build_object('id', id, 'name', author_name, 'text', left(text, 500),
          'status', status, 'createdAt', created_at)
        from comment b
        where b.site_id = me.site_id and b.root_id = me.root_id and b.shown and b.parent_id is not null
          and (b.created_at, b.id) < (me.created_at, me.id) and b.id is distinct from me.parent_id
          and me.parent_id is not null
        order by b.created_at desc, b.id desc limit 2)
        union all
        (select 'before', json_build_object('id', id, 'name', author_name, 'text', left(text, 500),
          'status', status, 'createdAt', created_at)
        from comment b
        where b.site_id = me.site_id and b.thread_id = me.thread_id and b.shown and b.parent_id is null
          and (b.created_at, b.id) < (me.created_at, me.id) and me.parent_id is null
        order by b.created_at desc, b.id desc limit 2)
        union all
        (select 'reply', json_build_object('id', id, 'name', author_name, 'text', left(text, 500),
          'status', status, 'createdAt', created_at)
        from comment r where r.site_id = me.site_id and r.parent_id = me.id
        order by r.id limit 3)
        union all
        (select 'approved', json_build_object('text', r.text, 'replacedAt', r.replaced_at)
        from comment_revision r
        where r.site_id = me.site_id and r.comment_id = me.id and me.edited_at is not null
        order by (r.replaced_at >= me.decided_at) desc nulls last,
          case when r.replaced_at >= me.decided_at then -r.version else r.version end desc
        limit 1)
      ) around
      order by wanted.place
      """;

  /** Of those who wrote: what became of what they wrote, and who else writes from there. */
  static final String AUTHORS =
      """
      select wanted.site_id, wanted.id, json_build_object(
        'firstSeenAt', k.first_seen_at,
        'approved', (select count(*) from (select from comment o where o.site_id = me.site_id
          and o.commenter_id = me.commenter_id and o.status = 'published' limit 1000) counted),
        'rejected', (select count(*) from (select from comment o where o.site_id = me.site_id
          and o.commenter_id = me.commenter_id and o.status in ('rejected', 'spam') limit 1000) counted),
        'waiting', (select count(*) from (select from comment o where o.site_id = me.site_id
          and o.commenter_id = me.commenter_id and o.status = 'pending' limit 1000) counted),
        'banned', exists (select from ban b where b.site_id = me.site_id and b.commenter_id = me.commenter_id
          and b.lifted_at is null and (b.expires_at is null or b.expires_at > $3::timestamptz)),
        'lastDecision', last.decision,
        'notes', coalesce(notes.list, '[]'),
        'sameRange', coalesce(neighbours.list, '[]')) as history
      """
          + WANTED
          + """
      join comment me on me.site_id = wanted.site_id and me.id = wanted.id
      left join commenter k on k.site_id = me.site_id and k.id = me.commenter_id
      left join lateral (
        select json_build_object('action', d.action, 'reason', d.reason, 'at', d.created_at, 'by', m.name) as decision
        from (select o.id from comment o where o.site_id = me.site_id and o.commenter_id = me.commenter_id
          and o.decided_at is not null order by o.decided_at desc limit 1) o
        join decision_item i on i.site_id = me.site_id and i.comment_id = o.id
        join decision d on d.site_id = i.site_id and d.id = i.decision_id and d.undone_at is null
        left join moderator m on m.id = d.moderator_id
        order by d.id desc limit 1
      ) last on true
      left join lateral (
        select json_agg(json_build_object('text', n.note, 'at', n.created_at, 'by', n.name)) as list
        from (
          select d.note, d.created_at, m.name
          from (select o.id from comment o where o.site_id = me.site_id and o.commenter_id = me.commenter_id
            and o.decided_at is not null order by o.decided_at desc limit 50) o
          join decision_item i on i.site_id = me.site_id and i.comment_id = o.id
          join decision d on d.site_id = i.site_id and d.id = i.decision_id
          left join moderator m on m.id = d.moderator_id
          where d.note is not null
          group by d.id, d.note, d.created_at, m.name
          order by d.id desc limit 3) n
      ) notes on true
      left join lateral (
        select json_agg(json_build_object('id', r.commenter_id, 'name', r.name)) as list
        from (
          select near.commenter_id, max(near.author_name) as name
          from (select o.commenter_id, o.author_name from comment o
            where o.site_id = me.site_id and o.range_hash = me.range_hash
            order by o.created_at desc limit 40) near
          where near.commenter_id is distinct from me.commenter_id
          group by near.commenter_id, case when near.commenter_id is null then near.author_name end
          limit 5) r
      ) neighbours on true
      """;

  /**
   * What waits and is like it, with the versions that a decision on all of them needs. Those by
   * "text" share a hash, and have to be compared: {@link AlikeTexts}.
   */
  static final String SIMILAR =
      """
      select wanted.site_id, wanted.id, alike.kind, alike.items
      """
          + WANTED
          + """
      join comment me on me.site_id = wanted.site_id and me.id = wanted.id
      cross join lateral (
        (select 'link' as kind, json_agg(json_build_array(o.id, o.version)) as items
        from (select o.id, o.version from comment o where o.site_id = me.site_id and o.status = 'pending'
          and o.link_hosts && me.link_hosts and o.id <> me.id limit 100) o)
        union all
        (select 'text', json_agg(json_build_array(o.id, o.version))
        from (select o.id, o.version from comment o where o.site_id = me.site_id and o.status = 'pending'
          and o.alike && me.alike and o.id <> me.id limit 200) o)
        union all
        (select 'author', json_agg(json_build_array(o.id, o.version))
        from (select o.id, o.version from comment o where o.site_id = me.site_id and o.status = 'pending'
          and o.commenter_id = me.commenter_id and o.id <> me.id limit 100) o)
      ) alike
      where alike.items is not null and me.status = 'pending'
      """;

  /** Both ends of what is longer than $3: a passage that many quote is but a part of them. */
  static final String TEXTS =
      """
      select c.site_id, c.id, case when length(c.text) <= $3::int then c.text
        else left(c.text, $3 / 2) || right(c.text, $3 / 2) end
      """
          + WANTED
          + """
      join comment c on c.site_id = wanted.site_id and c.id = wanted.id
      """;
}
