package dev.roadstead.embedded;

import dev.roadstead.memory.AgreesWithMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever is done, SQLite answers what the store in memory answers. */
class SqliteAgreesWithMemoryTest extends AgreesWithMemory {
  SqliteAgreesWithMemoryTest() {
    super(true);
  }

  @Property(tries = 150)
  void answersTheSameToAnySequence(@ForAll("sequences") List<Step> sequence) throws IOException {
    var path = Files.createTempDirectory("agree");
    try (var folder = TestFolder.open(path);
        var sqlite = SqliteMetadataStore.open(folder)) {
      agree(sqlite, sequence);
    } finally {
      DurableFolders.deleteTree(path);
    }
  }
}
