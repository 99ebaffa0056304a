package dev.roadstead.registry.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.model.AccountName;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.SessionId;
import dev.roadstead.model.Tag;
import dev.roadstead.registry.AccountRegistry;
import dev.roadstead.registry.DayKeys;
import dev.roadstead.registry.FullRegistry;
import dev.roadstead.registry.HalfWayRegistry;
import dev.roadstead.registry.Keys;
import dev.roadstead.registry.check.Kind.Named;
import dev.roadstead.store.Key;
import dev.roadstead.store.ObjectKey;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
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
          STRIPE,
          REFERRER,
          ORPHAN,
          SESSION,
          TOMBSTONE,
          COLLECTOR,
          BLOB,
          TRASH ->
          FullRegistry.keys();
      case PROGRESS -> HalfWayRegistry.keys();
      case CHECK,
          IMMUTABLE_TAGS,
          RELAY,
          ACCOUNT,
          FAILED_LOGINS,
          AUDIT,
          REFUSALS,
          PULLS,
          PULL_BATCH ->
          AccountRegistry.keys();
    };
  }

  @ParameterizedTest
  @EnumSource
  void isInARegistryThatIsDamaged(Kind kind) {
    assertThat(damaged(kind))
        .anyMatch(key -> Kind.of(key).map(Named::kind).stream().toList().contains(kind));
  }

  @Test
  void everyRecordThatOperationsMakeIsOfSomeKind() {
    assertThat(
            Stream.of(FullRegistry.keys(), HalfWayRegistry.keys(), AccountRegistry.keys())
                .flatMap(List::stream))
        .allMatch(key -> Kind.of(key).isPresent());
  }

  /** Where no operation of these registries has been yet, too. */
  @Test
  void everyKeyThereIsIsOfAKindOfItsOwn() throws ReflectiveOperationException {
    var found = new HashMap<Kind, String>();
    for (var method : keyMethods()) {
      if (method.getReturnType() == Key.class) {
        method.setAccessible(true);
        var key = (Key) method.invoke(null, arguments(method));
        var kind = Kind.of(Objects.requireNonNull(key)).map(Named::kind);
        assertThat(kind).as("%s gives %s", method, key).isPresent();
        found.put(kind.get(), method.getName());
      }
    }
    assertThat(found).containsOnlyKeys(Kind.values());
  }

  private static List<Method> keyMethods() {
    return Stream.of(Keys.class, DayKeys.class)
        .flatMap(keys -> Stream.of(keys.getDeclaredMethods()))
        .toList();
  }

  private static Object[] arguments(Method method) {
    return Stream.of(method.getParameterTypes()).map(KindTest::sample).toArray();
  }

  private static Object sample(Class<?> type) {
    if (type == String.class) {
      return "abc"; // an account's name, a network, an artifact's type
    }
    if (type == long.class) {
      return 1_767_225_600_000L;
    }
    var samples =
        Map.<Class<?>, Object>of(
            RepositoryName.class, new RepositoryName("team/app"),
            Key.class, Keys.repository(new RepositoryName("team/app")),
            int.class, 3,
            Tag.class, new Tag("latest"),
            Digest.class, Digest.sha256(new byte[0]),
            SessionId.class, new SessionId(new UUID(1, 2)),
            AccountName.class, new AccountName("alice"),
            ObjectKey.class, new ObjectKey("data/ab/c"),
            UUID.class, new UUID(1, 2));
    return Objects.requireNonNull(samples.get(type));
  }
}
