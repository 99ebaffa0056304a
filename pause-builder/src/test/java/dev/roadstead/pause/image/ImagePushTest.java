package dev.roadstead.pause.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.client.Credentials;
import dev.roadstead.client.RegistryClient;
import dev.roadstead.client.RegistryRefusal;
import dev.roadstead.client.SmallRegistry;
import dev.roadstead.client.SmallRegistry.Access;
import dev.roadstead.client.SmallRegistry.Answer;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Tag;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The registry refuses manifests whose children it lacks, so order is tested by every push. */
class ImagePushTest {
  private static final PauseImage IMAGE = PauseImage.of(Recipe.of(PauseVersion.NEWEST));
  private static final RepositoryName REPOSITORY = new RepositoryName("k8s/pause");
  private static final Tag TAG = new Tag("3.10.2");
  private static final String TAG_PATH = "k8s/pause/manifests/3.10.2";

  @AutoClose private final SmallRegistry registry;
  @AutoClose private final RegistryClient client;

  ImagePushTest() throws IOException {
    registry = SmallRegistry.start(Access.OPEN);
    client = new RegistryClient(registry.host(), _ -> new Credentials.Anonymous());
  }

  @Test
  void pushesTheIndexLast() throws IOException {
    push();

    assertThat(registry.requests()).last().isEqualTo("PUT /v2/" + TAG_PATH);
    assertThat(client.pullManifest(REPOSITORY, TAG).digest()).isEqualTo(IMAGE.index().digest());
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST ", "PUT /v2/k8s/pause/blobs/", "PUT /v2/k8s/pause/manifests/"})
  void leavesNothingToBePulledWhenItEndsHalfWay(String request) throws IOException {
    registry.answer(request, new Answer(500, Map.of(), ""));

    assertThatThrownBy(this::push).isInstanceOf(RegistryRefusal.class);
    assertThat(registry.contents()).doesNotContain(TAG_PATH);

    push();
    assertThat(registry.contents()).contains(TAG_PATH);
  }

  @Test
  void sendsNoBlobTwice() throws IOException {
    push();
    push();

    assertThat(registry.requests())
        .filteredOn(request -> request.startsWith("POST "))
        .hasSize(2 * Platform.values().length);
  }

  private void push() throws IOException {
    ImagePush.push(IMAGE, client, REPOSITORY, TAG);
  }
}
