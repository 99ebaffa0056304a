package dev.roadstead.infra.function;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.route.Job;
import dev.roadstead.route.Job.Trigger;
import dev.roadstead.route.Method;
import dev.roadstead.route.Operation;
import dev.roadstead.route.Task;
import dev.roadstead.rule.Authenticator;
import dev.roadstead.secret.SecretTable;
import dev.roadstead.store.BlobStore;
import dev.roadstead.store.EdgeStore;
import dev.roadstead.store.MetadataStore;
import dev.roadstead.store.RelayMachine;
import dev.roadstead.store.Staging;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a task's code can do to the stores, found in the byte code: whatever can be called from
 * {@code handle} or {@code run}, directly or not, up to the ports.
 */
final class ReachableRights {
  private final JavaClasses code;

  private ReachableRights(JavaClasses code) {
    this.code = code;
  }

  static ReachableRights of(JavaClasses code) {
    return new ReachableRights(code);
  }

  /**
   * From the class of this task, which has its name: {@code GET_BLOB}, {@code GetBlob}.
   *
   * @param neverUsed what its code could do and never does
   */
  Set<Right> from(Task task, Set<Right> neverUsed) {
    return switch (task) {
      case Operation operation -> fromOperation(operation, neverUsed);
      case Job job -> fromJob(job);
    };
  }

  private Set<Right> fromOperation(Operation operation, Set<Right> neverUsed) {
    var rights = rights(method(operation.name(), "handle", Endpoint.class));
    rights.removeAll(neverUsed);
    // Every function lets somebody in before its endpoint comes, and its keys are in a table.
    var letsIn = rights(method("AccountAuthenticator", "authenticate", Authenticator.class));
    rights.add(Right.READ_SECRETS);
    if (letsIn.remove(Right.CHANGE_ITEMS)) {
      letsIn.add(Right.COUNT_LOGINS);
    }
    rights.addAll(letsIn);
    // Before its snapshot a function deletes an item that is not there, if it writes.
    if (!operation.methods().contains(Method.GET) && !operation.methods().contains(Method.HEAD)) {
      rights.add(Right.CHANGE_ITEMS);
    }
    if (rights.contains(Right.CHANGE_ITEMS)) {
      rights.remove(Right.COUNT_LOGINS);
    }
    return rights;
  }

  /** What begins a job wants rights too: those to be given events, and to keep what fails. */
  private Set<Right> fromJob(Job job) {
    var rights = rights(method(job.name(), "run", Object.class));
    rights.add(Right.READ_ITEMS); // before its snapshot
    if (!job.triggers().contains(Trigger.OPERATOR)) {
      rights.add(Right.REPORT_FAILURES);
    }
    if (job.triggers().contains(Trigger.ANONYMOUS_CHANGED)) {
      rights.add(Right.READ_CHANGES);
    } else {
      rights.add(Right.CHANGE_ITEMS); // before its snapshot
    }
    if (job.triggers().contains(Trigger.OBJECT_CREATED)) {
      rights.add(Right.READ_OBJECTS); // the object says which repository it came for
    }
    return rights;
  }

  private Set<Right> rights(Stream<JavaMethod> begin) {
    var rights = EnumSet.noneOf(Right.class);
    for (var call : calls(begin)) {
      rights.addAll(rights(call));
    }
    return rights;
  }

  private Stream<JavaMethod> method(String name, String method, Class<?> type) {
    return code.stream()
        .filter(c -> c.getSimpleName().equalsIgnoreCase(name.replace("_", "")))
        .filter(c -> c.isAssignableTo(type))
        .flatMap(c -> c.getMethods().stream())
        .filter(found -> found.getName().equals(method));
  }

  private Set<JavaCodeUnit> calls(Stream<JavaMethod> begin) {
    var seen = new HashSet<JavaCodeUnit>();
    var open = new ArrayDeque<JavaCodeUnit>();
    begin.forEach(open::add);
    while (!open.isEmpty()) {
      var next = open.remove();
      if (seen.add(next) && !isPort(next.getOwner())) {
        next.getAccessesFromSelf().stream().flatMap(this::targets).forEach(open::add);
      }
    }
    return seen;
  }

  /** What an access may call; behind an interface of our own, every class that has it. */
  private Stream<JavaCodeUnit> targets(JavaAccess<?> access) {
    return Stream.of(access.getTarget().resolveMember())
        .flatMap(java.util.Optional::stream)
        .filter(JavaCodeUnit.class::isInstance)
        .map(JavaCodeUnit.class::cast)
        .flatMap(this::withOverrides);
  }

  private Stream<JavaCodeUnit> withOverrides(JavaCodeUnit called) {
    if (isPort(called.getOwner())) {
      return Stream.of(called);
    }
    var overrides =
        called.getOwner().getAllSubclasses().stream()
            .flatMap(c -> c.getCodeUnits().stream())
            .filter(
                unit ->
                    unit.getName().equals(called.getName())
                        && unit.getRawParameterTypes().equals(called.getRawParameterTypes()));
    return Stream.concat(Stream.of(called), overrides);
  }

  private static boolean isPort(JavaClass owner) {
    return Stream.of(
            MetadataStore.class,
            BlobStore.class,
            Staging.class,
            SecretTable.class,
            EdgeStore.class,
            RelayMachine.class)
        .anyMatch(owner::isEquivalentTo);
  }

  private static List<Right> rights(JavaCodeUnit call) {
    if (!isPort(call.getOwner())) {
      return List.of();
    }
    var name = call.getOwner().getSimpleName() + "." + call.getName();
    return switch (name) {
      case "MetadataStore.get", "MetadataStore.query", "MetadataStore.snapshot" ->
          List.of(Right.READ_ITEMS);
      case "MetadataStore.write", "MetadataStore.transact" -> List.of(Right.CHANGE_ITEMS);
      case "MetadataStore.due" -> List.of(Right.FIND_CANDIDATES);
      case "MetadataStore.scan" -> List.of(Right.SCAN_ITEMS);
      case "BlobStore.head", "BlobStore.read", "BlobStore.stream", "BlobStore.readAddress" ->
          List.of(Right.READ_OBJECTS);
      case "BlobStore.put",
          "Staging.storeAs",
          "Staging.storeAsPart",
          "BlobStore.createMultipart",
          "BlobStore.completeMultipart",
          "BlobStore.abortMultipart" ->
          List.of(Right.STORE_OBJECTS);
      case "BlobStore.putPart" -> List.of(Right.STORE_OBJECTS, Right.READ_OBJECTS); // a copy
      case "RelayMachine.start" -> List.of(Right.WAKE_RELAY);
      case "BlobStore.delete" -> List.of(Right.DELETE_OBJECTS);
      case "BlobStore.list", "BlobStore.scanBelow" -> List.of(Right.CLAIM);
      case "BlobStore.scan" -> List.of(Right.LIST_OBJECTS);
      case "SecretTable.read" -> List.of(Right.READ_SECRETS);
      case "SecretTable.replace" -> List.of(Right.CHANGE_SECRETS);
      case "EdgeStore.mark", "EdgeStore.tell" -> List.of(Right.TELL_EDGE);
      case "SecretTable.<init>",
          "BlobStore.stage",
          "Staging.write",
          "Staging.sizeBytes",
          "Staging.close" ->
          List.of();
      default -> throw new AssertionError("nobody has said which right this needs: " + name);
    };
  }
}
