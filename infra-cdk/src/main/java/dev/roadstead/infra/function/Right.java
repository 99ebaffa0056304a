package dev.roadstead.infra.function;

import java.util.List;

/** What a function may do with table and bucket, in the words of IAM. */
@SuppressWarnings("ImmutableEnumChecker") // the lists are copied and never written
public enum Right {
  /** Reads items that it knows the keys of, and pages of one partition. */
  READ_ITEMS(On.TABLE, "dynamodb:GetItem", "dynamodb:Query"),
  /** Changes items, alone or in transactions. */
  CHANGE_ITEMS(
      On.TABLE,
      "dynamodb:PutItem",
      "dynamodb:UpdateItem",
      "dynamodb:DeleteItem",
      "dynamodb:ConditionCheckItem"),
  /** Reads the whole table. */
  SCAN_ITEMS(On.TABLE, "dynamodb:Scan"),
  /** Asks what is due for collection. */
  FIND_CANDIDATES(On.CANDIDATES, "dynamodb:Query"),
  /** Reads objects, or signs an address where a client reads one. */
  READ_OBJECTS(On.ALL_OBJECTS, "s3:GetObject"),
  /** Stores what came through it; never where direct PUTs go. */
  STORE_OBJECTS(
      On.OWN_OBJECTS, "s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"),
  /** Deletes objects. */
  DELETE_OBJECTS(On.ALL_OBJECTS, "s3:DeleteObject"),
  /** Looks for what direct PUTs have brought. */
  CLAIM(On.DIRECT_PUTS, "s3:ListBucket"),
  /** Lists the whole bucket. */
  LIST_OBJECTS(On.BUCKET, "s3:ListBucket");

  /** What an action is done to. */
  enum On {
    TABLE,
    CANDIDATES,
    BUCKET,
    /** The bucket, listed below the prefix of direct PUTs only. */
    DIRECT_PUTS,
    ALL_OBJECTS,
    /** Those that functions write. */
    OWN_OBJECTS
  }

  private final On on;
  private final List<String> actions;

  Right(On on, String... actions) {
    this.on = on;
    this.actions = List.of(actions);
  }

  On on() {
    return on;
  }

  /** As policies name them. */
  public List<String> actions() {
    return actions;
  }
}
