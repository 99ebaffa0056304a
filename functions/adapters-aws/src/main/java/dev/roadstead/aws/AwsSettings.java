package dev.roadstead.aws;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which bucket and which table. Region and credentials are not settings of ours: they come from the
 * standard variables, as with every program that uses AWS.
 *
 * @param s3Endpoint another server than AWS, addressed with the bucket in the path
 * @param dynamoDbEndpoint another server than AWS
 */
public record AwsSettings(
    String bucket, String table, Optional<URI> s3Endpoint, Optional<URI> dynamoDbEndpoint) {
  /** The variable with the bucket's name. */
  public static final String BUCKET = "ROADSTEAD_BUCKET";

  /** The variable with the table's name. */
  public static final String TABLE = "ROADSTEAD_TABLE";

  /** The variable with another S3 server than AWS. */
  public static final String S3_ENDPOINT = "ROADSTEAD_S3_ENDPOINT";

  /** The variable with another DynamoDB server than AWS. */
  public static final String DYNAMODB_ENDPOINT = "ROADSTEAD_DYNAMODB_ENDPOINT";

  /** All of them. */
  public static final Set<String> VARIABLES = Set.of(BUCKET, TABLE, S3_ENDPOINT, DYNAMODB_ENDPOINT);

  /** What bucket and table are called when nobody says otherwise. */
  public static final String DEFAULT_NAME = "roadstead";

  /** Settings from the variables of a function's environment; bucket and table have defaults. */
  public static AwsSettings of(Map<String, String> variables) {
    return new AwsSettings(
        variables.getOrDefault(BUCKET, DEFAULT_NAME),
        variables.getOrDefault(TABLE, DEFAULT_NAME),
        Optional.ofNullable(variables.get(S3_ENDPOINT)).map(URI::create),
        Optional.ofNullable(variables.get(DYNAMODB_ENDPOINT)).map(URI::create));
  }

  /** The variables that say these settings. */
  public Map<String, String> variables() {
    var variables = new TreeMap<>(Map.of(BUCKET, bucket, TABLE, table));
    s3Endpoint.ifPresent(endpoint -> variables.put(S3_ENDPOINT, endpoint.toString()));
    dynamoDbEndpoint.ifPresent(endpoint -> variables.put(DYNAMODB_ENDPOINT, endpoint.toString()));
    return variables;
  }
}
