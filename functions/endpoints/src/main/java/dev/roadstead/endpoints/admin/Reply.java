package dev.roadstead.endpoints.admin;

import dev.roadstead.access.Account;
import dev.roadstead.access.Accounts.Actor;
import dev.roadstead.document.JsonDocument;
import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.model.AccountName;
import dev.roadstead.rule.Grant;
import dev.roadstead.wire.Answer;
import java.time.Instant;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** What the resources of administration have in common: JSON objects, and who has asked. */
final class Reply {
  /** The longest page of accounts. */
  static final int MAX_PAGE = 500;

  private Reply() {}

  /** The caller, for the audit log. */
  static Actor actor(ApiRequest request) {
    return new Actor(request.caller(), request.network());
  }

  static Answer of(Consumer<JsonGenerator> properties) {
    return Answer.of(200)
        .withBody("application/json", JsonDocument.write(properties))
        .with("Cache-Control", "no-store");
  }

  /** Nothing to say but that it is done. */
  static Answer done(AccountName name) {
    return of(json -> json.writeStringProperty("name", name.text()));
  }

  static void write(JsonGenerator json, Account account) {
    json.writeStartObject();
    json.writeStringProperty("name", account.name().text());
    json.writeBooleanProperty("enabled", account.enabled());
    json.writeStringProperty("createdAt", time(account.createdAtSeconds()));
    account.expiresAtSeconds().ifPresent(end -> json.writeStringProperty("expiresAt", time(end)));
    json.writeArrayPropertyStart("groups");
    account.groups().forEach(group -> json.writeString(group.text()));
    json.writeEndArray();
    json.writeEndObject();
  }

  private static String time(long seconds) {
    return Instant.ofEpochSecond(seconds).toString();
  }

  static void write(JsonGenerator json, Grant grant) {
    json.writeStartObject();
    json.writeStringProperty("holder", grant.holder().text());
    json.writeStringProperty("role", grant.role().toString());
    json.writeStringProperty("repository", grant.repositories().text());
    json.writeStringProperty("tag", grant.tags().text());
    grant.from().ifPresent(network -> json.writeStringProperty("from", network.text()));
    json.writeBooleanProperty("deny", grant.effect() == Grant.Effect.DENY);
    json.writeEndObject();
  }
}
