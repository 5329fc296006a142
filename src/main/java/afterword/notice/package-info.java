/**
 * Legal notices about comments, statements of reasons for what was decided on them, and appeals.
 */
package afterword.notice;
