/** What became of one's own comments, in English. */
export default {
  notPublished: 'A moderator did not publish this comment.',
  takenDown: 'This comment was taken down.',
  reasons: 'Reasons and appeal',
};
