/** A Problem in the moderator's language; what we have no words for is said in the service's own. */
export function problemText(messages, problem) {
  const key = `problem.${problem.slug}`;
  if (messages.has(key)) return messages.say(key);
  return problem.detail || messages.say('problem.other');
}
