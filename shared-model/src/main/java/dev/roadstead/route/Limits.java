package dev.roadstead.route;

/** The sizes that decide where a request goes; each is said once, here. */
public final class Limits {
  /** What a function takes in one request body: 6 MB of payload less base64 and headers. */
  public static final int FUNCTION_BODY_BYTES = 4_500_000;

  /** The largest blob that S3 takes in one PUT. */
  public static final long DIRECT_PUT_BYTES = 5L * 1024 * 1024 * 1024;

  /** The largest manifest that is stored (the spec asks for at least 4 MiB). */
  public static final int MANIFEST_BYTES = 4 * 1024 * 1024;

  /** The largest JSON document that a request of administration carries. */
  public static final int DOCUMENT_BYTES = 64 * 1024;

  /** The largest request line with headers. */
  public static final int REQUEST_HEAD_BYTES = 64 * 1024;

  private Limits() {}
}
