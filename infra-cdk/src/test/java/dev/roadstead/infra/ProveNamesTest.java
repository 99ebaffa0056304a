package dev.roadstead.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.docs.Pages;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code infra-cdk/prove} asks the account for outputs and resources by names of the template. */
class ProveNamesTest {
  private static final Pattern OUTPUT = Pattern.compile("\\$\\(output (\\w+)\\)");
  private static final Pattern RESOURCE = Pattern.compile("\\$\\(resources ([\\w:]+) (\\w+)\\)");

  private final String questions = Pages.read(Pages.ROOT.resolve("infra-cdk/questions/account.sh"));
  private final Assembly.Template template = Assembly.plain().registry();

  @Test
  void theTemplateHasTheOutputs() {
    assertThat(found(OUTPUT))
        .hasSize(2)
        .allMatch(output -> template.json().path("Outputs").has(output.getFirst()));
  }

  @Test
  void theTemplateHasOneResourceOfEachName() {
    assertThat(found(RESOURCE)).hasSize(3).allMatch(asked -> count(asked) == 1);
  }

  private long count(List<String> typeAndName) {
    return template.json().path("Resources").properties().stream()
        .filter(r -> r.getValue().path("Type").asString().equals(typeAndName.getFirst()))
        .filter(r -> r.getKey().startsWith(typeAndName.getLast()))
        .count();
  }

  private List<List<String>> found(Pattern pattern) {
    return pattern
        .matcher(questions)
        .results()
        .map(found -> List.of(found.group(1), found.group(found.groupCount())))
        .toList();
  }
}
