/** The append-only record of who changed what; never a text, an e-mail or an address. */
package afterword.audit;
