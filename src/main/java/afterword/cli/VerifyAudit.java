package afterword.cli;

import afterword.audit.Verification;
import java.util.Map;

/** Says whether the audit log is whole, and whether every status follows from it. */
final class VerifyAudit implements Command {
  @Override
  public String name() {
    return "audit verify";
  }

  @Override
  public String usage() {
    return "";
  }

  @Override
  public String help() {
    return "Reads the audit log against its seals and replays it. Names every row that was altered, removed or"
        + " put in later, and every comment whose status is not what the log says. Keep the printed link: a"
        + " later run must print it again or go on from it.";
  }

  @Override
  public int run(Arguments arguments, Map<String, String> env) {
    Verification.Report report =
        OneShot.run(
            arguments.config(env),
            (vertx, complete, database) -> new Verification(database).verify());
    report.wrong().forEach(line -> System.out.println("WRONG: " + line));
    System.out.printf(
        "%d rows sealed, %d not yet; last link %s%n",
        report.sealed(), report.unsealed(), report.head().isEmpty() ? "none" : report.head());
    if (report.unrecorded() > 0)
      System.out.printf("%d comments came without a record of their own%n", report.unrecorded());
    System.out.println(
        report.wrong().isEmpty() ? "The audit log is whole." : "The audit log is NOT whole.");
    return report.wrong().isEmpty() ? 0 : Commands.FAILED;
  }
}
