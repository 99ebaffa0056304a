package dev.roadstead.access;

import static dev.roadstead.access.TestAccounts.HERE;
import static dev.roadstead.access.TestAccounts.OPERATOR;
import static dev.roadstead.access.TestAccounts.PASSWORD;
import static dev.roadstead.access.TestAccounts.name;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.roadstead.access.TokenService.Proof;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.error.RegistryException;
import dev.roadstead.model.Scope;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and passwords that try to pass for others. */
class HostileLoginsTest {
  private final TestAccounts world = new TestAccounts();

  private void login(String name, String password) {
    var scopes = Scope.parse(List.of("repository:a:pull"));
    world.tokens.issue(new Proof.Password(name, password), scopes, false, HERE);
  }

  private static void refused(ErrorCode code, Runnable step) {
    assertThatExceptionOfType(RegistryException.class)
        .isThrownBy(step::run)
        .matches(refusal -> refusal.problems().getFirst().code() == code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Alice",
        "ALICE",
        "\u0430lice",
        "\uff41lice",
        "ali\u0301ce",
        "alice ",
        "alice\0",
        "a/lice",
        ""
      })
  void aNameThatLooksLikeAnotherIsNobodys(String name) {
    world.user("alice", "allow reader * * -");

    refused(ErrorCode.UNAUTHORIZED, () -> login(name, PASSWORD));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "1234567"})
  void aPasswordIsNeverEmptyOrShort(String password) {
    var bob = name("bob");

    refused(ErrorCode.REQUEST_INVALID, () -> world.accounts.addUser(bob, password, OPERATOR));
    refused(ErrorCode.UNAUTHORIZED, () -> login("bob", password));
  }

  @ParameterizedTest
  @ValueSource(strings = {"anonymous", "operator", "collector"})
  void theRegistrysOwnNamesAreNobodys(String taken) {
    refused(ErrorCode.REQUEST_INVALID, () -> world.user(taken));
    refused(ErrorCode.UNAUTHORIZED, () -> login(taken, PASSWORD));
  }
}
