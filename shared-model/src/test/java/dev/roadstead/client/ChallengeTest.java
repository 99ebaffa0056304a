package dev.roadstead.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ChallengeTest {
  @Test
  void readsQuotedAndUnquotedParameters() {
    assertThat(
            Challenge.parse(
                List.of("Bearer Realm=\"https://a/b?c=d\", service=reg,scope=\"x:y:pull,push\"")))
        .containsExactly(
            new Challenge(
                "bearer",
                Map.of("realm", "https://a/b?c=d", "service", "reg", "scope", "x:y:pull,push")));
  }

  @Test
  void readsSeveralChallengesInOneHeaderOrMore() {
    assertThat(Challenge.parse(List.of("Negotiate, Basic realm=\"a\\\"b\"", "Bearer realm=c")))
        .containsExactly(
            new Challenge("negotiate", Map.of()),
            new Challenge("basic", Map.of("realm", "a\"b")),
            new Challenge("bearer", Map.of("realm", "c")));
  }

  @Property
  void makesSomethingOfAnyText(@ForAll String header) {
    assertThat(Challenge.parse(List.of(header))).doesNotContainNull();
  }
}
