package dev.roadstead.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.roadstead.docs.Pages;
import dev.roadstead.route.EdgeRouter.Ways;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class SwitchesTest {
  @Test
  void theFileSaysWhatHoldsAnyway() {
    var context =
        new JsonMapper()
                .readTree(Pages.ROOT.resolve("infra-cdk/cdk.json").toFile())
                .path("context")
                .properties()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().asString()));

    assertThat(Switches.of(context)).isEqualTo(Switches.DEFAULTS);
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Switches.of(Map.of("directput", "true")))
        .withMessageStartingWith("unknown switches: directput; there are ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Switches.of(Map.of("directPut", "yes")))
        .withMessage("directPut is true or false, not yes");
  }

  @Test
  void saysWhichRelaysThereAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Switches.of(Map.of("relay", "lambda")))
        .withMessage("relay is none, wake or container, not lambda");
  }

  @Test
  void wantsAWayForLayers() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Switches.of(Map.of("relay", "none", "directPut", "false")))
        .withMessageEndingWith("no blob of more than 4500000 bytes could be pushed");
    assertThat(Switches.of(Map.of("directPut", "false")).ways()).isEqualTo(new Ways(true, false));
  }

  @Test
  void sendsReadersToTheBucketOrTheCdn() {
    assertThat(Switches.of(Map.of("reads", "cdn")).reads()).isEqualTo("cdn");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Switches.of(Map.of("reads", "both")))
        .withMessage("reads is bucket or cdn, not both");
  }

  @Test
  void wantsDomainAndCertificateTogether() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Switches.of(Map.of("domain", "images.example.org")))
        .withMessage("domain and certificate are given both or not at all");
  }

  @Test
  void wantsTheCertificateWhereTheCdnLooksForIt() {
    var elsewhere = "arn:aws:acm:eu-central-1:111122223333:certificate/a";

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Switches.of(Map.of("domain", "images.example.org", "certificate", elsewhere)))
        .withMessageContaining("us-east-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"9", "2000000001", "99999999999", "-1", "many", "+600"})
  void wantsALimitThatTheFirewallTakes(String limit) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Switches.of(Map.of("rateLimit", limit)))
        .withMessageEndingWith("from 10 to 2000000000; not " + limit);
    assertThat(Switches.of(Map.of("rateLimit", "600")).requestsPerMinute()).hasValue(600);
  }

  @Test
  void wantsAWebAclWhereTheCdnLooksForIt() {
    var regional = "arn:aws:wafv2:us-east-1:111122223333:regional/webacl/a/b";

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Switches.of(Map.of("webAcl", regional)))
        .withMessageEndingWith("not " + regional);
  }
}
