package dev.roadstead.infra.key;

import dev.roadstead.infra.review.Accepted;
import java.util.Map;
import software.amazon.awscdk.CustomResource;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.Billing;
import software.amazon.awscdk.services.dynamodb.ITableV2;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.lambda.IFunction;
import software.constructs.Construct;
import software.constructs.IDependable;

/**
 * A table for the keys, empty as the template makes it. The function {@code update-edge} fills it
 * while the stack is deployed, and tells the edge.
 */
public final class RegistryKeys extends Construct {
  private final TableV2 table;

  /** The table. */
  public RegistryKeys(Construct scope, String id) {
    super(scope, id);
    table =
        TableV2.Builder.create(this, "Table")
            .partitionKey(text("PK"))
            .sortKey(text("SK"))
            .billing(Billing.onDemand())
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    Accepted.finding(
        table,
        "AwsSolutions-DDB3",
        "Keys that are lost are made anew by the next deployment; a copy of old ones is of use to"
            + " nobody but thieves.");
  }

  private static Attribute text(String name) {
    return Attribute.builder().name(name).type(AttributeType.STRING).build();
  }

  /** Where they lie. */
  public ITableV2 table() {
    return table;
  }

  /**
   * Has the keys made, and the edge told.
   *
   * @param updateEdge what does it
   * @param edgeStoreArn another one is told by the deployment that brings it
   * @return what is there when the keys are
   */
  public IDependable made(IFunction updateEdge, String edgeStoreArn) {
    return CustomResource.Builder.create(this, "Made")
        .serviceToken(updateEdge.getFunctionArn())
        .resourceType("Custom::RoadsteadKeys")
        .properties(Map.of("Table", table.getTableName(), "EdgeStore", edgeStoreArn))
        .build();
  }
}
