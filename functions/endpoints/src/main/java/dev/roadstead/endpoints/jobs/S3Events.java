package dev.roadstead.endpoints.jobs;

import dev.roadstead.model.RepositoryName;
import dev.roadstead.registry.Keys;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.StoreException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what S3 says of its objects, as it says it itself or to EventBridge (Amazon S3 user guide,
 * "Event message structure", "EventBridge event message structure"). It is believed in nothing but
 * the key: whoever can reach the address may have sent it, and the object itself says for which
 * repository it came.
 */
public final class S3Events {
  /** The longest event that is read; S3 puts few records into one. */
  public static final int MAX_BYTES = 1024 * 1024;

  private static final JsonMapper JSON = new JsonMapper();
  private static final String CREATED = "ObjectCreated:";
  private static final String ANNOUNCED = "Object Created";

  private final String bucket;
  private final Function<ObjectKey, Optional<RepositoryName>> origins;

  /**
   * Reads the events of a bucket.
   *
   * @param origins the repository that an object names; empty when it names none, or is not there
   */
  public S3Events(String bucket, Function<ObjectKey, Optional<RepositoryName>> origins) {
    this.bucket = bucket;
    this.origins = origins;
  }

  /**
   * The direct PUTs that an event tells of and that are there still; an event of another kind, or
   * of another bucket, tells of none. One call for each.
   *
   * @throws IllegalArgumentException when it is not JSON
   * @throws StoreException when S3 cannot be asked
   */
  public List<BlobCreated.Event> read(byte[] json) {
    var arrived = new ArrayList<BlobCreated.Event>();
    try {
      var root = JSON.readTree(json);
      for (var record : root.path("Records")) {
        directPut(record).flatMap(this::event).ifPresent(arrived::add);
      }
      announced(root).flatMap(this::event).ifPresent(arrived::add);
      return arrived;
    } catch (JacksonException malformed) {
      throw new IllegalArgumentException("an event is JSON", malformed);
    }
  }

  /** The names of events begin with {@code s3:} where they are configured, and on some servers. */
  private Optional<ObjectKey> directPut(JsonNode event) {
    var name = event.path("eventName").asString("");
    var s3 = event.path("s3");
    if (!name.replaceFirst("^s3:", "").startsWith(CREATED)
        || !s3.path("bucket").path("name").asString("").equals(bucket)) {
      return Optional.empty();
    }
    var encoded = s3.path("object").path("key").asString("");
    return directPut(URLDecoder.decode(encoded, StandardCharsets.UTF_8));
  }

  /** What EventBridge passes on: one object, whose key is not encoded. */
  private Optional<ObjectKey> announced(JsonNode event) {
    var detail = event.path("detail");
    if (!event.path("detail-type").asString("").equals(ANNOUNCED)
        || !detail.path("bucket").path("name").asString("").equals(bucket)) {
      return Optional.empty();
    }
    return directPut(detail.path("object").path("key").asString(""));
  }

  private static Optional<ObjectKey> directPut(String objectName) {
    return ObjectKey.ofObjectName(objectName).filter(Keys::isDirectPut);
  }

  private Optional<BlobCreated.Event> event(ObjectKey object) {
    return origins.apply(object).flatMap(repository -> BlobCreated.Event.of(repository, object));
  }
}
