package dev.roadstead.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.document.ManifestReader;
import dev.roadstead.model.Caller;
import dev.roadstead.model.Descriptor;
import dev.roadstead.model.Digest;
import dev.roadstead.model.Reference;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.SessionId;
import dev.roadstead.model.Tag;
import dev.roadstead.wire.Answer;
import dev.roadstead.wire.UploadExchange.Message;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a client does with one repository, and with whatever process runs: the requests, and the
 * ways to push.
 */
record Client(World world, Supplier<TestProcess> running, RepositoryName repository) {
  static final Caller CALLER = new Caller("tester");

  private static final JsonMapper JSON = new JsonMapper();
  private static final byte[] NOTHING = {};

  /** An upload under way, as the client knows it. */
  record Upload(String location, SessionId session) {
    static Upload of(Answer answer) {
      var location = Objects.requireNonNull(answer.headers().get("Location"));
      var session = Objects.requireNonNull(answer.headers().get("Docker-Upload-UUID"));
      return new Upload(
          location.substring(location.lastIndexOf('/') + 1), SessionId.parse(session));
    }
  }

  private TestProcess process() {
    return running.get();
  }

  /** {@code POST}. */
  Upload post() {
    var answer = process().exchange().start(repository, Optional.empty());
    assertThat(answer.status()).isEqualTo(202);
    return Upload.of(answer);
  }

  /** {@code POST ?digest=} with the whole blob. */
  Answer postWhole(TestBlob blob) {
    var length = OptionalLong.of(blob.sizeBytes());
    return process().exchange().whole(repository, blob.digest(), length, channel(blob.bytes()));
  }

  /** {@code PATCH} with a length and without a range. */
  Answer patch(Upload upload, byte[] bytes) {
    var length = OptionalLong.of(bytes.length);
    return process().exchange().append(message(upload, Optional.empty(), length, bytes));
  }

  /** {@code PATCH} with a range. */
  Answer patchAt(Upload upload, long from, byte[] bytes) {
    var range = Optional.of(from + "-" + (from + bytes.length - 1));
    var message =
        new Message(
            repository,
            upload.location(),
            Optional.empty(),
            range,
            OptionalLong.of(bytes.length),
            channel(bytes));
    return process().exchange().append(message);
  }

  /** {@code PATCH} of a stream whose length nobody knows. */
  Answer patchStream(Upload upload, byte[] bytes) {
    return patchBody(upload, channel(bytes));
  }

  /** The same, of a body that need not come to its end. */
  Answer patchBody(Upload upload, ReadableByteChannel body) {
    var message =
        new Message(
            repository,
            upload.location(),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            body);
    return process().exchange().append(message);
  }

  /** {@code PUT ?digest=} without a body. */
  Answer putEmpty(Upload upload, Digest digest) {
    return put(upload, digest, NOTHING);
  }

  /** {@code PUT ?digest=} with a body. */
  Answer put(Upload upload, Digest digest, byte[] bytes) {
    var length = OptionalLong.of(bytes.length);
    return process().exchange().finish(message(upload, Optional.of(digest), length, bytes));
  }

  /** {@code GET <location>}. */
  Answer status(Upload upload) {
    return process().exchange().status(repository, upload.location());
  }

  /** {@code DELETE <location>}. */
  Answer cancel(Upload upload) {
    return process().exchange().cancel(repository, upload.location());
  }

  private Message message(
      Upload upload, Optional<Digest> digest, OptionalLong length, byte[] bytes) {
    return new Message(
        repository, upload.location(), digest, Optional.empty(), length, channel(bytes));
  }

  static ReadableByteChannel channel(byte[] bytes) {
    return Channels.newChannel(new ByteArrayInputStream(bytes));
  }

  /** {@code HEAD} of a blob, as before a push. */
  boolean has(TestBlob blob) {
    return process().blobs().findForPush(repository, blob.digest()).isPresent();
  }

  /** A small blob, or one through the relay, in one PUT. */
  void push(TestBlob blob) {
    created(put(post(), blob.digest(), blob.bytes()));
  }

  /** As Docker with its classic store: one stream without a length, then an empty PUT. */
  void pushStream(TestBlob blob) {
    var upload = Upload.of(patchStream(post(), blob.bytes()));
    created(putEmpty(upload, blob.digest()));
  }

  /** As go-containerregistry: one PATCH with a length, then an empty PUT. */
  void pushInOnePatch(TestBlob blob) {
    var upload = Upload.of(patch(post(), blob.bytes()));
    created(putEmpty(upload, blob.digest()));
  }

  /** As regctl: chunks of one size, then an empty PUT. */
  void pushChunks(TestBlob blob, int chunkBytes) {
    var upload = post();
    for (int at = 0; at < blob.sizeBytes(); at += chunkBytes) {
      upload = Upload.of(patchAt(upload, at, blob.slice(at, at + chunkBytes)));
    }
    created(putEmpty(upload, blob.digest()));
  }

