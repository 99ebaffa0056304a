package dev.roadstead.registry.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.registry.FullRegistry;
import dev.roadstead.registry.HalfWayRegistry;
import dev.roadstead.registry.check.Kind.Named;
import dev.roadstead.store.Key;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Records of every kind are checked, and are damaged by {@code DamageTest}. */
class KindTest {
  /** The registries that are damaged. A new kind does not compile until it is in one of them. */
  private static List<Key> damaged(Kind kind) {
    return switch (kind) {
      case REPOSITORY,
          DELETED_REPOSITORY,
          CATALOG,
          TAG,
          MOVE,
          MANIFEST,
          BODY,
          LINK,
          REFERRER,
          ORPHAN,
          SESSION,
          TOMBSTONE,
          COLLECTOR,
          BLOB,
          TRASH ->
          FullRegistry.keys();
      case PROGRESS -> HalfWayRegistry.keys();
    };
  }

  @ParameterizedTest
  @EnumSource
  void isInARegistryThatIsDamaged(Kind kind) {
    assertThat(damaged(kind))
        .anyMatch(key -> Kind.of(key).map(Named::kind).stream().toList().contains(kind));
  }

  /** But for the audit log, which is another part of the registry, as accounts are. */
  @Test
  void everyRecordThatOperationsMakeIsOfSomeKind() {
    assertThat(Stream.of(FullRegistry.keys(), HalfWayRegistry.keys()).flatMap(List::stream))
        .filteredOn(key -> !key.partition().startsWith("A#"))
        .allMatch(key -> Kind.of(key).isPresent());
  }
}
