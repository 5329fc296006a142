/** What an operator types: one class per command, and what they all stand on. */
package afterword.cli;
