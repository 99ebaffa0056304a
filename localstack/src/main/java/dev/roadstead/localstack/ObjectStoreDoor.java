package dev.roadstead.localstack;

import dev.roadstead.error.RegistryException;
import dev.roadstead.relay.server.RequestBody;
import dev.roadstead.route.Destination.DirectPut;
import dev.roadstead.store.StoreException;
import dev.roadstead.wire.Answer;
import java.util.Optional;

/**
 * The object store as clients see it: it takes whole blobs whose digest it checks itself, and gives
 * the bytes of objects to whoever holds an address. It knows nothing of repositories.
 */
interface ObjectStoreDoor {
  /** How many blobs come in at once; further ones wait their turn. */
  int MAX_STREAMS = 64;

  /**
   * Stores a blob, if its bytes are what its digest says. A crash half-way leaves nothing; after
   * the answer the blob is there for good, and becomes part of its repository when it is claimed.
   *
   * @throws RegistryException {@code DIGEST_INVALID} or {@code SIZE_INVALID} for other bytes
   * @throws StoreException when the store cannot take it now
   */
  Answer put(DirectPut put, RequestBody body);

  /** Whether clients come to this path of the gateway with an address they were given. */
  boolean serves(String path);

  /**
   * Opens what an address allows to read.
   *
   * @param address as it was given out, still encoded
   * @param range the request's {@code Range} header
   * @throws RegistryException {@code DENIED} for an address that was not given out or is too old,
   *     {@code BLOB_UNKNOWN} when the object has been deleted since
   */
  Reply get(String address, Optional<String> range);
}
