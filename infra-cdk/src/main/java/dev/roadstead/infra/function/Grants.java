package dev.roadstead.infra.function;

import dev.roadstead.infra.function.Right.On;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import software.amazon.awscdk.services.dynamodb.ITableV2;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.sqs.IQueue;

/**
 * Rights as statements of a policy.
 *
 * @param candidates the name of the table's index
 * @param secrets the table of the keys
 * @param edgeStoreArn what the edge reads
 * @param failures where failures of jobs end
 * @param relay the machine of a relay that sleeps, as policies name it
 */
public record Grants(
    ITableV2 table,
    String candidates,
    IBucket bucket,
    ITableV2 secrets,
    String edgeStoreArn,
    IQueue failures,
    Optional<String> relay) {
  /** Where direct PUTs go. */
  public static final String DIRECT_PUTS = "in/*";

  /** The partitions that failed logins are counted in, one for each name. */
  private static final String LOGINS = "PF#*";

  /** Where blobs lie that came through functions or the relay. */
  private static final String BLOBS = "data/*";

  /** Where clients may read, with an address that a function has signed. */
  public static final List<String> READ_BY_CLIENTS = List.of(BLOBS, DIRECT_PUTS);

  /** Where functions put what came through them. */
  private static final List<String> OWN_OBJECTS = List.of(BLOBS, "manifests/*");

  /** One statement for each right, in the order of the rights. */
  public List<PolicyStatement> statements(Collection<Right> rights) {
    return new TreeSet<>(rights)
        .stream()
            .filter(right -> right.on() != On.RELAY || relay.isPresent())
            .map(this::statement)
            .toList();
  }

  /** The same beside a relay that sleeps on this machine. */
  public Grants with(String relayArn) {
    return new Grants(
        table, candidates, bucket, secrets, edgeStoreArn, failures, Optional.of(relayArn));
  }

  private PolicyStatement statement(Right right) {
    var statement =
        PolicyStatement.Builder.create().actions(right.actions()).resources(resources(right.on()));
    if (right.on() == On.DIRECT_PUTS) {
      statement.conditions(Map.of("StringLike", Map.of("s3:prefix", DIRECT_PUTS)));
    }
    if (right.on() == On.LOGINS) {
      statement.conditions(
          Map.of("ForAllValues:StringLike", Map.of("dynamodb:LeadingKeys", List.of(LOGINS))));
    }
    return statement.build();
  }

  private List<String> resources(On on) {
    return switch (on) {
      case TABLE, LOGINS -> List.of(table.getTableArn());
      case CANDIDATES -> List.of(table.getTableArn() + "/index/" + candidates);
      case BUCKET, DIRECT_PUTS -> List.of(bucket.getBucketArn());
      case SECRETS -> List.of(secrets.getTableArn());
      case EDGE -> List.of(edgeStoreArn);
      case CHANGES -> List.of(Objects.requireNonNull(table.getTableStreamArn()));
      case FAILURES -> List.of(failures.getQueueArn());
      case OWN_OBJECTS -> objects(OWN_OBJECTS);
      case RELAY -> relay.stream().toList();
      case ALL_OBJECTS -> {
        var all = new ArrayList<>(OWN_OBJECTS);
        all.add(DIRECT_PUTS);
        yield objects(all);
      }
    };
  }

  private List<String> objects(List<String> patterns) {
    return patterns.stream().map(bucket::arnForObjects).toList();
  }
}
