/** Hashes and tokens under the secret of the installation, one derived key per purpose. */
package afterword.keys;