  /** As the conformance tests: chunks, and the last one in the PUT. */
  void pushChunksLastInPut(TestBlob blob, int chunkBytes) {
    var upload = post();
    int at = 0;
    for (; at + chunkBytes < blob.sizeBytes(); at += chunkBytes) {
      upload = Upload.of(patchAt(upload, at, blob.slice(at, at + chunkBytes)));
    }
    created(put(upload, blob.digest(), blob.slice(at, blob.sizeBytes())));
  }

  /** As containerd with a large blob: POST, and a PUT that no process sees. */
  void pushDirect(TestBlob blob) {
    putDirect(post(), blob);
  }

  /** What the edge and the object store do with a direct PUT: no process takes part. */
  void putDirect(Upload upload, TestBlob blob) {
    try (var staging = world.objects().stage()) {
      staging.write(ByteBuffer.wrap(blob.bytes()));
      staging.storeAs(Keys.directPut(repository, blob.digest(), upload.session()), blob.digest());
    }
  }

  /** Pushes what the image names, then the image. */
  void push(TestImage image, String reference) {
    pushParts(image);
    stored(put(image, reference));
  }

  /** Pushes what the image names, unless it is there. */
  void pushParts(TestImage image) {
    image.blobs().stream().filter(blob -> !has(blob)).forEach(this::push);
    image.images().forEach(each -> push(each, each.manifest().digest().toString()));
  }

  /** {@code PUT} of a manifest. */
  PutResult put(TestImage image, String reference) {
    var bytes = image.manifest().bytes();
    var tag =
        Reference.parse(reference) instanceof Tag name ? Optional.of(name) : Optional.<Tag>empty();
    var document = ManifestReader.read(Optional.of(image.mediaType().text()), bytes);
    return process()
        .puts()
        .put(
            new ManifestPut.Push(
                repository, tag, image.manifest().digest(), document, bytes, CALLER, "push"));
  }

  /** Deletes a tag. */
  ManifestDelete.Deletion untag(String tag) {
    return process().deletes().untag(repository, new Tag(tag), CALLER);
  }

  /** Deletes a manifest. */
  ManifestDelete.Deletion delete(TestImage image) {
    return process().deletes().delete(repository, image.manifest().digest(), CALLER);
  }

  /** Deletes a manifest, as somebody who may delete any tag. */
  ManifestDelete.Deletion deleteAsked(TestImage image) {
    return process().deletes().delete(repository, image.manifest().digest(), CALLER, tag -> true);
  }

  /** Deletes a blob. */
  Blobs.Deletion delete(TestBlob blob) {
    return process().blobs().delete(repository, blob.digest(), CALLER);
  }

  /** The digests of what refers to an image, page after page. */
  List<String> referrers(TestImage subject) {
    var digests = new ArrayList<String>();
    Optional<String> after = Optional.empty();
    do {
      var page =
          process()
              .referrers()
              .list(repository, subject.manifest().digest(), Optional.empty(), after);
      page.descriptors().stream()
          .map(descriptor -> JSON.readTree(descriptor).path("digest").asString())
          .forEach(digests::add);
      after = page.next();
    } while (after.isPresent());
    return digests;
  }

  /** Says that a pull gives the image, with everything it names. */
  void pulls(String reference, TestImage image) {
    var found = process().manifests().read(repository, Reference.parse(reference));
    assertThat(found).as("%s of %s", reference, repository).isPresent();
    assertThat(found.get().bytes()).isEqualTo(image.manifest().bytes());
    assertThat(found.get().info().digest()).isEqualTo(image.manifest().digest());
    image.blobs().forEach(this::pulls);
    image.images().forEach(each -> pulls(each.manifest().digest().toString(), each));
  }

  /** Says that a pull gives the blob. */
  void pulls(TestBlob blob) {
    var link = process().blobs().find(repository, blob.digest());
    assertThat(link).as("%s in %s", blob.digest(), repository).isPresent();
    assertThat(link.get().sizeBytes()).isEqualTo(blob.sizeBytes());
    var bytes = world.objects().read(link.get().objectKey(), Integer.MAX_VALUE);
    assertThat(bytes).as("bytes of %s", blob.digest()).isPresent();
    assertThat(Arrays.equals(bytes.get(), blob.bytes())).isTrue();
  }

  /** Which manifest a tag points to. */
  Optional<Digest> tagged(String tag) {
    return process().manifests().find(repository, new Tag(tag)).map(Descriptor::digest);
  }

  /** Says that there is no such manifest. */
  void misses(String reference) {
    assertThat(process().manifests().read(repository, Reference.parse(reference))).isEmpty();
    assertThat(process().manifests().find(repository, Reference.parse(reference))).isEmpty();
  }

  /** Says that a manifest was taken. */
  static void stored(PutResult result) {
    assertThat(result).isInstanceOf(PutResult.Stored.class);
  }

  /** Says that a blob was taken. */
  static void created(Answer answer) {
    assertThat(answer.status()).isEqualTo(201);
  }
}
