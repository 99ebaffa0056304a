package dev.roadstead.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LinksTest {
  private static final Set<String> NOT_OURS = Set.of(".git", ".tools", "target", "node_modules");

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkLeadsSomewhere(Path page) {
    var file = Repository.ROOT.resolve(page);

    assertThat(Links.of(file)).allMatch(link -> Links.leadsSomewhere(file, link));
  }

  static List<Path> pages() throws IOException {
    var pages = new ArrayList<Path>();
    Files.walkFileTree(
        Repository.ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return NOT_OURS.contains(String.valueOf(folder.getFileName()))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".md")) {
              pages.add(Repository.ROOT.relativize(file));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return pages;
  }

  @Test
  void looksAtThePagesAndFindsTheirLinks() throws IOException {
    assertThat(pages())
        .contains(Path.of("README.md"), Path.of("CONTRIBUTING.md"), Path.of("docs/routes.md"));
    assertThat(Links.of(Repository.ROOT.resolve("docs/routes.md"))).contains("errors.md");
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
