package dev.roadstead.localstack.spec;

import static dev.roadstead.localstack.spec.Requirement.Level.CLIENTS;
import static dev.roadstead.localstack.spec.Requirement.Section.PUSH;
import static dev.roadstead.localstack.spec.Requirement.Section.SUBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectsTest extends SpecTest {
  @Test
  @Requirement(
      section = PUSH,
      number = 4,
      value = "a manifest is accepted before the subject it refers to is there")
  void storesAManifestWhoseSubjectIsNotThere() {
    var later = repository.newImage();
    var referrer = repository.newImage().about(later);

    repository.put("/manifests/" + referrer.digest(), referrer).expect(201);
    repository.put("/manifests/" + later.digest(), later).expect(201);

    repository.get("/manifests/" + referrer.digest()).expect(200);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Requirement(
      section = SUBJECT,
      number = 1,
      value = "OCI-Subject is the digest of the manifest's subject")
  void namesTheSubject(boolean image) {
    var subject = repository.pushImage();
    var referrer = image ? repository.newImage() : Manifest.index(repository.pushImage());

    var reply = repository.put("/manifests/v1", referrer.about(subject)).expect(201);

    assertThat(reply.header("OCI-Subject")).isEqualTo(subject.digest());
  }

  @Test
  @Requirement(
      section = SUBJECT,
      number = 2,
      level = CLIENTS,
      value = "OCI-Subject comes with every push of the manifest, and with no other")
  void namesTheSubjectAgainAndNoneWhereThereIsNone() {
    var referrer = repository.newImage().about(repository.pushImage());
    repository.put("/manifests/v1", referrer).expect(201);

    assertThat(repository.put("/manifests/v1", referrer).expect(201).headerIfAny("OCI-Subject"))
        .isPresent();
    assertThat(repository.put("/manifests/v2", repository.newImage()).headerIfAny("OCI-Subject"))
        .isEmpty();
  }
}
