package dev.roadstead.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** What a client can prove who it is with. */
public sealed interface Credentials {

  /** Nothing; many registries let everybody pull. */
  record Anonymous() implements Credentials {}

  /** A user and a password, or what a registry takes for one. */
  record Password(String user, String password) implements Credentials {

    /** As Basic authentication writes them (RFC 7617). */
    String basic() {
      var both = (user + ":" + password).getBytes(UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    /** The user alone: a password is for nobody's eyes or log. */
    @Override
    public String toString() {
      return "Password[user=" + user + "]";
    }
  }

  /** A token that a login left behind; a token service takes it for a shorter-lived one. */
  record IdentityToken(String token) implements Credentials {

    /** Nothing of the token. */
    @Override
    public String toString() {
      return "IdentityToken";
    }
  }
}
