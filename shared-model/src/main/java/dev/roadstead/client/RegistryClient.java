package dev.roadstead.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.roadstead.model.Digest;
import dev.roadstead.model.MediaType;
import dev.roadstead.model.Reference;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.route.Limits;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Talks to one registry (OCI distribution spec 1.1). Every method may throw {@link IOException}
 * when the registry cannot be reached and {@link RegistryRefusal} when it does not want to; both
 * have a message for people.
 */
public final class RegistryClient implements AutoCloseable {
  private static final String ACCEPTED =
      Stream.of(
              MediaType.OCI_INDEX,
              MediaType.OCI_MANIFEST,
              MediaType.DOCKER_LIST,
              MediaType.DOCKER_MANIFEST)
          .map(MediaType::text)
          .collect(Collectors.joining(", "));

  private final RegistryHost registry;
  private final Wire wire = new Wire();
  private final Conversation conversation;

  /** A client that asks the store when the registry wants credentials, and only then. */
  public RegistryClient(RegistryHost registry, CredentialStore store) {
    this(registry, store, Thread::sleep);
  }

  RegistryClient(RegistryHost registry, CredentialStore store, Conversation.Waiting waiting) {
    this.registry = registry;
    var authorizer = new Authorizer(registry, store, wire);
    this.conversation = new Conversation(registry, wire, authorizer, waiting);
  }

  /** Whether the repository has the blob. */
  public boolean hasBlob(RepositoryName repository, Digest digest) throws IOException {
    var call = call("HEAD", repository, "blobs/" + digest, "look for the blob " + digest);
    var answer = conversation.expect(call, Set.of(200, 404));
    answer.body().close();
    return answer.statusCode() == 200;
  }

  /** Stores a blob that is at hand, unless the repository has it already. */
  public void pushBlob(RepositoryName repository, Digest digest, byte[] bytes) throws IOException {
    pushBlob(repository, digest, BodyPublishers.ofByteArray(bytes));
  }

  /** Stores a file as a blob, unless the repository has it already. */
  public void pushBlob(RepositoryName repository, Digest digest, Path file) throws IOException {
    pushBlob(repository, digest, BodyPublishers.ofFile(file));
  }

  /** One PUT of the whole blob (distribution spec, "POST then PUT"). */
  private void pushBlob(RepositoryName repository, Digest digest, BodyPublisher bytes)
      throws IOException {
    if (hasBlob(repository, digest)) {
      return;
    }
    var purpose = "store the blob " + digest;
    var start = call("POST", repository, "blobs/uploads/", purpose);
    var session = conversation.expect(start, Set.of(202));
    session.body().close();
    var address = withDigest(conversation.location(start, session), digest);
    var upload =
        Call.of("PUT", address, repository, purpose + in(repository))
            .withBody("application/octet-stream", bytes);
    conversation.expect(upload, Set.of(201)).body().close();
  }

  /** Stores a manifest under a tag or its own digest. Everything it names has to be there. */
  public void pushManifest(
      RepositoryName repository, Reference reference, MediaType mediaType, byte[] bytes)
      throws IOException {
    var upload =
        call("PUT", repository, "manifests/" + reference, "store the manifest " + reference)
            .withBody(mediaType.text(), BodyPublishers.ofByteArray(bytes));
    conversation.expect(upload, Set.of(201)).body().close();
  }

  /**
   * Fetches a manifest.
   *
   * @throws IOException also when the bytes are not what the digest promises, or more than 4 MiB
   */
  public PulledManifest pullManifest(RepositoryName repository, Reference reference)
      throws IOException {
    var call =
        call("GET", repository, "manifests/" + reference, "give the manifest " + reference)
            .with("Accept", ACCEPTED);
    var answer = conversation.expect(call, Set.of(200));
    byte[] bytes;
    try (var body = answer.body()) {
      bytes = body.readNBytes(Limits.MANIFEST_BYTES + 1);
    }
    if (bytes.length > Limits.MANIFEST_BYTES) {
      throw new IOException("the manifest " + reference + " is longer than 4 MiB");
    }
    var digest = reference instanceof Digest asked ? verified(asked, bytes) : Digest.sha256(bytes);
    return new PulledManifest(
        mediaTypeOf(answer.headers().allValues("Content-Type")), digest, bytes);
  }

  /**
   * Fetches a small blob, a configuration for example.
   *
   * @throws IOException also when it is longer than the limit or not what its digest promises
   */
  public byte[] pullBlob(RepositoryName repository, Digest digest, int maxBytes)
      throws IOException {
    var call = call("GET", repository, "blobs/" + digest, "give the blob " + digest);
    try (var body = conversation.expect(call, Set.of(200)).body()) {
      var bytes = body.readNBytes(maxBytes + 1);
      if (bytes.length > maxBytes) {
        throw new IOException("the blob " + digest + " is longer than " + maxBytes + " bytes");
      }
      verified(digest, bytes);
      return bytes;
    }
  }

  @Override
  public void close() {
    wire.close();
  }

  private Call call(String method, RepositoryName repository, String path, String purpose) {
    var address = registry.api().resolve(repository + "/" + path);
    return Call.of(method, address, repository, purpose + in(repository));
  }

  private static String in(RepositoryName repository) {
    return " in " + repository;
  }

  /** The query that a registry put into the address stays as it is: it may be signed. */
  private static URI withDigest(URI address, Digest digest) {
    var parameter = "digest=" + URLEncoder.encode(digest.toString(), UTF_8);
    return URI.create(address + (address.getRawQuery() == null ? "?" : "&") + parameter);
  }

  private static Digest verified(Digest promised, byte[] bytes) throws IOException {
    if (!Digest.of(promised.algorithm(), bytes).equals(promised)) {
      throw new IOException("the registry answered other bytes than those of " + promised);
    }
    return promised;
  }

  private static MediaType mediaTypeOf(List<String> headers) throws IOException {
    var text = headers.isEmpty() ? "" : headers.getFirst();
    int semicolon = text.indexOf(';');
    try {
      return new MediaType((semicolon < 0 ? text : text.substring(0, semicolon)).strip());
    } catch (IllegalArgumentException none) {
      throw new IOException("the registry answered a manifest without its media type");
    }
  }
}
