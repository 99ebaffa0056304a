package dev.roadstead.endpoints.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.memory.InMemoryBlobStore;
import dev.roadstead.memory.InMemoryMetadataStore;
import dev.roadstead.model.AccountName;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.Keys;
import dev.roadstead.registry.Refusal;
import dev.roadstead.registry.RegistrySettings;
import dev.roadstead.store.Item;
import dev.roadstead.store.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Names that are shown with a wrong secret. */
class RefusalsTest {
  private final InMemoryMetadataStore items = new InMemoryMetadataStore();
  private final List<Refusal> told = new ArrayList<>();

  private Refusals refusals(boolean hasAccounts) {
    var environment =
        new Environment(
            items,
            new InMemoryBlobStore(),
            () -> Instant.EPOCH,
            UUID::randomUUID,
            RegistrySettings.DEFAULTS);
    return new Refusals(environment, hasAccounts, told::add);
  }

  @BeforeEach
  void addAccount() {
    items.write(Write.create(Item.at(Keys.account(new AccountName("alice"))).build()));
  }

  @Test
  void areToldOfWhenThereIsSuchAnAccountAndNeverWhenTheyMayBeAPassword() {
    refusals(true).login("alice", "192.0.2.1");
    refusals(true).login("correct-horse", "192.0.2.1");
    refusals(true).login("Correct Horse!\n", "192.0.2.1");
    refusals(false).login("alice", "192.0.2.1");

    assertThat(told)
        .extracting(refusal -> refusal.entry().who())
        .containsExactly("alice", "unknown", "unknown", "unknown");
    assertThat(told).allMatch(refusal -> refusal.entry().what().equals("refused: log-in"));
    assertThat(told.toString()).doesNotContain("orse");
  }
}
