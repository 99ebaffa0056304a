package dev.roadstead.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DockerConfigurationTest {
  private static final RegistryHost REGISTRY = new RegistryHost("127.0.0.1:5000");
  private static final Credentials.Password CAPTAIN = new Credentials.Password("captain", "a:b");
  private static final String CAPTAIN_ENCODED = "Y2FwdGFpbjphOmI="; // captain:a:b

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:5000", "http://127.0.0.1:5000", "https://127.0.0.1:5000/v1/"})
  void findsTheRegistryUnderEachNameDockerGaveIt(String key) throws IOException {
    assertThat(credentials("{'auths':{'%s':{'auth':'%s'}}}".formatted(key, CAPTAIN_ENCODED)))
        .isEqualTo(CAPTAIN);
  }

  @Test
  void isAnonymousForOtherRegistriesAndWithoutAFile() throws IOException {
    assertThat(credentials("{'auths':{'r.example':{'auth':'%s'}}}".formatted(CAPTAIN_ENCODED)))
        .isEqualTo(new Credentials.Anonymous());
    assertThat(credentials("{'auths':{'127.0.0.1:5000':{}}}"))
        .isEqualTo(new Credentials.Anonymous());
    Files.delete(folder.resolve("config.json"));
    assertThat(configuration(Map.of()).credentialsFor(REGISTRY))
        .isEqualTo(new Credentials.Anonymous());
  }

  @Test
  void prefersAnIdentityToken() throws IOException {
    assertThat(
            credentials(
                "{'auths':{'127.0.0.1:5000':{'auth':'%s','identitytoken':'t'}}}"
                    .formatted(CAPTAIN_ENCODED)))
        .isEqualTo(new Credentials.IdentityToken("t"));
  }

  @Test
  void looksInTheHomeFolderByDefault() throws IOException {
    var dotDocker = Files.createDirectory(folder.resolve(".docker"));
    Files.writeString(
        dotDocker.resolve("config.json"),
        json("{'auths':{'127.0.0.1:5000':{'auth':'%s'}}}".formatted(CAPTAIN_ENCODED)));

    assertThat(new DockerConfiguration(Map.of("HOME", folder.toString())).credentialsFor(REGISTRY))
        .isEqualTo(CAPTAIN);
  }

  @Test
  void takesTheVariablesBeforeTheFile() throws IOException {
    write("{'auths':{'127.0.0.1:5000':{'auth':'%s'}}}".formatted(CAPTAIN_ENCODED));

    assertThat(
            configuration(Map.of("ROADSTEAD_USER", "mate", "ROADSTEAD_PASSWORD", "p"))
                .credentialsFor(REGISTRY))
        .isEqualTo(new Credentials.Password("mate", "p"));
    assertThatThrownBy(
            () -> configuration(Map.of("ROADSTEAD_USER", "mate")).credentialsFor(REGISTRY))
        .hasMessage("set both ROADSTEAD_USER and ROADSTEAD_PASSWORD, or neither");
  }

  @Test
  void asksTheHelperOfTheRegistryBeforeTheOneForAll() throws IOException {
    helper("own", "read host; echo '{\"Username\":\"'$host'\",\"Secret\":\"s\"}'");
    helper("general", "exit 1");

    assertThat(credentials("{'credHelpers':{'127.0.0.1:5000':'own'},'credsStore':'general'}"))
        .isEqualTo(new Credentials.Password("127.0.0.1:5000", "s"));
    assertThat(credentials("{'credHelpers':{'r.example':'own'},'credsStore':'general'}"))
        .isEqualTo(new Credentials.Anonymous());
  }

  @Test
  void knowsAHelpersIdentityToken() throws IOException {
    helper("own", "echo '{\"Username\":\"<token>\",\"Secret\":\"s\"}'");

    assertThat(credentials("{'credsStore':'own'}")).isEqualTo(new Credentials.IdentityToken("s"));
  }

  @Test
  void saysWhichHelperIsMissingOrBroken() throws IOException {
    helper("broken", "echo secret");

    assertThatThrownBy(() -> credentials("{'credsStore':'none'}"))
        .hasMessageStartingWith("docker-credential-none is not on the PATH");
    assertThatThrownBy(() -> credentials("{'credsStore':'../broken'}"))
        .hasMessageContaining("names no credential helper");
    assertThatThrownBy(() -> credentials("{'credsStore':'broken'}"))
        .hasMessageEndingWith("answered something that is no JSON")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'auths':{'127.0.0.1:5000':{'auth':'?'}}}",
        "{'auths':{'127.0.0.1:5000':{'auth':'OmE='}}}",
        "hunter2"
      })
  void complainsOfAConfigurationItCannotReadWithoutQuotingIt(String text) {
    assertThatThrownBy(() -> credentials(text))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("log in again")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void printsNoSecrets() {
    assertThat(CAPTAIN.toString()).doesNotContain("a:b");
    assertThat(new Credentials.IdentityToken("hunter2").toString()).doesNotContain("hunter2");
  }

  private Credentials credentials(String text) throws IOException {
    write(text);
    return configuration(Map.of("PATH", "/bin:" + folder)).credentialsFor(REGISTRY);
  }

  private DockerConfiguration configuration(Map<String, String> variables) {
    var environment = new java.util.HashMap<>(variables);
    environment.put("DOCKER_CONFIG", folder.toString());
    return new DockerConfiguration(environment);
  }

  private void write(String text) throws IOException {
    Files.writeString(folder.resolve("config.json"), json(text));
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private void helper(String name, String script) throws IOException {
    var file =
        Files.writeString(folder.resolve("docker-credential-" + name), "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }
}
