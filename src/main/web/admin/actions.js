/** What a moderator may decide, and which of it is offered on a comment. */
export const ACTIONS = {
  approve: { icon: 'M5 12.5l4.5 4.5L19 7.5' },
  reject: { icon: 'M6.5 6.5l11 11M17.5 6.5l-11 11' },
  spam: { icon: 'M12 7.5v5.5M12 16.2v.3M8.3 3.5h7.4l4.8 4.8v7.4l-4.8 4.8H8.3l-4.8-4.8V8.3z' },
  delete: { icon: 'M4.5 7h15M10 4h4M6.5 7l.8 12.5h9.4L17.5 7M10 11v5M14 11v5' },
  hold: { icon: 'M9 6v12M15 6v12' },
  restore: { icon: 'M5 5v5h5M5.5 10a7 7 0 1 1-.4 4' },
};

/**
 * Rejecting with a reason, by the digit that does it, and the usual reasons; a site may have its own instead. The
 * reason is stored with the decision.
 */
export const REASONS = {
  reject1: 'off-topic',
  reject2: 'insult',
  reject3: 'advertising',
  reject4: 'private',
  reject5: 'unlawful',
  reject6: 'unreadable',
  reject7: null,
  reject8: null,
  reject9: null,
};

const OFFERED = {
  pending: ['approve', 'reject', 'spam', 'delete'],
  published: ['reject', 'spam', 'delete', 'hold'],
  rejected: ['approve', 'hold', 'spam', 'delete'],
  spam: ['approve', 'hold', 'reject', 'delete'],
  deleted: ['restore', 'approve', 'reject', 'spam'],
};

export function offered({ status, source, notices, appeals, anotherModerator, gone }) {
  if (!isNoticed({ notices, appeals })) return isErased({ source }) ? [] : (OFFERED[status] ?? []);
  const later = LATER[status] ?? 'hold';
  if (anotherModerator) return REASONED.includes(later) ? [] : [later];
  return gone ? ['delete'] : ['approve', 'reject', 'delete', later];
}

/** Beside what settles a notice: four fit on a phone. */
const LATER = { pending: 'spam', deleted: 'restore' };

/** What settles a legal notice or an appeal, and so is given reasons for; also where nothing changes. */
export const REASONED = ['approve', 'reject', 'spam', 'delete'];

/** Erased for ever: there is nothing to decide on. */
export function isErased({ source }) {
  return source === '';
}

/** Whether a legal notice or an appeal waits. */
export function isNoticed({ notices = [], appeals = [] }) {
  return notices.length + appeals.length > 0;
}
