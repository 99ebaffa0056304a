package dev.roadstead.localstack.spec;

import static dev.roadstead.localstack.spec.Requirement.Level.CLIENTS;
import static dev.roadstead.localstack.spec.Requirement.Level.SHOULD;
import static dev.roadstead.localstack.spec.Requirement.Section.CHUNKS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkedUploadsTest extends SpecTest {
  private final Content blob = Content.random(3_000);

  @Test
  @Requirement(
      section = CHUNKS,
      number = 1,
      value = "PATCH: 202, Location, and Range up to the last byte")
  void takesAChunk() {
    var upload = repository.startUpload();

    var reply = upload.patch(blob.part(0, 999), "0-999").expect(202);

    assertThat(reply.header("Range")).isEqualTo("0-999");
    assertThat(reply.header("Location")).startsWith("/v2/" + repository.name());
    assertThat(reply.header("Docker-Upload-UUID"))
        .isEqualTo(upload.started().header("Docker-Upload-UUID"));
  }

  @Test
  @Requirement(
      section = CHUNKS,
      number = 2,
      value = "Range counts from the first byte of the whole upload")
  void countsChunksTogether() {
    var upload = repository.startUpload();
    upload.patch(blob.part(0, 999), "0-999").expect(202);

    var reply = upload.patch(blob.part(1_000, 1_999), "1000-1999").expect(202);

    assertThat(reply.header("Range")).isEqualTo("0-1999");
  }

  @Test
  @Requirement(
      section = CHUNKS,
      number = 3,
      value = "the closing PUT after all chunks: 201 and a Location where the blob can be pulled")
  void closesAfterTheLastChunk() {
    var upload = repository.startUpload();
    upload.patch(blob.part(0, 999), "0-999").expect(202);
    upload.patch(blob.part(1_000, 2_999), "1000-2999").expect(202);

    var reply = upload.put(blob.digest()).expect(201);

    assertThat(reply.header("Docker-Content-Digest")).isEqualTo(blob.digest());
    assertThat(registry.http().get(reply.header("Location")).expect(200).body())
        .isEqualTo(blob.bytes());
  }

  @Test
  @Requirement(section = CHUNKS, number = 4, value = "the last chunk may come with the closing PUT")
  void closesWithTheLastChunk() {
    var upload = repository.startUpload();
    upload.patch(blob.part(0, 999), "0-999").expect(202);

    upload.put(blob.digest(), blob.part(1_000, 2_999), "Content-Range", "1000-2999").expect(201);

    assertThat(repository.get("/blobs/" + blob.digest()).expect(200).body())
        .isEqualTo(blob.bytes());
  }

  @Test
  @Requirement(section = CHUNKS, number = 5, value = "an upload is no blob before it is closed")
  void makesNothingABlobBeforeItIsClosed() {
    repository.startUpload().patch(blob.bytes(), "0-2999").expect(202);

    repository.get("/blobs/" + blob.digest()).expectError(404, "BLOB_UNKNOWN");
  }

  @Test
  @Requirement(
      section = CHUNKS,
      number = 6,
      value = "the closing PUT names the digest of the whole blob")
  void closesOnlyWithADigest() {
    var upload = repository.startUpload();
    upload.patch(blob.bytes(), "0-2999").expect(202);

    registry.http().put(upload.location(), new byte[0]).expectError(400, "DIGEST_INVALID");
    upload.put(blob.digest()).expect(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1-1000", "500-1499", "1000-1999"})
  @Requirement(
      section = CHUNKS,
      number = 7,
      value = "a first chunk that does not begin with byte 0: 416")
  void refusesAFirstChunkThatBeginsLater(String range) {
    var upload = repository.startUpload();

    upload.patch(blob.part(0, 999), range).expectError(416, "BLOB_UPLOAD_INVALID");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0-999", "999-1998", "1001-2000", "2000-2999"})
  @Requirement(section = CHUNKS, number = 8, value = "a chunk out of order: 416")
  void refusesAChunkOutOfOrder(String range) {
    var upload = repository.startUpload();
    upload.patch(blob.part(0, 999), "0-999").expect(202);

    upload.patch(blob.part(0, 999), range).expectError(416, "BLOB_UPLOAD_INVALID");

    assertThat(upload.status().expect(204).header("Range")).isEqualTo("0-999");
  }

  @Test
  @Requirement(
      section = CHUNKS,
      number = 9,
      value = "a last chunk out of order, in the closing PUT: 416")
  void refusesALastChunkOutOfOrder() {
    var upload = repository.startUpload();
    upload.patch(blob.part(0, 999), "0-999").expect(202);

    upload
        .put(blob.digest(), blob.part(2_000, 2_999), "Content-Range", "2000-2999")
        .expectError(416, "BLOB_UPLOAD_INVALID");

    upload.put(blob.digest(), blob.part(1_000, 2_999), "Content-Range", "1000-2999").expect(201);
  }

  @Test
  @Requirement(section = CHUNKS, number = 10, value = "GET of an upload: 204, Location, and Range")
  void tellsHowFarAnUploadHasCome() {
    var upload = repository.startUpload();
    upload.patch(blob.part(0, 999), "0-999").expect(202);

    var reply = upload.status().expect(204);

    assertThat(reply.header("Range")).isEqualTo("0-999");
    assertThat(reply.body()).isEmpty();
    registry
        .http()
        .patch(reply.header("Location"), blob.part(1_000, 2_999), "Content-Range", "1000-2999")
        .expect(202);
  }

  @Test
  @Requirement(
      section = CHUNKS,
      number = 11,
      level = CLIENTS,
      value = "a 416 says where the upload stands, and where to go on")
  void saysWhereAnUploadStandsWhenAChunkIsOutOfOrder() {
    var upload = repository.startUpload();
    upload.patch(blob.part(0, 999), "0-999").expect(202);

    var reply = upload.patch(blob.part(0, 999), "2000-2999").expect(416);

    assertThat(reply.header("Range")).isEqualTo("0-999");
    registry
        .http()
        .patch(reply.header("Location"), blob.part(1_000, 2_999), "Content-Range", "1000-2999")
        .expect(202);
  }

  @Test
  @Requirement(
      section = CHUNKS,
      number = 12,
      level = CLIENTS,
      value = "a chunk may be the whole blob, of unknown length and without a range")
  void takesAStream() {
    var upload = repository.startUpload();

    var reply = upload.stream(blob.bytes()).expect(202);

    assertThat(reply.header("Range")).isEqualTo("0-2999");
    upload.put(blob.digest()).expect(201);
  }

  @Test
  @Requirement(
      section = CHUNKS,
      number = 13,
      level = CLIENTS,
      value = "a stream may be longer than any limit of one request")
  void takesALongStream() {
    var layer = Content.random(20_000_000);
    var upload = repository.startUpload();

    upload.stream(layer.part(0, 9_999_999)).expect(202);
    upload.stream(layer.part(10_000_000, 19_999_999)).expect(202);

    upload.put(layer.digest()).expect(201);
    assertThat(repository.get("/blobs/" + layer.digest()).expect(200).body())
        .isEqualTo(layer.bytes());
  }

  @Test
  @Requirement(
      section = CHUNKS,
      number = 14,
      level = CLIENTS,
      value = "any earlier location of an upload goes on working")
  void goesOnFromAnyLocationOfTheUpload() {
    var upload = repository.startUpload();
    var first = upload.location();
    upload.patch(blob.part(0, 999), "0-999").expect(202);

    registry.http().patch(first, blob.part(1_000, 2_999), "Content-Range", "1000-2999").expect(202);

    upload.put(blob.digest()).expect(201);
  }

  @Test
  @Requirement(
      section = CHUNKS,
      number = 15,
      level = CLIENTS,
      value = "a chunk may carry the digest parameter, because regctl repeats it")
  void ignoresADigestOnAChunk() {
    var upload = repository.startUpload();

    registry.http().patch(upload.closing(blob.digest()), blob.bytes()).expect(202);

    upload.put(blob.digest()).expect(201);
  }

  @Test
  @Requirement(
      section = CHUNKS,
      number = 16,
      level = CLIENTS,
      value = "hundreds of small chunks make a blob")
  void takesManySmallChunks() {
    var upload = repository.startUpload();
    for (int first = 0; first < blob.sizeBytes(); first += 20) {
      upload.patch(blob.part(first, first + 19), first + "-" + (first + 19)).expect(202);
    }

    upload.put(blob.digest()).expect(201);

    assertThat(upload.started().headerIfAny("OCI-Chunk-Min-Length")).isEmpty();
    assertThat(repository.get("/blobs/" + blob.digest()).expect(200).body())
        .isEqualTo(blob.bytes());
  }

  @Test
  @Requirement(
      section = CHUNKS,
      number = 17,
      level = SHOULD,
      value = "OCI-Chunk-Min-Length names the smallest chunk, if there is one: any chunk is taken")
  void namesNoSmallestChunk() {
    var upload = repository.startUpload();

    assertThat(upload.started().headerIfAny("OCI-Chunk-Min-Length")).isEmpty();
    upload.patch(new byte[1]).expect(202);
    upload.patch(new byte[1]).expect(202);
  }
}
