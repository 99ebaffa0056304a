package dev.roadstead.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages name members of our classes as {@code Limits.MANIFEST_BYTES}; code gets renamed. */
class NamesTest {
  private static final Pattern MEMBER =
      Pattern.compile("`([A-Z]\\w*)\\.(\\w+)|\\[([A-Z]\\w*)\\]\\([^)]*\\)`\\.(\\w+)");

  /** The text of every class, by name; classes of one name are one text. */
  private static final Map<String, String> CLASSES = classes();

  private record Member(String owner, String name) {
    boolean exists() {
      var text = CLASSES.getOrDefault(owner, "");
      boolean isSpecification = Files.exists(Pages.ROOT.resolve("spec/" + owner + "." + name));
      return isSpecification || Pattern.compile("\\b" + name + "\\b").matcher(text).find();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.roadstead.docs.Pages#all")
  void everyMemberThatAPageNamesIsThere(Path page) throws IOException {
    assertThat(members(Files.readString(Pages.ROOT.resolve(page)))).allMatch(Member::exists);
  }

  @Test
  void noticesAMemberThatIsNot() {
    var members =
        members(
            "`Limits.MANIFEST_BYTES` [Blobs](x.java)`.find` `Limits.NO_SUCH` [Blobs](x)`.noSuch`");

    assertThat(members)
        .filteredOn(member -> !member.exists())
        .containsExactly(new Member("Limits", "NO_SUCH"), new Member("Blobs", "noSuch"));
  }

  private static List<Member> members(String page) {
    return MEMBER
        .matcher(page)
        .results()
        .map(
            found ->
                found.group(1) == null
                    ? new Member(found.group(3), found.group(4))
                    : new Member(found.group(1), found.group(2)))
        .toList();
  }

  private static Map<String, String> classes() {
    return Pages.files(".java").stream()
        .collect(
            Collectors.toMap(
                file -> file.getFileName().toString().replace(".java", ""),
                file -> Pages.read(Pages.ROOT.resolve(file)),
                (one, other) -> one + other));
  }
}
