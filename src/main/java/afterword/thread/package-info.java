/**
 * The read side: pages of a thread, replies, counts and the newest comments of a site, from a cache
 * of encoded answers. It learns of changes by events and writes nothing.
 */
package afterword.thread;
