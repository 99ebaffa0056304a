package dev.roadstead.infra;

import dev.roadstead.infra.review.Accepted;
import dev.roadstead.store.Hint;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.Billing;
import software.amazon.awscdk.services.dynamodb.GlobalSecondaryIndexPropsV2;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.ProjectionType;
import software.amazon.awscdk.services.dynamodb.StreamViewType;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.constructs.Construct;

/**
 * What a registry keeps: the table and the bucket. They stay when the stacks are deleted, and
 * nothing but this stack has to be brought back to have a registry again.
 */
public final class DataStack extends Stack {
  /** The index of the candidates for collection. */
  public static final String CANDIDATES = "candidates";

  /** How long parts wait that belong to no upload which anybody knows. */
  private static final Duration PARTS_LIFE = Duration.days(7);

  private final TableV2 table;
  private final Bucket bucket;

  /** Table and bucket. */
  public DataStack(Construct scope, String id, @Nullable StackProps properties) {
    super(scope, id, properties);
    table = makeTable();
    bucket = makeBucket();
  }

  /** Everything but bytes. */
  public TableV2 table() {
    return table;
  }

  /** The bytes. */
  public Bucket bucket() {
    return bucket;
  }

  private TableV2 makeTable() {
    return TableV2.Builder.create(this, "Table")
        .partitionKey(attribute("PK", AttributeType.STRING))
        .sortKey(attribute("SK", AttributeType.STRING))
        .billing(Billing.onDemand())
        .globalSecondaryIndexes(
            List.of(
                GlobalSecondaryIndexPropsV2.builder()
                    .indexName(CANDIDATES)
                    .partitionKey(attribute(Hint.QUEUE, AttributeType.STRING))
                    .sortKey(attribute(Hint.AT, AttributeType.NUMBER))
                    .projectionType(ProjectionType.KEYS_ONLY)
                    .build()))
        .pointInTimeRecoverySpecification(
            PointInTimeRecoverySpecification.builder().pointInTimeRecoveryEnabled(true).build())
        .dynamoStream(StreamViewType.NEW_AND_OLD_IMAGES)
        .deletionProtection(true)
        .removalPolicy(RemovalPolicy.RETAIN)
        .build();
  }

  private static Attribute attribute(String name, AttributeType type) {
    return Attribute.builder().name(name).type(type).build();
  }

  /**
   * Not versioned: every key is written once, and a repeated direct PUT would be stored twice. What
   * is deleted by mistake waits in the registry's own trash.
   */
  private Bucket makeBucket() {
    var made =
        Bucket.Builder.create(this, "Bucket")
            .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
            .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
            .encryption(BucketEncryption.S3_MANAGED)
            .lifecycleRules(
                List.of(
                    LifecycleRule.builder()
                        .id("parts-of-no-upload")
                        .abortIncompleteMultipartUploadAfter(PARTS_LIFE)
                        .build()))
            .removalPolicy(RemovalPolicy.RETAIN)
            .build();
    tellsOfNewObjects(made);
    Accepted.finding(
        made,
        "AwsSolutions-S1",
        "Access logs would cost a request and an object for every pull; who pulled what is in the"
            + " functions' logs, and nobody else reaches the bucket.");
    Accepted.finding(
        made,
        "AwsSolutions-S10",
        "The policy that demands TLS is in the registry's stack, because it names the CDN.");
    return made;
  }

  /** By the bucket's own property: the CDK's way is a function more in the account. */
  private static void tellsOfNewObjects(Bucket bucket) {
    var resource = (CfnBucket) Objects.requireNonNull(bucket.getNode().getDefaultChild());
    resource.setNotificationConfiguration(
        CfnBucket.NotificationConfigurationProperty.builder()
            .eventBridgeConfiguration(
                CfnBucket.EventBridgeConfigurationProperty.builder()
                    .eventBridgeEnabled(true)
                    .build())
            .build());
  }
}
