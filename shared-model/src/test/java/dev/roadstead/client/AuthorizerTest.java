package dev.roadstead.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.client.SmallRegistry.Access;
import dev.roadstead.client.SmallRegistry.Answer;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who the client says it is, and to whom. */
class AuthorizerTest {
  private static final RepositoryName REPOSITORY = new RepositoryName("team/app");
  private static final byte[] BLOB = "bytes".getBytes(UTF_8);
  private static final Digest DIGEST = Digest.sha256(BLOB);

  @Test
  void fetchesATokenForWhatTheChallengeNamesAndKeepsIt() throws IOException {
    try (var registry = SmallRegistry.start(Access.TOKEN);
        var client = client(registry, SmallRegistry.ACCOUNT)) {
      client.pushBlob(REPOSITORY, DIGEST, BLOB);
      client.pullBlob(REPOSITORY, DIGEST, 100);

      assertThat(registry.requests())
          .containsExactly(
              "HEAD /v2/team/app/blobs/" + DIGEST,
              "GET /token",
              "service=small&scope=repository:r:pull,push",
              "HEAD /v2/team/app/blobs/" + DIGEST,
              "POST /v2/team/app/blobs/uploads/",
              "GET /token",
              "service=small&scope=repository:r:pull,push",
              "POST /v2/team/app/blobs/uploads/",
              "PUT /v2/team/app/blobs/uploads/1",
              "GET /v2/team/app/blobs/" + DIGEST);
    }
  }

  @Test
  void fetchesANewTokenWhenTheOldOneHasExpired() throws IOException {
    try (var registry = SmallRegistry.start(Access.TOKEN);
        var client = client(registry, SmallRegistry.ACCOUNT)) {
      client.hasBlob(REPOSITORY, DIGEST);
      registry.expireTokens();

      assertThat(client.hasBlob(REPOSITORY, DIGEST)).isFalse();
    }
  }

  @Test
  void tradesAnIdentityTokenForAnAccessToken() throws IOException {
    try (var registry = SmallRegistry.start(Access.TOKEN);
        var client = client(registry, new Credentials.IdentityToken("identity"))) {
      assertThat(client.hasBlob(REPOSITORY, DIGEST)).isFalse();
      assertThat(registry.requests())
          .contains("POST /token")
          .anyMatch(request -> request.contains("grant_type=refresh_token"));
    }
  }

  @Test
  void answersABasicChallenge() throws IOException {
    try (var registry = SmallRegistry.start(Access.BASIC);
        var client = client(registry, SmallRegistry.ACCOUNT)) {
      client.pushBlob(REPOSITORY, DIGEST, BLOB);

      assertThat(registry.contents()).containsExactly("team/app/blobs/" + DIGEST);
    }
  }

  @Test
  void saysHowToLogInWhenItHasNothingToShow() throws IOException {
    try (var registry = SmallRegistry.start(Access.BASIC);
        var client = client(registry, new Credentials.Anonymous())) {
      assertThatThrownBy(() -> client.pushBlob(REPOSITORY, DIGEST, BLOB))
          .isInstanceOf(RegistryRefusal.class)
          .hasMessage(
              "%1$s wants a login to look for the blob %2$s in team/app: run docker login %1$s,"
                  + " or set ROADSTEAD_USER and ROADSTEAD_PASSWORD",
              registry.host(), DIGEST);
    }
  }

  @Test
  void saysThatAPasswordIsWrongWithoutRepeatingIt() throws IOException {
    for (var access : new Access[] {Access.BASIC, Access.TOKEN}) {
      try (var registry = SmallRegistry.start(access);
          var client = client(registry, new Credentials.Password("captain", "hunter2"))) {
        assertThatThrownBy(() -> client.hasBlob(REPOSITORY, DIGEST))
            .isInstanceOf(RegistryRefusal.class)
            .hasMessageMatching("(?s).*(password is wrong|user and password right).*")
            .hasMessageNotContaining("hunter2");
      }
    }
  }

  @Test
  void showsNothingToAnotherHostThatItIsRedirectedTo() throws IOException {
    try (var registry = SmallRegistry.start(Access.BASIC);
        var elsewhere = SmallRegistry.start(Access.OPEN); // refuses whoever shows something
        var client = client(registry, SmallRegistry.ACCOUNT);
        var other = client(elsewhere, new Credentials.Anonymous())) {
      other.pushBlob(REPOSITORY, DIGEST, BLOB);
      client.hasBlob(REPOSITORY, DIGEST);
      var address = "http://" + elsewhere.host() + "/v2/team/app/blobs/" + DIGEST;
      registry.answer("GET", new Answer(307, Map.of("Location", address), ""));

      assertThat(client.pullBlob(REPOSITORY, DIGEST, 100)).isEqualTo(BLOB);
    }
  }

  @Test
  void uploadsToAnotherHostWithoutShowingIt() throws IOException {
    try (var registry = SmallRegistry.start(Access.BASIC);
        var elsewhere = SmallRegistry.start(Access.OPEN);
        var client = client(registry, SmallRegistry.ACCOUNT)) {
      var address = "http://" + elsewhere.host() + "/v2/team/app/blobs/uploads/1?a=b%2Fc";
      client.hasBlob(REPOSITORY, DIGEST);
      registry.answer("POST", new Answer(202, Map.of("Location", address), ""));

      client.pushBlob(REPOSITORY, DIGEST, BLOB);
      assertThat(elsewhere.contents()).containsExactly("team/app/blobs/" + DIGEST);
    }
  }

  @Test
  void sendsNoPasswordToATokenServiceThatOthersCanReadAlong() throws IOException {
    try (var registry = SmallRegistry.start(Access.OPEN);
        var client = client(registry, SmallRegistry.ACCOUNT)) {
      registry.answer(
          "HEAD",
          new Answer(401, Map.of("WWW-Authenticate", "Bearer realm=\"http://r.example/t\""), ""));

      assertThatThrownBy(() -> client.hasBlob(REPOSITORY, DIGEST))
          .hasMessageContaining("names a token service that no password may be sent to");
    }
  }

  private static RegistryClient client(SmallRegistry registry, Credentials credentials) {
    return new RegistryClient(registry.host(), _ -> credentials);
  }
}
