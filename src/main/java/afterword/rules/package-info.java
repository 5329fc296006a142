/** Automatic verdicts: an ordered table of checks over what was sent and what is known. Pure. */
package afterword.rules;
