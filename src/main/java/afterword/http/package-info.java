/**
 * What every handler shares: problems, strict JSON, headers, client addresses, deadlines and
 * bounds.
 */
package afterword.http;
