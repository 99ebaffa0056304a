package dev.roadstead.infra.function;

import java.util.List;

/** What a function may do with what the installation has, in the words of IAM. */
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
  LIST_OBJECTS(On.BUCKET, "s3:ListBucket"),
  /** Counts failed logins, where nothing else is changed. */
  COUNT_LOGINS(On.LOGINS, "dynamodb:PutItem", "dynamodb:DeleteItem"),
  /** Reads keys. */
  READ_SECRETS(On.SECRETS, "dynamodb:GetItem"),
  /** Exchanges keys. */
  CHANGE_SECRETS(On.SECRETS, "dynamodb:PutItem"),
  /** Tells the edge of keys and patterns. */
  TELL_EDGE(
      On.EDGE,
      "cloudfront-keyvaluestore:DescribeKeyValueStore",
      "cloudfront-keyvaluestore:UpdateKeys"),
  /** Is told what has changed in the table. */
  READ_CHANGES(
      On.CHANGES, "dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"),
  /** Has its failures kept, where nobody waits for its answer. */
  REPORT_FAILURES(On.FAILURES, "sqs:SendMessage"),
  /** Starts the machine of a relay that sleeps. */
  WAKE_RELAY(On.RELAY, "ec2:StartInstances");

  /** What an action is done to. */
  enum On {
    TABLE,
    CANDIDATES,
    BUCKET,
    /** The bucket, listed below the prefix of direct PUTs only. */
    DIRECT_PUTS,
    ALL_OBJECTS,
    /** Those that functions write. */
    OWN_OBJECTS,
    /** The partitions of the table that failed logins are counted in. */
    LOGINS,
    SECRETS,
    EDGE,
    /** The table's stream. */
    CHANGES,
    /** The queue where failures end. */
    FAILURES,
    /** The relay's machine, where there is one. */
    RELAY
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
