package dev.roadstead.infra.function;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.route.Method;
import dev.roadstead.route.Operation;
import dev.roadstead.store.BlobStore;
import dev.roadstead.store.MetadataStore;
import dev.roadstead.store.Staging;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an endpoint's code can do to the stores, found in the byte code: whatever can be called from
 * {@code handle}, directly or not, up to the two ports.
 */
final class ReachableRights {
  private final JavaClasses code;

  private ReachableRights(JavaClasses code) {
    this.code = code;
  }

  static ReachableRights of(JavaClasses code) {
    return new ReachableRights(code);
  }

  /** From the endpoint of this operation, which has its name: {@code GET_BLOB}, {@code GetBlob}. */
  Set<Right> from(Operation operation) {
    var rights = EnumSet.noneOf(Right.class);
    for (var call : calls(operation.name().replace("_", ""))) {
      rights.addAll(rights(call));
    }
    // Before its snapshot a function reads an item, and deletes one that is not there if it writes.
    if (operation != Operation.PING) {
      rights.add(Right.READ_ITEMS);
    }
    if (!operation.methods().contains(Method.GET) && !operation.methods().contains(Method.HEAD)) {
      rights.add(Right.CHANGE_ITEMS);
    }
    return rights;
  }

  private Set<JavaCodeUnit> calls(String endpoint) {
    var seen = new HashSet<JavaCodeUnit>();
    var open = new ArrayDeque<JavaCodeUnit>();
    code.stream()
        .filter(
            c -> c.getSimpleName().equalsIgnoreCase(endpoint) && c.isAssignableTo(Endpoint.class))
        .flatMap(c -> c.getMethods().stream())
        .filter(method -> method.getName().equals("handle"))
        .forEach(open::add);
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
    return Stream.of(MetadataStore.class, BlobStore.class, Staging.class)
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
      case "BlobStore.delete" -> List.of(Right.DELETE_OBJECTS);
      case "BlobStore.list", "BlobStore.scanBelow" -> List.of(Right.CLAIM);
      case "BlobStore.scan" -> List.of(Right.LIST_OBJECTS);
      case "BlobStore.stage", "Staging.write", "Staging.sizeBytes", "Staging.close" -> List.of();
      default -> throw new AssertionError("nobody has said which right this needs: " + name);
    };
  }
}
