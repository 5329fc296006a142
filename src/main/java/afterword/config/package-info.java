/**
 * What an operator may set: one table of settings, read from defaults, a file, the environment and
 * flags, with every mistake told at once. Depends on nothing but Java.
 */
package afterword.config;
