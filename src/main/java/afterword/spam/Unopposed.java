package afterword.spam;

/** A comment that was public while moderators worked, and that nobody reported or decided on. */
record Unopposed(long comment, Writing writing) {}
