/** What somebody is told whose browser has something to work out first, in English. */
export default {
  working: 'Checking that this is not a machine…',
};
