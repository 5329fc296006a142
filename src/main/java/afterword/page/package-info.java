/** Host pages: which discussion an address belongs to, and what is known of the page. */
package afterword.page;
