package dev.roadstead.localstack.spec;

import static dev.roadstead.localstack.spec.Requirement.Level.MAY;
import static dev.roadstead.localstack.spec.Requirement.Level.SHOULD;
import static dev.roadstead.localstack.spec.Requirement.Section.PROXYING;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Clients that take the registry for a mirror say which registry they mean. */
class ProxyingTest extends SpecTest {
  @Test
  @Requirement(
      section = PROXYING,
      number = 1,
      level = MAY,
      value = "the parameter ns is ignored: the answer is the same with it and without")
  void ignoresTheNamespace() {
    var image = repository.pushImage("v1");
    var blob = repository.pushBlob();

    for (var path : new String[] {"/manifests/v1", "/blobs/" + blob.digest(), "/tags/list"}) {
      var plain = repository.get(path).expect(200);
      var named = repository.get(path + "?ns=docker.io").expect(200);
      assertThat(named.body()).isEqualTo(plain.body());
    }
    repository.head("/manifests/" + image.digest() + "?ns=registry.example%3A5000").expect(200);
    repository.get("/referrers/" + image.digest() + "?ns=docker.io").expect(200);
  }

  @Test
  @Requirement(
      section = PROXYING,
      number = 2,
      level = SHOULD,
      value = "OCI-Namespace tells which ns a registry has heeded",
      departure = "ns is ignored, so no answer says that it was heeded")
  void saysOfNoNamespaceThatItWasHeeded() {
    repository.pushImage("v1");

    var reply = repository.get("/manifests/v1?ns=docker.io").expect(200);

    assertThat(reply.headerIfAny("OCI-Namespace")).isEmpty();
  }
}
