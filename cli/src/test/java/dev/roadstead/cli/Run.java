package dev.roadstead.cli;

import dev.roadstead.client.Credentials;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** What a command printed and ended with. */
record Run(int status, String output, String errors) {

  /** Runs the command line as a user without credentials would. */
  static Run of(String... arguments) {
    return of(new Credentials.Anonymous(), arguments);
  }

  static Run of(Credentials credentials, String... arguments) {
    return of(credentials, Map.of(), arguments);
  }

  /** Runs it with these variables. */
  static Run of(Credentials credentials, Map<String, String> environment, String... arguments) {
    var output = new StringWriter();
    var errors = new StringWriter();
    int status =
        Main.commandLine(_ -> credentials, environment)
            .setOut(new PrintWriter(output))
            .setErr(new PrintWriter(errors))
            .execute(arguments);
    return new Run(status, output.toString(), errors.toString());
  }
}
