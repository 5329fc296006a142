/** How often somebody may write: token buckets in memory, per process. */
package afterword.ratelimit;
