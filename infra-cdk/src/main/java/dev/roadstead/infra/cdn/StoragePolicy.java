package dev.roadstead.infra.cdn;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.AnyPrincipal;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.s3.CfnBucketPolicy;
import software.amazon.awscdk.services.s3.IBucket;
import software.constructs.Construct;

/**
 * What the CDN may do with the bucket: read blobs, and put new objects where direct PUTs go, as
 * plain uploads of bytes that the client sends. Whatever a client talks the edge into, the bucket
 * refuses the rest.
 */
final class StoragePolicy {
  private static final ServicePrincipal CDN = new ServicePrincipal("cloudfront.amazonaws.com");
  private static final String PUT = "s3:PutObject";
  private static final String GET = "s3:GetObject";
  private static final String FALSE = "false";

  private final IBucket bucket;
  private final String directPuts;
  private final List<String> reads;
  private final String distributionArn;

  /**
   * A policy.
   *
   * @param directPuts the pattern of keys that the CDN may write
   * @param reads the patterns of keys that it may read
   */
  StoragePolicy(IBucket bucket, String directPuts, List<String> reads, String distributionArn) {
    this.bucket = bucket;
    this.directPuts = directPuts;
    this.reads = List.copyOf(reads);
    this.distributionArn = distributionArn;
  }

  /** Attaches it to the bucket. */
  void attach(Construct scope, String id) {
    CfnBucketPolicy.Builder.create(scope, id)
        .bucket(bucket.getBucketName())
        .policyDocument(
            PolicyDocument.Builder.create()
                .statements(
                    List.of(
                        allow("DirectPuts", PUT, List.of(directPuts)),
                        allow("SignedReads", GET, reads),
                        denyOtherKeys(),
                        deny("CopyNothing", "s3:x-amz-copy-source"),
                        deny(
                            "NoKeyOfTheClient",
                            "s3:x-amz-server-side-encryption-customer-algorithm"),
                        denyPlaintext()))
                .build())
        .build();
  }

  private PolicyStatement allow(String sid, String action, List<String> keys) {
    return ofCdn(Effect.ALLOW, sid, action)
        .resources(keys.stream().map(bucket::arnForObjects).toList())
        .conditions(Map.of("StringEquals", Map.of("aws:SourceArn", distributionArn)))
        .build();
  }

  private PolicyStatement denyOtherKeys() {
    return ofCdn(Effect.DENY, "NothingElse", PUT)
        .notResources(List.of(bucket.arnForObjects(directPuts)))
        .build();
  }

  private PolicyStatement deny(String sid, String header) {
    return ofCdn(Effect.DENY, sid, PUT)
        .resources(List.of(bucket.arnForObjects("*")))
        .conditions(Map.of("Null", Map.of(header, FALSE)))
        .build();
  }

  private static PolicyStatement.Builder ofCdn(Effect effect, String sid, String action) {
    return PolicyStatement.Builder.create()
        .sid(sid)
        .effect(effect)
        .principals(List.of(CDN))
        .actions(List.of(action));
  }

  private PolicyStatement denyPlaintext() {
    return PolicyStatement.Builder.create()
        .sid("OnlyOverTls")
        .effect(Effect.DENY)
        .principals(List.of(new AnyPrincipal()))
        .actions(List.of("s3:*"))
        .resources(List.of(bucket.getBucketArn(), bucket.arnForObjects("*")))
        .conditions(Map.of("Bool", Map.of("aws:SecureTransport", FALSE)))
        .build();
  }
}
