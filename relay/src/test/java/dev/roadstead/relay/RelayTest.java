package dev.roadstead.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.roadstead.error.ErrorCode;
import dev.roadstead.error.RegistryException;
import dev.roadstead.memory.InMemoryBlobStore;
import dev.roadstead.memory.InMemoryMetadataStore;
import dev.roadstead.model.Caller;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.RegistrySettings;
import dev.roadstead.registry.Uploads;
import dev.roadstead.route.Action;
import dev.roadstead.route.Address;
import dev.roadstead.route.LocationKeys;
import dev.roadstead.route.Operation;
import dev.roadstead.rule.Access;
import dev.roadstead.rule.Authenticator.Visitor;
import dev.roadstead.rule.Decision;
import dev.roadstead.wire.Answer;
import dev.roadstead.wire.UploadExchange;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class RelayTest {
  private static final RepositoryName REPOSITORY = new RepositoryName("team/app");
  private static final byte[] BLOB = new byte[7_000_000];
  private static final Digest DIGEST;

  static {
    new Random(3).nextBytes(BLOB);
    DIGEST = Digest.sha256(BLOB);
  }

  private final InMemoryBlobStore blobs = new InMemoryBlobStore();
  private final Environment environment =
      new Environment(
          new InMemoryMetadataStore(),
          blobs,
          () -> Instant.ofEpochSecond(1_800_000_000),
          UUID::randomUUID,
          RegistrySettings.DEFAULTS);
  private final UploadExchange uploads =
      new UploadExchange(
          new Uploads(environment),
          new LocationKeys(List.of(new byte[LocationKeys.KEY_BYTES])),
          environment.settings(),
          environment.clock());
  private final Relay relay = new Relay(uploads, visitor -> Access.OPEN);

  @Test
  void takesAStreamOfUnknownLengthAndThenItsEnd() {
    var accepted = relay.handle(patch(location(), bytes(BLOB)));
    assertThat(accepted.status()).isEqualTo(202);
    assertThat(accepted.headers()).containsEntry("Range", "0-6999999");

    var next = last(accepted);
    var created = relay.handle(put(next, DIGEST, bytes(new byte[0])));
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.headers()).containsEntry("Docker-Content-Digest", DIGEST.toString());
  }

  @Test
  void takesAWholeBlobWithItsDigest() {
    assertThat(relay.handle(put(location(), DIGEST, bytes(BLOB))).status()).isEqualTo(201);
  }

  @Test
  void takesAWholeBlobWithoutASession() {
    assertThat(relay.handle(post(Optional.of(DIGEST.toString()), bytes(BLOB))).status())
        .isEqualTo(201);
  }

  @Test
  void refusesBytesOfAnotherDigest() {
    var other = Digest.sha256(new byte[] {1});

    assertRefused(put(location(), other, bytes(BLOB)), ErrorCode.DIGEST_INVALID);
  }

  @Test
  void refusesWhatIsNoDigestAndNoNameAndNoLocation() {
    assertRefused(post(Optional.of("sha256:0"), unreadable()), ErrorCode.DIGEST_INVALID);
    assertRefused(post(Optional.empty(), unreadable()), ErrorCode.DIGEST_INVALID);
    assertRefused(patch("forged", unreadable()), ErrorCode.BLOB_UPLOAD_UNKNOWN);
    assertRefused(
        request(Operation.APPEND_CHUNK, "TEAM", "x", Optional.empty(), unreadable()),
        ErrorCode.NAME_INVALID);
  }

  @Test
  void asksForTheRightToPushBeforeItReads() {
    var asked = new ArrayList<Decision.Question>();
    Decision never =
        question -> {
          asked.add(question);
          return new Decision.Verdict.Denied("no");
        };

    assertThatExceptionOfType(RegistryException.class)
        .isThrownBy(
            () ->
                new Relay(uploads, visitor -> new Access(Caller.ANONYMOUS, never))
                    .handle(patch(location(), unreadable())))
        .matches(refusal -> refusal.status() == ErrorCode.DENIED.status());
    assertThat(asked)
        .singleElement()
        .matches(question -> question.action() == Action.PUSH)
        .matches(question -> question.repository().equals(Optional.of(REPOSITORY)));
  }

  @Test
  void sendsAwayOnlyPostsWhileTooManyStreamsRun() {
    var release = new CountDownLatch(1);
    var running = new CountDownLatch(Relay.MAX_STREAMS);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var streams = new ArrayList<CompletableFuture<Answer>>();
      for (int i = 0; i < Relay.MAX_STREAMS; i++) {
        var request = patch(location(), held(running, release));
        streams.add(CompletableFuture.supplyAsync(() -> relay.handle(request), threads));
      }
      await(running);

      assertRefused(
          post(Optional.of(DIGEST.toString()), unreadable()), ErrorCode.TOO_MANY_REQUESTS);
      var waiting = patch(location(), bytes(BLOB));
      streams.add(CompletableFuture.supplyAsync(() -> relay.handle(waiting), threads));
      release.countDown();

      assertThat(streams).allMatch(stream -> stream.join().status() == 202);
    }
  }

  private void assertRefused(RelayRequest request, ErrorCode code) {
    assertThatExceptionOfType(RegistryException.class)
        .isThrownBy(() -> relay.handle(request))
        .satisfies(refusal -> assertThat(refusal.problems().getFirst().code()).isEqualTo(code));
  }

  private String location() {
    return last(uploads.start(REPOSITORY, Optional.empty()));
  }

  private static String last(Answer answer) {
    var location = answer.headers().getOrDefault("Location", "");
    return location.substring(location.lastIndexOf('/') + 1);
  }

  private static RelayRequest patch(String location, ReadableByteChannel body) {
    return request(Operation.APPEND_CHUNK, REPOSITORY.text(), location, Optional.empty(), body);
  }

  private static RelayRequest put(String location, Digest digest, ReadableByteChannel body) {
    var text = Optional.of(digest.toString());
    return request(Operation.FINISH_UPLOAD, REPOSITORY.text(), location, text, body);
  }

  private static RelayRequest post(Optional<String> digest, ReadableByteChannel body) {
    return request(Operation.START_UPLOAD, REPOSITORY.text(), "", digest, body);
  }

  private static RelayRequest request(
      Operation operation,
      String name,
      String last,
      Optional<String> digest,
      ReadableByteChannel body) {
    return new RelayRequest(
        operation,
        new Address(operation.place(), name, last),
        digest,
        Optional.empty(),
        OptionalLong.empty(),
        body,
        new Visitor(Optional.empty(), ""));
  }

  private static ReadableByteChannel bytes(byte[] bytes) {
    return Channels.newChannel(new ByteArrayInputStream(bytes));
  }

  /** A body that must not be read. */
  private static ReadableByteChannel unreadable() {
    return channel(
        () -> {
          throw new AssertionError("the body was read");
        });
  }

  /** A body that says when it is read, and ends when it is released. */
  private static ReadableByteChannel held(CountDownLatch running, CountDownLatch release) {
    return channel(
        () -> {
          running.countDown();
          await(release);
        });
  }

  private static ReadableByteChannel channel(Runnable whenRead) {
    return new ReadableByteChannel() {
      @Override
      public int read(ByteBuffer target) {
        whenRead.run();
        return -1;
      }

      @Override
      public boolean isOpen() {
        return true;
      }

      @Override
      public void close() {}
    };
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new AssertionError("interrupted", interrupted);
    }
  }
}
