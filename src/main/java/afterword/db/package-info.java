/**
 * The way to PostgreSQL: clients for reads and transactions, migrations, and a database of our own
 * for those who have none.
 */
package afterword.db;
