package dev.roadstead.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LinksTest {
  @ParameterizedTest
  @MethodSource("dev.roadstead.docs.Pages#all")
  void everyLinkLeadsSomewhere(Path page) {
    var file = Pages.ROOT.resolve(page);

    assertThat(Links.of(file)).allMatch(link -> Links.leadsSomewhere(file, link));
  }

  @Test
  void looksAtThePagesAndFindsTheirLinks() {
    assertThat(Pages.all())
        .contains(Path.of("README.md"), Path.of("CONTRIBUTING.md"), Path.of("docs/routes.md"));
    assertThat(Links.of(Pages.ROOT.resolve("docs/routes.md"))).contains("errors.md");
  }

  @Test
  void findsDeadLinks(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("other.md"), "# Where & what\n```\n# no heading\n```\n");
    var page = folder.resolve("page.md");
    Files.writeString(
        page,
        """
        # Here
        [a](other.md) [b](other.md#where--what) [c](#here) [d](https://example.com/x) `[e](no.md)`
        [f](gone.md) [g](other.md#no-heading) [h](#there) <img src="gone.svg">
        """);

    var dead = Links.of(page).stream().filter(link -> !Links.leadsSomewhere(page, link));

    assertThat(dead).containsExactly("gone.md", "other.md#no-heading", "#there", "gone.svg");
  }
}
