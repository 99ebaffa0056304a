package dev.roadstead.error;

/**
 * Every error a client can be told: the spec's code (distribution spec, "Error Codes"), its HTTP
 * status, and what it says when nobody says it better. Where the spec has one code for two
 * statuses, there are two constants with the same {@link #specCode()}.
 */
public enum ErrorCode {
  BLOB_UNKNOWN("BLOB_UNKNOWN", 404, "this repository has no such blob"),
  BLOB_UPLOAD_INVALID("BLOB_UPLOAD_INVALID", 400, "the upload cannot go on like this"),
  BLOB_UPLOAD_UNKNOWN(
      "BLOB_UPLOAD_UNKNOWN", 404, "there is no such upload session; start a new one with POST"),
  UPLOAD_RANGE_INVALID(
      "BLOB_UPLOAD_INVALID", 416, "the chunk does not begin where the last one ended"),
  DIGEST_INVALID("DIGEST_INVALID", 400, "the digest is malformed or does not match the bytes"),
  MANIFEST_BLOB_UNKNOWN(
      "MANIFEST_BLOB_UNKNOWN", 404, "the manifest names something this repository does not have"),
  MANIFEST_INVALID("MANIFEST_INVALID", 400, "the manifest is not valid"),
  MANIFEST_UNKNOWN("MANIFEST_UNKNOWN", 404, "this repository has no such manifest"),
  NAME_INVALID("NAME_INVALID", 400, "this is no repository name"),
  NAME_UNKNOWN("NAME_UNKNOWN", 404, "there is no such repository"),
  SIZE_INVALID("SIZE_INVALID", 400, "the length given is not the length received"),
  CONTENT_TOO_LARGE("SIZE_INVALID", 413, "the body is longer than this request may be"),
  UNAUTHORIZED("UNAUTHORIZED", 401, "authentication is required"),
  DENIED("DENIED", 403, "this account may not do that"),
  IN_USE("DENIED", 405, "something still refers to this, so it cannot be deleted"),
  METHOD_UNSUPPORTED("UNSUPPORTED", 405, "this address does not take that method"),
  PATH_UNKNOWN("UNSUPPORTED", 404, "the registry API has no such address"),
  TAG_INVALID("TAG_INVALID", 400, "this is no tag"),
  PAGE_INVALID("UNSUPPORTED", 400, "n is a whole number, 0 or more"),
  REQUEST_INVALID("UNSUPPORTED", 400, "the request is malformed"),
  URI_TOO_LONG("UNSUPPORTED", 414, "the address has more parameters than it may have"),
  HEAD_TOO_LARGE("UNSUPPORTED", 431, "the request line and headers are too long"),
  RANGE_UNSATISFIABLE("UNSUPPORTED", 416, "the blob has no bytes in that range"),
  REQUEST_TIMEOUT("UNSUPPORTED", 408, "the body did not arrive in time"),
  RELAY_ASLEEP("UNSUPPORTED", 424, "the relay, which takes streams, did not wake; try again"),
  TOO_MANY_REQUESTS("TOOMANYREQUESTS", 429, "too many requests; try again later"),
  INTERNAL("UNKNOWN", 500, "the registry failed; the operator's log has the request id"),
  NO_ANSWER("UNKNOWN", 502, "the function ended before it answered; try again"),
  UNAVAILABLE("UNAVAILABLE", 503, "the registry's storage cannot be reached; try again later");

  private final String specCode;
  private final int status;
  private final String message;

  ErrorCode(String specCode, int status, String message) {
    this.specCode = specCode;
    this.status = status;
    this.message = message;
  }

  /** The code in the answer's JSON. */
  public String specCode() {
    return specCode;
  }

  /** The HTTP status of the answer. */
  public int status() {
    return status;
  }

  /** What the answer says when the place that found the error adds nothing. */
  public String message() {
    return message;
  }

  /** This error, with its own message. */
  public RegistryException raise() {
    return about(message);
  }

  /** This error, with a message that says what is wrong here and what to do. */
  public RegistryException about(String explanation) {
    return new RegistryException(Problem.of(this, explanation));
  }
}
