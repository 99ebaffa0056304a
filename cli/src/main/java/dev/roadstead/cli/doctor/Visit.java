package dev.roadstead.cli.doctor;

import dev.roadstead.cli.doctor.Check.Unexpected;
import dev.roadstead.client.RegistryProbe;
import dev.roadstead.client.RegistryProbe.Reply;
import dev.roadstead.client.RegistryProbe.Request;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** One visit to a registry: where it writes, and the handful of requests that checks share. */
final class Visit {
  static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  static final String BYTES = "application/octet-stream";

  private final RegistryProbe probe;
  private final RepositoryName repository;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * A visit.
   *
   * @param repository where the checks push to, and delete from
   * @param random makes blobs that no earlier visit has left
   */
  Visit(
      RegistryProbe probe, RepositoryName repository, InstantSource clock, RandomGenerator random) {
    this.probe = probe;
    this.repository = repository;
    this.clock = clock;
    this.random = random;
  }

  /** Bytes and their digest. */
  @SuppressWarnings("ArrayRecordComponent") // sent, never compared
  record Blob(byte[] bytes, Digest digest) {
    static Blob of(String text) {
      return of(text.getBytes(StandardCharsets.UTF_8));
    }

    static Blob of(byte[] bytes) {
      return new Blob(bytes, Digest.sha256(bytes));
    }
  }

  InstantSource clock() {
    return clock;
  }

  RepositoryName repository() {
    return repository;
  }

  /** A second repository, to mount into. */
  RepositoryName neighbour() {
    return new RepositoryName(repository + "-mounted");
  }

  Blob newBlob(int sizeBytes) {
    var bytes = new byte[sizeBytes];
    random.nextBytes(bytes);
    return Blob.of(bytes);
  }

  /** The smallest image: an empty configuration and one layer. */
  Blob image(Blob config, Blob layer) {
    return Blob.of(
        """
        {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]}"""
            .formatted(
                OCI_MANIFEST,
                descriptor("application/vnd.oci.image.config.v1+json", config),
                descriptor("application/vnd.oci.image.layer.v1.tar", layer)));
  }

  /** A manifest that says something about another one. */
  Blob artifact(Blob empty, Blob subject) {
    return Blob.of(
        """
        {"schemaVersion":2,"mediaType":"%s","artifactType":"application/vnd.roadstead.doctor",\
        "config":%s,"layers":[%s],"subject":%s}"""
            .formatted(
                OCI_MANIFEST,
                descriptor("application/vnd.oci.empty.v1+json", empty),
                descriptor("application/vnd.oci.empty.v1+json", empty),
                descriptor(OCI_MANIFEST, subject)));
  }

  private static String descriptor(String mediaType, Blob blob) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(mediaType, blob.digest(), blob.bytes().length);
  }

  Request request(String method, String path) {
    return Request.of(method, repository, repository + "/" + path);
  }

  Request to(String method, String location) {
    return Request.of(method, repository, location);
  }

  Reply send(Request request) throws IOException {
    return probe.send(request);
  }

  Reply sendAnonymously(Request request) throws IOException {
    return probe.sendAnonymously(request);
  }

  /** The reply, if it has one of these statuses. */
  Reply expect(Request request, Integer... statuses) throws IOException {
    var reply = probe.send(request);
    if (Arrays.asList(statuses).contains(reply.status())) {
      return reply;
    }
    var wanted = Arrays.stream(statuses).map(String::valueOf).collect(Collectors.joining(" or "));
    throw new Unexpected(
        "%s %s answered %d instead of %s"
            .formatted(request.method(), place(request), reply.status(), wanted));
  }

  /** Without what a location carries for the registry alone. */
  private static String place(Request request) {
    var path = request.address().replaceFirst("\\?.*", "");
    int session = path.indexOf("/blobs/uploads/");
    return session < 0 ? path : path.substring(0, session) + "/blobs/uploads/...";
  }

  /** A new upload session's location. */
  String startUpload() throws IOException {
    return location(expect(request("POST", "blobs/uploads/"), 202));
  }

  /** Where a reply says to go on. */
  String location(Reply reply) {
    var location = reply.header("Location");
    if (location.isEmpty()) {
      throw new Unexpected("an answer of " + reply.status() + " has no Location");
    }
    var address = reply.address().resolve(location);
    if (!reply.address().getAuthority().equals(address.getAuthority())) {
      throw new Unexpected(
          "Location leads to another host, " + address.getAuthority() + "; some clients refuse");
    }
    return address.toString();
  }

  /** The upload's location with the digest that ends it. */
  static String closing(String location, Digest digest) {
    return location + (location.contains("?") ? "&" : "?") + "digest=" + digest;
  }

  /** With its length announced, as clients send what they have at hand. */
  static Request whole(Request request, Blob blob) {
    return request.with("Content-Type", BYTES).with(BodyPublishers.ofByteArray(blob.bytes()));
  }

  /** Without a length, as clients send what they make while they send it. */
  static Request streamed(Request request, Blob blob) {
    return request
        .with("Content-Type", BYTES)
        .with(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(blob.bytes())));
  }

  /** Stores a blob in one PUT. */
  void push(Blob blob) throws IOException {
    var put = to("PUT", closing(startUpload(), blob.digest()));
    expect(whole(put, blob), 201);
  }

  /** Stores a manifest. */
  Reply pushManifest(String reference, Blob manifest) throws IOException {
    return expect(manifest(reference, manifest), 201);
  }

  /** The request that stores a manifest. */
  Request manifest(String reference, Blob manifest) {
    return request("PUT", "manifests/" + reference)
        .with("Content-Type", OCI_MANIFEST)
        .with(BodyPublishers.ofByteArray(manifest.bytes()));
  }

  /** Fails with this sentence unless it is so. */
  static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new Unexpected(otherwise);
    }
  }
}
