package dev.roadstead.docs;

import dev.roadstead.error.ErrorCode;
import dev.roadstead.route.Operation;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ErrorsPageTest {
  @Test
  void listsEveryErrorWithItsStatusAndMeaning() throws IOException {
    new GeneratedPage()
        .add("# Errors")
        .add(
            """
            Made from [`ErrorCode`](../shared-model/src/main/java/dev/roadstead/error/ErrorCode.java)
            and [`Operation`](../shared-model/src/main/java/dev/roadstead/route/Operation.java) by
            `ErrorsPageTest`; not written by hand.
            """)
        .add(
            """
            Every refusal is JSON in the form of the distribution specification:
            `{"errors":[{"code":…,"message":…,"detail":…}]}`. The message says what is wrong and what
            to do; the table has the one that is used when there is nothing better to say. `detail`
            is there when a program can use it. Where one code has several statuses, it has several
            rows. The last column names the operations of the [route table](routes.md); a dash stands
            for errors of the edge, of the guard around every operation, or of accounts, which there
            are not yet.
            """)
        .table(
            List.of("code", "status", "meaning", "operations"),
            Arrays.stream(ErrorCode.values())
                .sorted(
                    Comparator.comparing(ErrorCode::specCode).thenComparingInt(ErrorCode::status))
                .map(ErrorsPageTest::row)
                .toList())
        .check("errors.md");
  }

  private static List<String> row(ErrorCode code) {
    return List.of(
        "`" + code.specCode() + "`",
        String.valueOf(code.status()),
        code.message(),
        operations(code));
  }

  /** Those that may answer so, or those that may not where they are fewer. */
  private static String operations(ErrorCode code) {
    var may = names(operation -> operation.errors().contains(code));
    var mayNot = names(operation -> !operation.errors().contains(code));
    if (may.isEmpty()) {
      return "–";
    }
    return may.size() > mayNot.size()
        ? "all but " + String.join(", ", mayNot)
        : String.join(", ", may);
  }

  private static List<String> names(Predicate<Operation> which) {
    return Arrays.stream(Operation.values())
        .filter(which)
        .map(operation -> "`" + operation.functionName() + "`")
        .toList();
  }
}
