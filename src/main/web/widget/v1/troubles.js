/** What the service may refuse, in English. Fetched when it does: there is a network then. */
export default {
  'too-many': { one: 'That was a lot at once. Try again in {n} second.', other: 'That was a lot at once. Try again in {n} seconds.' },
  unavailable: 'Not possible right now. Your text is kept here: try again in a moment.',
  'page-closed': 'Comments on this page are closed. Your text is kept in this browser.',
  'page-not-on-site': 'This page’s address is not one of the site’s. Please tell whoever runs it.',
  'origin-not-allowed': 'This site does not take comments from here. Please tell whoever runs it.',
  banned: 'You may not comment here.',
  'duplicate-comment': 'You have said exactly this already.',
  'too-long': 'This is too long.',
  'proof-required': 'That could not be checked in time. Your text is kept here: try again.',
  nudge: 'Please have another look before this is sent: {found}',
  change: 'Change it',
  anyway: 'Send anyway',
};
