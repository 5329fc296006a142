/** Looks at a running installation from outside, and says of each fault what to do. */
package afterword.doctor;
