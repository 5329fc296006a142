/** Server-sent events of a page: what is published, edited and removed while somebody looks. */
package afterword.live;
