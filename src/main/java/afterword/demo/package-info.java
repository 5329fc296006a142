/** Afterword to try out: a page on another site, a living thread, a moderator and a queue. */
package afterword.demo;
