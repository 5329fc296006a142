/** Tenants: their keys, origins and settings. */
package afterword.site;
