/**
 * {@code bin/faults}: breaks what the service stands on, under load, and looks whether a promise
 * was kept. A {@link afterword.faults.Stage} is one database behind a {@link afterword.faults.Link}
 * and services in processes of their own. A {@link afterword.faults.Writer} posts, and keeps in its
 * {@link afterword.faults.Journal} what it sent and what was answered; {@link
 * afterword.faults.Readers} look at all public answers meanwhile. A {@link afterword.faults.Play}
 * does harm, then {@link afterword.faults.Checker} compares the journal with the database and the
 * answers: one {@link afterword.faults.Row} of I1 to I8, and the play's own limit. {@link
 * afterword.faults.Controls} run plays against products that are broken on purpose: what the suite
 * does not find there, it would not find anywhere.
 */
package afterword.faults;
