/**
 * Moderators: who they are, how they sign in, what they may do. Sessions, roles and access tokens.
 */
package afterword.auth;
